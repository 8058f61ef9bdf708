import type { Locale } from '@fengsi/words'

let change: (locale: Locale) => Promise<void> = async () => undefined

export const setLanguageWith = (setLocale: (locale: Locale) => Promise<void>): void => void (change = setLocale)
export const setLanguage = (locale: Locale): Promise<void> => change(locale)
