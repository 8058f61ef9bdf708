import { computed, reactive, watch } from 'vue'
import { makeCommandId, type Category, type MatterClass, type Report } from '@fengsi/api-client'
import { kept } from '../kept'

export interface DraftPlace {
  /** The village or grid, known from the lists or from the point. */
  area?: string
  path: string
  point?: { lon: number; lat: number }
}

export interface Draft {
  /** Made with the draft and sent with every try, so that the server takes it once. */
  id: string
  words: string
  class?: MatterClass
  category?: Category
  chosenByReporter: boolean
  emergency: boolean
  stillDanger: boolean
  accusation: boolean
  town: string
  place?: DraftPlace
  address: string
  phone: string
  name: string
  email: string
  /** The bytes of the last try, whose answer may have been lost. */
  tried?: Report
}

const KEY = 'fengsi.draft'

const fresh = (): Draft => ({
  id: makeCommandId(),
  words: '',
  class: undefined,
  category: undefined,
  chosenByReporter: false,
  emergency: false,
  stillDanger: true,
  accusation: false,
  town: '',
  place: undefined,
  address: '',
  phone: '',
  name: '',
  email: '',
  tried: undefined,
})

function restored(): Draft {
  try {
    return { ...fresh(), ...(JSON.parse(kept.read(KEY) ?? '{}') as Partial<Draft>) }
  } catch {
    return fresh()
  }
}

export const draft = reactive<Draft>(restored())

watch(draft, () => kept.write(KEY, JSON.stringify(draft)), { flush: 'sync' })

export const draftBegun = computed(() => draft.words.trim() !== '' || draft.place !== undefined || draft.phone !== '')

const forgotten = new Set<() => void>()
/** Photos and whatever else belongs to a draft go with it. */
export const whenForgotten = (forget: () => void): void => void forgotten.add(forget)

export function forgetDraft(): void {
  Object.assign(draft, fresh())
  kept.forget(KEY)
  for (const forget of forgotten) forget()
}

export function reportFrom(photos: string[]): Report {
  const { place } = draft
  if (!place) throw new Error('a report without a place is not sent')
  const contact = {
    name: draft.name.trim() || undefined,
    phone: draft.phone.replace(/[\s]/g, '') || undefined,
    email: draft.email.trim() || undefined,
  }
  const reachable = contact.name ?? contact.phone ?? contact.email
  return {
    id: draft.id,
    place: place.point ?? { area: place.area! },
    words: draft.words.trim(),
    class: draft.class,
    category: draft.category?.code,
    urgency: draft.emergency && draft.stillDanger ? 'life' : undefined,
    address: draft.address.trim() || undefined,
    photos: photos.length > 0 ? photos : undefined,
    contact: reachable ? contact : undefined,
  }
}
