import { onBeforeUnmount, watchEffect } from 'vue'
import { nameIn, useWords } from '@fengsi/words'
import { site } from './site'

/** Sets the page's title; while something is wrong it begins with 出错 / Error. */
export function usePageTitle(title: () => string, wrong: () => boolean = () => false): void {
  const { t, locale } = useWords()
  const stop = watchEffect(() => {
    const prefix = wrong() ? t('app.error_prefix') : ''
    document.title = `${prefix}${title()} - ${site.value ? nameIn(site.value, locale.value) : t('app.name')}`
  })
  onBeforeUnmount(stop)
}
