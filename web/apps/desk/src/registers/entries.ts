// The entries of a register as a page shows them: a page by key and more on demand.
import {
  Problem,
  readCommittees,
  readMediators,
  readMethods,
  readStudios,
  unreachable,
  type Committee,
  type Mediator,
  type Method,
  type Register,
  type RegisterQuery,
  type Studio,
} from '@fengsi/api-client'
import { problemSentence, useWords } from '@fengsi/words'
import { computed, ref, shallowRef, watch } from 'vue'
import { useLoading } from '../loading'
import { client, myArea } from '../session'
import { say } from '../toasts'

export type Entry = Mediator | Committee | Studio | Method
interface EntryPage {
  register: Register
  items: Entry[]
  next?: string | null
  count: number
  to_mend: number
}
const PAGE = 50

async function readPage(register: Register, query: RegisterQuery, signal?: AbortSignal): Promise<EntryPage> {
  if (register === 'mediators') return { register, ...(await readMediators(client, { ...query, limit: PAGE }, signal)) }
  if (register === 'committees')
    return { register, ...(await readCommittees(client, { ...query, limit: PAGE }, signal)) }
  const items =
    register === 'methods'
      ? (await readMethods(client, query.area ?? myArea(), signal)).items
      : await readStudios(client, query.area, signal)
  return { register, items, count: items.length, to_mend: 0 }
}

export function useEntries(register: () => Register, query: () => RegisterQuery) {
  const { t, has } = useWords()
  const { data, problem, loading, reload } = useLoading(
    (signal) => readPage(register(), query(), signal),
    () => [register(), query()],
  )
  // Rows of another register are never drawn with this one's columns.
  const first = computed(() => (data.value?.register === register() ? data.value : undefined))
  const further = shallowRef<Entry[]>([])
  const next = ref<string | null>()
  const asking = ref(false)
  watch(first, (page) => {
    further.value = []
    next.value = page?.next
  })

  async function more(): Promise<void> {
    if (!next.value || asking.value) return
    asking.value = true
    try {
      const page = await readPage(register(), { ...query(), after: next.value })
      further.value = [...further.value, ...page.items]
      next.value = page.next
    } catch (cause) {
      say(problemSentence(cause instanceof Problem ? cause : unreachable(), { t, has }), true)
    } finally {
      asking.value = false
    }
  }
  const items = computed(() => [...(first.value?.items ?? []), ...further.value])
  return { first, items, next, asking, more, problem, loading, reload }
}
