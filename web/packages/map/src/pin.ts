import { Marker, type Map as LibreMap } from 'maplibre-gl'
import type { Covered } from './shape-names'

const STEP_PX = 10
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STEP_PX, 0],
  ArrowRight: [STEP_PX, 0],
  ArrowUp: [0, -STEP_PX],
  ArrowDown: [0, STEP_PX],
}
const DRAWING =
  '<svg viewBox="0 0 32 40" width="32" height="40" aria-hidden="true" focusable="false"><path d="M16 38C8 27 4 21 4 15a12 12 0 1 1 24 0c0 6-4 12-12 23Z" fill="currentColor" stroke="#fff" stroke-width="2.5"/><circle cx="16" cy="15" r="4.5" fill="#fff"/></svg>'

/** A pin that a mouse, a finger and the arrow keys can move. */
export class Pin {
  #marker: Marker | undefined

  constructor(
    private map: LibreMap,
    private label: string,
    private onMove: (lon: number, lat: number) => void,
  ) {}

  place(lon: number, lat: number): void {
    if (this.#marker) this.#marker.setLngLat([lon, lat])
    else this.#marker = this.#make(lon, lat)
  }

  /** What the drawing hides of the map, while there is one. */
  covers(): Covered[] {
    const at = this.#marker?.getLngLat()
    return at ? [{ lon: at.lng, lat: at.lat, left: -16, right: 16, top: -42, bottom: 2 }] : []
  }

  remove(): void {
    this.#marker?.remove()
    this.#marker = undefined
  }

  #make(lon: number, lat: number): Marker {
    const element = document.createElement('button')
    element.type = 'button'
    element.className = 'map-pin'
    element.innerHTML = DRAWING
    const marker = new Marker({ element, anchor: 'bottom', draggable: true }).setLngLat([lon, lat]).addTo(this.map)
    // The library names every marker for itself; ours must say what the keys do.
    element.setAttribute('aria-label', this.label)
    marker.on('dragend', () => this.#tell())
    element.addEventListener('click', (event) => event.stopPropagation())
    element.addEventListener('keydown', (event) => this.#step(event))
    return marker
  }

  #step(event: KeyboardEvent): void {
    const move = MOVES[event.key]
    if (!move || !this.#marker) return
    event.preventDefault()
    event.stopPropagation()
    const at = this.map.project(this.#marker.getLngLat())
    this.#marker.setLngLat(this.map.unproject([at.x + move[0], at.y + move[1]]))
    this.#tell()
  }

  #tell(): void {
    const at = this.#marker!.getLngLat()
    this.onMove(at.lng, at.lat)
  }
}
