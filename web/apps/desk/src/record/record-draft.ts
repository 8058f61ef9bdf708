import type { Place } from '@fengsi/api-client'
import { reactive, watch } from 'vue'
import type { ChosenCategory } from '../commands/body'
import { session } from '../session'

const empty = () => ({
  source: 'visit' as 'visit' | 'call',
  words: '',
  place: undefined as Place | undefined,
  address: '',
  category: undefined as ChosenCategory | undefined,
  categoryByHand: false,
  urgency: 'normal' as 'normal' | 'urgent' | 'life',
  photos: [] as string[],
  name: '',
  phone: '',
})

/** What is being written down stays while the clerk looks something up elsewhere on the desk. */
export const recordDraft = reactive(empty())
export const clearRecordDraft = (): void => void Object.assign(recordDraft, empty())
watch(session.state, (state) => state === 'signed_out' && clearRecordDraft())
