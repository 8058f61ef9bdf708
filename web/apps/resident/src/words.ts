import type { Words, WordSource } from '@fengsi/words'

export const wordSource: WordSource = {
  zh: () => Promise.all([import('@fengsi/words/zh'), import('@fengsi/words/zh.resident'), import('@fengsi/words/zh.talk')]),
  en: () => Promise.all([import('@fengsi/words/en'), import('@fengsi/words/en.resident'), import('@fengsi/words/en.talk')]),
}

let words: Words | undefined
export const keepWords = (created: Words): void => void (words = created)

export async function switchLanguage(): Promise<void> {
  await words?.setLocale(words.i18n.global.locale.value === 'zh' ? 'en' : 'zh')
}
