import { Marker, type Map as LibreMap } from 'maplibre-gl'
import type { Feature, Polygon, MultiPolygon, Position } from 'geojson'

interface NamedPlace {
  name: string
  at: [number, number]
  size: number
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
  return { name: feature.properties.name, at: ringCentre(largest), size: Math.abs(ringArea(largest)) }
}

const NAME_WIDTH_PX = 15
const NAME_HEIGHT_PX = 22

/** Names are page text over the map: no glyph server, the system's own Chinese type, and only where they do not touch. */
export class ShapeNames {
  #markers: Marker[] = []
  #places: NamedPlace[] = []

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

  #arrange(): void {
    const taken: { left: number; right: number; top: number; bottom: number }[] = []
    for (const [index, place] of this.#places.entries()) {
      const { x, y } = this.map.project(place.at)
      const half = (place.name.length * NAME_WIDTH_PX) / 2
      const box = { left: x - half, right: x + half, top: y - NAME_HEIGHT_PX / 2, bottom: y + NAME_HEIGHT_PX / 2 }
      const touches = taken.some(
        (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
      )
      this.#markers[index]!.getElement().style.visibility = touches ? 'hidden' : 'visible'
      if (!touches) taken.push(box)
    }
  }
}
