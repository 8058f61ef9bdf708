import type { AreaShapeCollection, MapBounds } from '@fengsi/map'

/** "w,s,e,n" as addresses and the server write it. */
export const writeBounds = (bounds: MapBounds): string => bounds.map((degree) => degree.toFixed(4)).join(',')

export function parseBounds(text: unknown): MapBounds | undefined {
  if (typeof text !== 'string') return undefined
  const degrees = text.split(',').map(Number)
  return degrees.length === 4 && degrees.every(Number.isFinite) ? (degrees as MapBounds) : undefined
}

export function boundsOfPlaces(places: { lon: number; lat: number }[], lonMargin = 0, latMargin = 0): MapBounds {
  const lons = places.map((place) => place.lon)
  const lats = places.map((place) => place.lat)
  return [
    Math.min(...lons) - lonMargin,
    Math.min(...lats) - latMargin,
    Math.max(...lons) + lonMargin,
    Math.max(...lats) + latMargin,
  ]
}

export function boundsOfShapes(shapes: AreaShapeCollection): MapBounds | undefined {
  const places = shapes.features.flatMap(({ geometry }) =>
    (geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2) as unknown as [number, number][]).map(
      ([lon, lat]) => ({ lon, lat }),
    ),
  )
  return places.length ? boundsOfPlaces(places) : undefined
}
