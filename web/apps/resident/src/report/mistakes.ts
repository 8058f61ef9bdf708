import type { Translate } from '@fengsi/words'
import type { Mistake } from '@fengsi/parts/ErrorSummary.vue'
import { draft } from './draft'

const MOBILE_OR_LANDLINE = /^(?:\+?86)?(?:1\d{10}|0\d{2,3}-?\d{7,8})$/
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** What keeps this draft from being sent, in the order of the page. */
export function mistakesIn(t: Translate): Mistake[] {
  const mistakes: Mistake[] = []
  if (draft.words.trim() === '') mistakes.push({ field: 'words', text: t('resident.report.words_missing') })
  if (!draft.place) {
    mistakes.push(
      draft.town
        ? { field: 'village', text: t('resident.report.village_missing') }
        : { field: 'town', text: t('resident.report.place_missing') },
    )
  }
  const phone = draft.phone.replace(/\s/g, '')
  if (phone !== '' && !MOBILE_OR_LANDLINE.test(phone)) {
    mistakes.push({ field: 'phone', text: t('resident.report.phone_wrong') })
  }
  if (draft.email.trim() !== '' && !EMAIL.test(draft.email.trim())) {
    mistakes.push({ field: 'email', text: t('resident.report.email_wrong') })
  }
  return mistakes
}
