import { expect, it, vi } from 'vitest'
import { clearStep } from './shape-names'

vi.mock('maplibre-gl', () => ({ Marker: class {} }))

const name = { left: -30, right: 30, top: -11, bottom: 11 }
const square = (half: number): [number, number][] => [
  [-half, -half],
  [half, -half],
  [half, half],
  [-half, half],
]
const wide = square(200)
const mark = (x: number, y: number) => ({ left: x - 12, right: x + 12, top: y - 12, bottom: y + 12 })

it('leaves a name where nothing covers it', () => {
  expect(clearStep(name, [mark(0, 60)], wide)).toEqual([0, 0])
})

it('moves a name off the mark on it', () => {
  const [right, down] = clearStep(name, [mark(0, 0)], wide)
  expect([right, Math.abs(down)]).toEqual([0, 28])
})

it('takes the side without a mark', () => {
  expect(clearStep(name, [mark(0, 5), mark(20, 32)], wide)).toEqual([0, -28])
})

it('stays when every place is as bad', () => {
  const everywhere = { left: -200, right: 200, top: -200, bottom: 200 }
  expect(clearStep(name, [everywhere], wide)).toEqual([0, 0])
})

it('does not walk over to the neighbour', () => {
  expect(clearStep(name, [mark(0, 0)], square(34))).toEqual([0, 0])
})
