import { expect, it } from 'vitest'
import { gathered } from './crowded'

const view = { bounds: [113, 31, 114, 32] as [number, number, number, number], zoom: 10 }
const spot = (lon: number, lat: number) => ({ lon, lat, sizePx: 24 })

it('gathers marks that would cover one another', () => {
  const groups = gathered([spot(113.5, 31.5), spot(113.501, 31.501), spot(113.9, 31.9)], view)
  expect(groups.map((group) => group.length).sort()).toEqual([1, 2])
})

it('leaves them apart near by', () => {
  expect(gathered([spot(113.5, 31.5), spot(113.501, 31.501)], { ...view, zoom: 16 })).toHaveLength(2)
})
