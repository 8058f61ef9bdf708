import { expect, it } from 'vitest'
import { fittedSize } from './index'

it('shrinks by the longest side and never enlarges', () => {
  expect(fittedSize(4000, 3000)).toEqual({ width: 1920, height: 1440 })
  expect(fittedSize(3000, 4000)).toEqual({ width: 1440, height: 1920 })
  expect(fittedSize(800, 600)).toEqual({ width: 800, height: 600 })
  expect(fittedSize(10_000, 1)).toEqual({ width: 1920, height: 1 })
})
