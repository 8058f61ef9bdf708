import { afterEach, expect, it, vi } from 'vitest'

const pages: unknown[] = []
vi.stubGlobal('location', { origin: 'http://test' })
vi.stubGlobal('fetch', async () => new Response(JSON.stringify(pages.shift()), { status: 200 }))
const { useQueueRows } = await import('./queue-rows')

const row = (id: string, changed_at: string) => ({ id, version: 1, changed_at })
const page = (...items: object[]) => ({ items, count: items.length, count_capped: false })
afterEach(() => void pages.splice(0))

it('keeps what is new waiting until it is asked for', async () => {
  const queue = useQueueRows(() => ({ owed_by: 'me' }))
  pages.push(page(row('a', '1'), row('b', '2')))
  await queue.load()
  pages.push(page(row('c', '3'), row('a', '1'), row('b', '2')))
  await queue.refresh()
  expect(queue.rows.value.map((one) => one.id)).toEqual(['a', 'b'])
  expect(queue.arrivals.value.map((one) => one.id)).toEqual(['c'])
  queue.showArrivals()
  expect(queue.rows.value.map((one) => one.id)).toEqual(['c', 'a', 'b'])
  expect(queue.arrivals.value).toEqual([])
})

it('marks what has left and does not move the rest', async () => {
  const queue = useQueueRows(() => ({ owed_by: 'me' }))
  pages.push(page(row('a', '1'), row('b', '2')))
  await queue.load()
  pages.push(page(row('b', '2')))
  await queue.refresh()
  expect(queue.rows.value.map((one) => one.id)).toEqual(['a', 'b'])
  expect([...queue.gone.value]).toEqual(['a'])
  expect(queue.isListed('a')).toBe(false)
})

it('answers everybody who asks at once with a state begun after asking', async () => {
  const queue = useQueueRows(() => ({ owed_by: 'me' }))
  pages.push(page(row('a', '1')))
  await queue.load()
  pages.push(page(row('a', '1')), page())
  await Promise.all([queue.refresh(), queue.refresh()])
  expect(queue.isListed('a')).toBe(false)
})
