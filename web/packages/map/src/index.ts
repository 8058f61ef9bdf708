import type { SketchMap, SketchMapOptions } from './sketch-map'

export type { AreaShape, AreaShapeCollection, MapBounds, MapPoint, SketchMap, SketchMapOptions } from './sketch-map'

/** The map and its library come only when a page draws one. */
export async function createMap(container: HTMLElement, options: SketchMapOptions): Promise<SketchMap> {
  const { drawSketchMap } = await import('./sketch-map')
  return drawSketchMap(container, options)
}
