import type { RefusedCommand } from '@fengsi/api-client'
import { problemSentence, type Teller } from '@fengsi/words'

/** Why a command is not possible now, with the way out where there is one. */
export const refusedWords = (refused: RefusedCommand, teller: Pick<Teller, 't' | 'has'>): string =>
  problemSentence({ code: refused.code, message: '', params: refused.params ?? {} }, teller)

const NO_NEWS = new Set([
  ...['not_in_this_stage', 'not_allowed', 'not_suspended'],
  // What is not there cannot be answered, moved or signed.
  ...['no_mediation', 'not_accepted', 'already_accepted', 'already_consented', 'nothing_asked', 'no_session_set'],
  ...['agreement_missing', 'signed_already', 'nothing_to_perform', 'not_applied', 'nothing_handed_over'],
])
/** Said of most commands at most times, so that it is no news. */
export const isNoNews = (refused: RefusedCommand): boolean => NO_NEWS.has(refused.code)
