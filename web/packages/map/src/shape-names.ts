import { Marker, type Map as LibreMap } from 'maplibre-gl'
import type { Feature, Polygon, MultiPolygon, Position } from 'geojson'

interface NamedPlace {
  name: string
  at: [number, number]
  size: number
  /** The outline that the name stands in. */
  ring: Position[]
}

function ringArea(ring: Position[]): number {
  let twice = 0
  for (let index = 1; index < ring.length; index++) {
    const [fromLon = 0, fromLat = 0] = ring[index - 1]!
    const [lon = 0, lat = 0] = ring[index]!
    twice += fromLon * lat - lon * fromLat
  }
  return twice / 2
}

function ringCentre(ring: Position[]): [number, number] {
  const area = ringArea(ring)
  if (area === 0) return [ring[0]?.[0] ?? 0, ring[0]?.[1] ?? 0]
  let lonSum = 0
  let latSum = 0
  for (let index = 1; index < ring.length; index++) {
    const [fromLon = 0, fromLat = 0] = ring[index - 1]!
    const [lon = 0, lat = 0] = ring[index]!
    const cross = fromLon * lat - lon * fromLat
    lonSum += (fromLon + lon) * cross
    latSum += (fromLat + lat) * cross
  }
  return [lonSum / (6 * area), latSum / (6 * area)]
}

export function namedPlace(feature: Feature<Polygon | MultiPolygon, { name: string }>): NamedPlace {
  const { geometry } = feature
  const rings = geometry.type === 'Polygon' ? [geometry.coordinates[0]!] : geometry.coordinates.map((part) => part[0]!)
  const largest = rings.reduce((best, ring) => (Math.abs(ringArea(ring)) > Math.abs(ringArea(best)) ? ring : best))
  return { name: feature.properties.name, at: ringCentre(largest), size: Math.abs(ringArea(largest)), ring: largest }
}

const NAME_WIDTH_PX = 14
const NAME_HEIGHT_PX = 22
/** Where a name may stand instead, nearest first: below, above, beside. */
const STEPS: [number, number][] = [
  ...[0, 1, -1, 2, -2, 3, -3].map((down): [number, number] => [0, down * 14]),
  ...[1, -1].flatMap((side): [number, number][] => [0, 1, -1].map((down) => [side * 44, down * 20])),
]

const NO_STEP: [number, number] = [0, 0]

/** What a mark covers, around its place on the map. */
export interface Covered {
  lon: number
  lat: number
  left: number
  right: number
  top: number
  bottom: number
}

export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const touch = (one: Box, other: Box): boolean =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top

const moved = (box: Box, [right, down]: [number, number]): Box => ({
  left: box.left + right,
  right: box.right + right,
  top: box.top + down,
  bottom: box.bottom + down,
})

function holds(ring: [number, number][], x: number, y: number): boolean {
  let inside = false
  for (const [index, [toX, toY]] of ring.entries()) {
    const [fromX, fromY] = ring.at(index - 1)!
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside
  }
  return inside
}

const holdsBox = (ring: [number, number][], { left, right, top, bottom }: Box): boolean =>
  [left, right].every((x) => [top, bottom].every((y) => holds(ring, x, y)))

/**
 * The step by which a name leaves the fewest marks beneath it. It never leaves its own outline, or it would name the
 * neighbour, and it stays where it is when nothing is better.
 */
export function clearStep(name: Box, marks: Box[], ring: [number, number][]): [number, number] {
  let best: { step: [number, number]; covers: number } | undefined
  for (const step of STEPS) {
    const box = moved(name, step)
    if (best && !holdsBox(ring, box)) continue
    const covers = marks.filter((mark) => touch(box, mark)).length
    if (!best || covers < best.covers) best = { step, covers }
    if (covers === 0) break
  }
  return best!.step
}

/** Names are page text over the map: no glyph server, the system's own Chinese type, and only where they do not touch. */
export class ShapeNames {
  #markers: Marker[] = []
  #places: NamedPlace[] = []
  #marks: Covered[] = []

  constructor(
    private map: LibreMap,
    private nameOf: (name: string) => string = (name) => name,
  ) {
    map.on('moveend', () => this.#arrange())
    map.on('resize', () => this.#arrange())
  }

  show(features: Feature<Polygon | MultiPolygon, { name: string }>[]): void {
    for (const marker of this.#markers) marker.remove()
    const places = features.map(namedPlace).map((place) => ({ ...place, name: this.nameOf(place.name) }))
    this.#places = places.sort((one, other) => other.size - one.size)
    this.#markers = this.#places.map((place) => {
      const element = document.createElement('span')
      element.className = 'map-name'
      element.textContent = place.name
      element.setAttribute('aria-hidden', 'true')
      return new Marker({ element, anchor: 'center' }).setLngLat(place.at).addTo(this.map)
    })
    this.#arrange()
  }

  /** Names make room for these marks. */
  avoid(marks: Covered[]): void {
    this.#marks = marks
    this.#arrange()
  }

  #arrange(): void {
    const taken: Box[] = []
    const marks = this.#marks.map(({ lon, lat, left, right, top, bottom }) => {
      const { x, y } = this.map.project([lon, lat])
      return { left: x + left, right: x + right, top: y + top, bottom: y + bottom }
    })
    for (const [index, place] of this.#places.entries()) {
      const { x, y } = this.map.project(place.at)
      const half = (place.name.length * NAME_WIDTH_PX) / 2
      const middle = { left: x - half, right: x + half, top: y - NAME_HEIGHT_PX / 2, bottom: y + NAME_HEIGHT_PX / 2 }
      const ring = () => place.ring.map(([lon = 0, lat = 0]) => this.map.project([lon, lat]))
      const covered = marks.some((mark) => touch(middle, mark))
      const step = covered ? clearStep(middle, marks, ring().map((at) => [at.x, at.y])) : NO_STEP
      const box = moved(middle, step)
      const touches = taken.some((other) => touch(box, other))
      const marker = this.#markers[index]!
      marker.setOffset(step)
      marker.getElement().style.visibility = touches ? 'hidden' : 'visible'
      if (!touches) taken.push(box)
    }
  }
}
