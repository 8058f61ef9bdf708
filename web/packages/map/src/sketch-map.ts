import { Map as LibreMap, Marker, setWorkerUrl, LngLatBounds, type GeoJSONSource, type StyleSpecification } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { lookOf } from './look'
import { Pin } from './pin'
import { ShapeNames, type Covered } from './shape-names'
import './sketch-map.css'

setWorkerUrl(workerUrl)

export type MapBounds = [west: number, south: number, east: number, north: number]
export type AreaShape = Feature<Polygon | MultiPolygon, { code: string; name: string }>
export type AreaShapeCollection = FeatureCollection<Polygon | MultiPolygon, { code: string; name: string }>

export interface MapPoint {
  lon: number
  lat: number
  /** One dot without a count; a circle with its number otherwise. */
  count?: number
  label: string
  color?: string
  onOpen?: () => void
}

export interface SketchMapOptions {
  bounds: MapBounds
  /** Said of the map as a whole to those who do not see it. */
  label: string
  pinLabel: string
  zoomInLabel: string
  zoomOutLabel: string
  /** How a shape's official name is said on the map. */
  nameOf?: (name: string) => string
  /** 示意, where the shapes are a sketch. */
  notice?: string
  onClick?: (lon: number, lat: number) => void
  onPinMove?: (lon: number, lat: number) => void
  onShapeClick?: (code: string, name: string) => void
  onViewChange?: (bounds: MapBounds, zoom: number) => void
}

export interface SketchMap {
  setShapes(shapes: AreaShapeCollection): void
  /** Areas to be filled, each with its colour: a choropleth or the chosen one. */
  setFills(colors: Record<string, string>): void
  setPoints(points: MapPoint[]): void
  setPin(at: { lon: number; lat: number } | undefined): void
  fit(bounds: MapBounds): void
  fitShapes(): void
  view(): { bounds: MapBounds; zoom: number }
  destroy(): void
}

const EMPTY: AreaShapeCollection = { type: 'FeatureCollection', features: [] }

function styleFor(container: HTMLElement): StyleSpecification {
  const look = lookOf(container)
  return {
    version: 8,
    sources: { shapes: { type: 'geojson', data: EMPTY } },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': look.paper } },
      { id: 'land', type: 'fill', source: 'shapes', paint: { 'fill-color': look.land } },
      { id: 'fills', type: 'fill', source: 'shapes', paint: { 'fill-color': 'transparent' } },
      { id: 'lines', type: 'line', source: 'shapes', paint: { 'line-color': look.line, 'line-width': 1 } },
    ],
  }
}

export function boundsOf(shapes: AreaShapeCollection): LngLatBounds | undefined {
  const bounds = new LngLatBounds()
  const visit = (coordinates: Position[] | Position[][] | Position[][][]): void => {
    for (const part of coordinates) {
      if (typeof part[0] === 'number') bounds.extend([part[0], part[1] as number])
      else visit(part as Position[][])
    }
  }
  for (const { geometry } of shapes.features) visit(geometry.coordinates)
  return bounds.isEmpty() ? undefined : bounds
}

function addControls(container: HTMLElement, map: LibreMap, options: SketchMapOptions): void {
  const zoom = document.createElement('div')
  zoom.className = 'map-zoom'
  const buttons: [string, string, () => void][] = [
    ['+', options.zoomInLabel, () => map.zoomIn()],
    ['−', options.zoomOutLabel, () => map.zoomOut()],
  ]
  for (const [sign, label, act] of buttons) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = sign
    button.setAttribute('aria-label', label)
    button.addEventListener('click', act)
    zoom.append(button)
  }
  container.append(zoom)
  if (!options.notice) return
  const notice = document.createElement('span')
  notice.className = 'map-notice'
  notice.textContent = options.notice
  container.append(notice)
}

const sizeOf = (point: MapPoint): number =>
  point.count === undefined ? 18 : Math.min(56, 24 + Math.sqrt(point.count) * 2)

/** A page may draw small marks larger, so that a finger hits them. */
const LEAST_COVERED_PX = 24

function coveredBy(point: MapPoint): Covered {
  const half = Math.max(LEAST_COVERED_PX, sizeOf(point)) / 2
  return { lon: point.lon, lat: point.lat, left: -half, right: half, top: -half, bottom: half }
}

function pointMarker(map: LibreMap, point: MapPoint): Marker {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'map-count'
  element.style.width = element.style.height = `${sizeOf(point)}px`
  if (point.color) element.style.setProperty('--map-count', point.color)
  if (point.count !== undefined) element.textContent = String(point.count)
  element.addEventListener('click', (event) => {
    event.stopPropagation()
    point.onOpen?.()
  })
  const marker = new Marker({ element }).setLngLat([point.lon, point.lat]).addTo(map)
  element.setAttribute('aria-label', point.label)
  element.title = point.label
  return marker
}

const asArray = (bounds: LngLatBounds): MapBounds => [
  bounds.getWest(),
  bounds.getSouth(),
  bounds.getEast(),
  bounds.getNorth(),
]

export async function drawSketchMap(container: HTMLElement, options: SketchMapOptions): Promise<SketchMap> {
  const map = new LibreMap({
    container,
    style: styleFor(container),
    bounds: options.bounds,
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: false,
    maxZoom: 17,
  })
  map.touchZoomRotate.disableRotation()
  map.getCanvas().setAttribute('aria-label', options.label)
  await new Promise<void>((resolve, reject) => {
    map.once('load', () => resolve())
    map.once('error', (event) => reject(event.error))
  })

  addControls(container, map, options)
  const names = new ShapeNames(map, options.nameOf)
  const pin = new Pin(map, options.pinLabel, (lon, lat) => {
    makeRoom()
    options.onPinMove?.(lon, lat)
  })
  let shapes = EMPTY
  let points: Marker[] = []
  let covered: Covered[] = []
  const makeRoom = () => names.avoid([...covered, ...pin.covers()])

  map.on('click', (event) => {
    options.onClick?.(event.lngLat.lng, event.lngLat.lat)
    if (!options.onShapeClick) return
    const [found] = map.queryRenderedFeatures(event.point, { layers: ['land'] })
    if (found) options.onShapeClick(String(found.properties.code), String(found.properties.name))
  })
  const view = () => ({ bounds: asArray(map.getBounds()), zoom: map.getZoom() })
  map.on('moveend', () => {
    const { bounds, zoom } = view()
    options.onViewChange?.(bounds, zoom)
  })
  const fit = (bounds: MapBounds) => map.fitBounds(bounds, { padding: 24, animate: false, maxZoom: 15 })

  return {
    setShapes(next) {
      shapes = next
      map.getSource<GeoJSONSource>('shapes')!.setData(next)
      names.show(next.features)
    },
    setFills(colors) {
      const cases = Object.entries(colors).flat()
      const color = cases.length > 0 ? ['match', ['get', 'code'], ...cases, 'transparent'] : 'transparent'
      map.setPaintProperty('fills', 'fill-color', color as never)
    },
    setPoints(next) {
      for (const marker of points) marker.remove()
      points = next.map((point) => pointMarker(map, point))
      covered = next.map(coveredBy)
      makeRoom()
    },
    setPin(at) {
      if (at) pin.place(at.lon, at.lat)
      else pin.remove()
      makeRoom()
    },
    fit,
    fitShapes() {
      const bounds = boundsOf(shapes)
      if (bounds) fit(asArray(bounds))
    },
    view,
    destroy: () => map.remove(),
  }
}
