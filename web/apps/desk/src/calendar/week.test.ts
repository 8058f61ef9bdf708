import { setSiteClock } from '@fengsi/words'
import type { Calendar } from '@fengsi/api-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { dayAfter, daysOf, mondayOf, thisMonday } from './week'

beforeAll(() => setSiteClock('Asia/Shanghai', '2024-03-02T16:30:00Z'))

describe('weeks', () => {
  it('begin on Monday, over the ends of months and years', () => {
    expect(['2024-03-03', '2024-03-04', '2024-01-01', '2023-12-31'].map(mondayOf)).toEqual([
      '2024-02-26',
      '2024-03-04',
      '2024-01-01',
      '2023-12-25',
    ])
    expect([dayAfter('2024-02-28', 2), dayAfter('2024-01-01', -1)]).toEqual(['2024-03-01', '2023-12-31'])
  })

  it('are those of the site, where it is Sunday already', () => expect(thisMonday()).toBe('2024-02-26'))

  it('hold a session on the day on which the site has it', () => {
    const session = { starts_at: '2024-02-29T16:30:00Z', ends_at: '2024-02-29T17:00:00Z' }
    const free = [{ date: '2024-03-03', free: [{ starts_at: '2024-03-03T06:00:00Z', ends_at: '2024-03-03T10:00:00Z' }] }]
    const days = daysOf('2024-02-26', { sessions: [session], days: free } as unknown as Calendar, [])
    expect(days.map((day) => day.sessions.length)).toEqual([0, 0, 0, 0, 1, 0, 0])
    expect(days.map((day) => [day.isPast, day.isToday])).toEqual([...Array(6).fill([true, false]), [false, true]])
    expect(days[6]!.free).toEqual(['14:00–18:00'])
  })
})
