import type { RefusedCommand } from '@fengsi/api-client'
import { problemSentence, type Teller } from '@fengsi/words'

/** Why a command is not possible now, with the way out where there is one. */
export const refusedWords = (refused: RefusedCommand, teller: Pick<Teller, 't' | 'has'>): string =>
  problemSentence({ code: refused.code, message: '', params: refused.params ?? {} }, teller)

/** Said of most commands at most times, so that it is no news. */
export const isNoNews = (refused: RefusedCommand): boolean =>
  refused.code === 'not_in_this_stage' || refused.code === 'not_allowed'
