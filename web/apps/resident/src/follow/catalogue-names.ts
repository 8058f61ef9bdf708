import { ref, watch, type Ref } from 'vue'
import { catalogueNames, readCatalogue, type Follow } from '@fengsi/api-client'
import { useWords } from '@fengsi/words'
import { client } from '../site'

const NEEDING = ['guided', 'suspended', 'returned']

/** Names of routes and reasons, asked for only where the record holds one: most phones never fetch the catalogue. */
export function useCatalogueNames(follow: () => Follow | undefined): Ref<Record<string, string>> {
  const { locale } = useWords()
  const names = ref<Record<string, string>>({})
  watch(
    () => [follow()?.timeline.some(({ event }) => NEEDING.includes(event)), locale.value] as const,
    async ([needed, language]) => {
      if (!needed) return
      const catalogue = await readCatalogue(client).catch(() => undefined)
      if (catalogue) names.value = catalogueNames(catalogue, language)
    },
    { immediate: true },
  )
  return names
}
