import { readCatalogue, type Catalogue, type CatalogueCategory, type CodedName } from '@fengsi/api-client'
import { computed, shallowRef } from 'vue'
import { client } from './session'

/** The site's classes, categories and lists of reasons; read once, when the first page needs it. */
export const catalogue = shallowRef<Catalogue>()
let asking: Promise<void> | undefined

export function needCatalogue(): void {
  asking ??= readCatalogue(client)
    .then((answer) => void (catalogue.value = answer))
    .catch(() => void (asking = undefined))
}

export const codedName = (one: { name: string; name_en?: string }, locale: string): string =>
  locale === 'en' && one.name_en ? one.name_en : one.name

const categories = computed(() => {
  const all = new Map<string, CatalogueCategory>()
  const walk = (list: readonly CatalogueCategory[]): void => {
    for (const one of list) {
      all.set(one.code, one)
      walk(one.children ?? [])
    }
  }
  for (const one of catalogue.value?.classes ?? []) walk(one.categories)
  return all
})

export const categoryName = (category: CodedName | { code: string; name: string }, locale: string): string =>
  codedName(categories.value.get(category.code) ?? category, locale)
