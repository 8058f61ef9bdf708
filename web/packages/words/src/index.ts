import type { Ref } from 'vue'
import { createI18n } from 'vue-i18n/dist/vue-i18n.runtime.mjs'
import { useI18n as useVueI18n } from 'vue-i18n/dist/vue-i18n.runtime.mjs'
import { messages, type WordTree } from './message'
import type shared from './zh'
import type resident from './zh.resident'
import type field from './zh.field'
import type desk from './zh.desk'

export * from './cited'
export * from './dates'
export * from './name-in'
export * from './place-name'
export * from './query-code'
export * from './sentence'
export * from './talk'
export * from './wall-clock'
export type SharedWords = typeof shared
export type ResidentWords = typeof resident
export type FieldWords = typeof field
export type DeskWords = typeof desk

export type Locale = 'zh' | 'en'
export type Translate = (key: string, named?: Record<string, unknown>) => string
/** One loader per language, so that a phone fetches only the language it shows. */
export type WordSource = Record<Locale, () => Promise<{ default: WordTree }[]>>

const STORAGE_KEY = 'fengsi.language'
const HTML_LANGUAGE: Record<Locale, string> = { zh: 'zh-CN', en: 'en' }

export function savedLocale(): Locale {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

export async function createWords(source: WordSource) {
  const i18n = createI18n({
    legacy: false,
    locale: 'zh',
    fallbackLocale: false as const,
    missingWarn: false,
    fallbackWarn: false,
    messages: {},
  })
  const loaded = new Set<Locale>()

  async function show(locale: Locale): Promise<void> {
    if (!loaded.has(locale)) {
      const parts = await source[locale]()
      i18n.global.setLocaleMessage(locale, messages(Object.assign({}, ...parts.map((part) => part.default))))
      loaded.add(locale)
    }
    i18n.global.locale.value = locale
    document.documentElement.lang = HTML_LANGUAGE[locale]
  }

  async function setLocale(locale: Locale): Promise<void> {
    await show(locale)
    try {
      localStorage.setItem(STORAGE_KEY, locale)
    } catch {
      // Private windows refuse storage; the choice then lasts as long as the page.
    }
  }

  await show(savedLocale())
  return { i18n, setLocale }
}
export type Words = Awaited<ReturnType<typeof createWords>>

export function useWords() {
  const { t, te, locale } = useVueI18n({ useScope: 'global' })
  const translate: Translate = (key, named) => t(key, named ?? {})
  return { t: translate, has: (key: string) => te(key), locale: locale as Ref<Locale> }
}
