import { describe, expect, it } from 'vitest'
import { hidesAny, minus, plus } from './counts'
import { shadeOf, shades } from './shading'

describe('hidden counts', () => {
  it('stay hidden in what is worked out from them', () => {
    expect([plus(7, 2), plus(null, 2), plus(7, null)]).toEqual([9, null, null])
    expect([minus(7, 2), minus(null, 2), minus(7, null)]).toEqual([5, null, null])
  })

  it('are noticed anywhere in an answer', () => {
    expect(hidesAny({ matters: { reported: 9, handled: 0 }, trend: [{ month: '2024-03', reported: 9 }] })).toBe(false)
    expect(hidesAny({ matters: { reported: 9, handled: 0 }, trend: [{ month: '2024-03', reported: null }] })).toBe(true)
  })

  it('have no shade on the map', () => {
    expect(shadeOf(null, shades([20, null], false))).toBe('transparent')
    expect(shadeOf(20, shades([20, null], false))).not.toBe('transparent')
  })
})
