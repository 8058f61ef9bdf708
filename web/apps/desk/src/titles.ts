import { useWords } from '@fengsi/words'
import { onScopeDispose, shallowReactive, ref, watchEffect } from 'vue'

const title = ref('')
const failing = shallowReactive(new Map<symbol, () => boolean>())

const isFailing = (): boolean => [...failing.values()].some((fails) => fails())

/** The page's own title; the word for an error comes first while something on it has failed. */
export function usePageTitle(source: () => string): void {
  const { t } = useWords()
  watchEffect(() => {
    title.value = source()
    document.title =
      (isFailing() ? t('app.error_prefix') : '') + [title.value, t('app.name')].filter(Boolean).join(' – ')
  })
}

export function useProblemTitle(fails: () => boolean): void {
  const key = Symbol('form')
  failing.set(key, fails)
  onScopeDispose(() => failing.delete(key))
}
