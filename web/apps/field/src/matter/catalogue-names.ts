import { ref, watch, type Ref } from 'vue'
import { catalogueNames } from '@fengsi/api-client'
import { useWords } from '@fengsi/words'
import { catalogue } from './command-options'

/** Names of routes and reasons in the reader's language, kept for pages without network. */
export function useCatalogueNames(): Ref<Record<string, string>> {
  const { locale } = useWords()
  const names = ref<Record<string, string>>({})
  watch(
    locale,
    async (language) => {
      const found = await catalogue().catch(() => undefined)
      if (found) names.value = catalogueNames(found, language)
    },
    { immediate: true },
  )
  return names
}
