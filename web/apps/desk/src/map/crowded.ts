import type { MapBounds } from '@fengsi/map'

export interface Spot {
  lon: number
  lat: number
  /** How much of the screen its mark takes. */
  sizePx: number
}

const TILE_PX = 512
const GAP_PX = 4

/** Marks that would cover one another are shown as one, so that each can be hit and read. */
export function gathered<T extends Spot>(spots: T[], view: { bounds: MapBounds; zoom: number }): T[][] {
  const perDegree = (TILE_PX * 2 ** view.zoom) / 360
  const middle = ((view.bounds[1] + view.bounds[3]) / 2) * (Math.PI / 180)
  const groups: { members: T[]; x: number; y: number; reach: number }[] = []
  for (const spot of [...spots].sort((one, other) => other.sizePx - one.sizePx)) {
    const x = spot.lon * perDegree
    const y = (spot.lat * perDegree) / Math.cos(middle)
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < group.reach + spot.sizePx / 2 + GAP_PX)
    if (near) near.members.push(spot)
    else groups.push({ members: [spot], x, y, reach: spot.sizePx / 2 })
  }
  return groups.map((group) => group.members)
}

/** The size a mark of that count has on the map. */
export const markSize = (count: number): number => (count <= 1 ? 24 : Math.min(56, 28 + Math.sqrt(count) * 2))
