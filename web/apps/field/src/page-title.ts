import { onBeforeUnmount, watchEffect } from 'vue'
import { useWords } from '@fengsi/words'

/** Sets the page's title; while something is wrong it begins with 出错 / Error. */
export function usePageTitle(title: () => string, wrong: () => boolean = () => false): void {
  const { t } = useWords()
  const stop = watchEffect(() => {
    document.title = `${wrong() ? t('app.error_prefix') : ''}${title()} - ${t('field.name')}`
  })
  onBeforeUnmount(stop)
}
