import { expect, it } from 'vitest'
import type { Row } from './contract'
import { dueFirst } from './due-first'

const row = (id: string, due_at?: string) => ({ id, now: { due_at } }) as Row

it('puts what is due first at the top and what has no date at the end', () => {
  const rows = [row('none'), row('late', '2024-03-04T01:00:00Z'), row('early', '2024-01-03T01:00:00.5Z'), row('nor')]
  expect(dueFirst(rows).map(({ id }) => id)).toEqual(['early', 'late', 'none', 'nor'])
  expect(rows[0]!.id).toBe('none')
})
