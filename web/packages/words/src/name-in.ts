import type { Locale } from './index'

export interface Named {
  name: string
  name_en?: string | null
}

/** What something is called in the reader's language; where it has one name only, that one. */
export const nameIn = (named: Named, locale: Locale): string => (locale === 'en' && named.name_en) || named.name
