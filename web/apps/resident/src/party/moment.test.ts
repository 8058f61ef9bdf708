import { describe, expect, it } from 'vitest'
import { dayIn, momentIn } from './moment'

describe('moments', () => {
  it('are told by the clocks of the site', () => {
    expect(momentIn('Asia/Shanghai', '2024-01-03', '09:30').toISOString()).toBe('2024-01-03T01:30:00.000Z')
    expect(momentIn('America/St_Johns', '2024-07-03', '09:30').toISOString()).toBe('2024-07-03T12:00:00.000Z')
  })

  it('hold on either side of a change of the clocks', () => {
    expect(momentIn('Europe/Berlin', '2024-03-31', '01:30').toISOString()).toBe('2024-03-31T00:30:00.000Z')
    expect(momentIn('Europe/Berlin', '2024-03-31', '03:30').toISOString()).toBe('2024-03-31T01:30:00.000Z')
  })

  it('fall on the day of the site', () => {
    expect(dayIn('Asia/Shanghai', new Date('2024-01-02T16:30:00Z'))).toBe('2024-01-03')
  })
})
