import {
  Problem,
  readMatters,
  unreachable,
  type Light,
  type Row,
  type RowPage,
  type RowQuery,
} from '@fengsi/api-client'
import { computed, ref, shallowRef } from 'vue'
import { client } from '../session'

const PAGE = 50
const MOST = 200

/** The rows on screen and what the server says now; the difference waits until the reader asks for it. */
export function useQueueRows(query: () => RowQuery) {
  const rows = shallowRef<Row[]>([])
  const latest = shallowRef<Row[]>([])
  const gone = ref(new Set<string>())
  const next = ref<string | null>()
  const count = ref(0)
  const capped = ref(false)
  const lights = shallowRef<Record<Light, number>>()
  const loading = ref(true)
  const problem = shallowRef<Problem>()
  let asking = new AbortController()
  let newestSeen = ''
  let listed = new Set<string>()

  const arrivals = computed(() => {
    const shown = new Set(rows.value.map((row) => row.id))
    return latest.value.filter((row) => !shown.has(row.id))
  })

  async function ask(limit: number, after?: string): Promise<RowPage | undefined> {
    const { signal } = asking
    try {
      const page = await readMatters(client, { ...query(), limit, after }, signal)
      problem.value = undefined
      count.value = page.count
      capped.value = page.count_capped
      lights.value = page.lights ?? lights.value
      return page
    } catch (cause) {
      if (!signal.aborted) problem.value = cause instanceof Problem ? cause : unreachable()
      return undefined
    }
  }

  const remember = (list: Row[]): void => {
    for (const row of list) if (row.changed_at > newestSeen) newestSeen = row.changed_at
  }

  async function load(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    loading.value = true
    const page = await ask(PAGE)
    if (page) {
      rows.value = page.items
      latest.value = page.items
      next.value = page.next
      gone.value = new Set()
      remember(page.items)
    }
    loading.value = false
  }

  async function more(): Promise<void> {
    if (!next.value) return
    const page = await ask(PAGE, next.value)
    if (!page) return
    const shown = new Set(rows.value.map((row) => row.id))
    rows.value = [...rows.value, ...page.items.filter((row) => !shown.has(row.id))]
    latest.value = rows.value
    next.value = page.next
    remember(page.items)
  }

  /** What is shown is brought up to date in its place; what is new waits, what has left is marked. */
  async function refreshOnce(): Promise<void> {
    const page = await ask(Math.min(MOST, Math.max(PAGE, rows.value.length)))
    if (!page) return
    const now = new Map(page.items.map((row) => [row.id, row]))
    listed = new Set(now.keys())
    rows.value = rows.value.map((row) => now.get(row.id) ?? row)
    gone.value = new Set(page.next ? [] : rows.value.filter((row) => !now.has(row.id)).map((row) => row.id))
    const shown = new Set(rows.value.map((row) => row.id))
    const known = page.items.filter((row) => shown.has(row.id))
    const late = page.items.filter((row) => !shown.has(row.id) && row.changed_at <= newestSeen)
    rows.value = [...rows.value, ...late]
    latest.value = [...known, ...late, ...page.items.filter((row) => !shown.has(row.id) && row.changed_at > newestSeen)]
  }

  let refreshing: Promise<void> | undefined
  let again = false

  /** Whoever asks gets an answer that was begun after asking, however many ask at once. */
  async function refresh(): Promise<void> {
    if (refreshing) {
      again = true
      return refreshing
    }
    const run = async (): Promise<void> => {
      do {
        again = false
        await refreshOnce()
      } while (again)
    }
    refreshing = run().finally(() => (refreshing = undefined))
    return refreshing
  }

  function showArrivals(): void {
    const left = gone.value
    const fresh = arrivals.value
    rows.value = [...fresh, ...rows.value.filter((row) => !left.has(row.id))]
    gone.value = new Set()
    remember(fresh)
  }

  /** Whether the server still had it in the queue when it was last asked. */
  const isListed = (id: string): boolean => listed.has(id)

  const remove = (id: string): void => {
    rows.value = rows.value.filter((row) => row.id !== id)
    latest.value = latest.value.filter((row) => row.id !== id)
  }

  return {
    rows,
    arrivals,
    gone,
    next,
    count,
    capped,
    lights,
    loading,
    problem,
    load,
    more,
    refresh,
    showArrivals,
    remove,
    isListed,
  }
}
