import type { Client } from './client'
import type {
  Area,
  AreaWithAncestors,
  Catalogue,
  Follow,
  Guess,
  PublicFigures,
  Receipt,
  Report,
  ReporterCommand,
  Site,
  StoredPhoto,
} from './contract'

export interface AreaShapes {
  type: 'FeatureCollection'
  features: { type: 'Feature'; geometry: unknown; properties: { code: string; name: string } }[]
}

/** The server calls the site's own division `area`; to the pages it is the region in which everything lies. */
export async function readSite(client: Client): Promise<Site> {
  const found = await client.get<Site & { area?: string }>('/site')
  return { ...found, region: found.region ?? found.area ?? '' }
}
export const guessClass = (client: Client, words: string, signal?: AbortSignal) =>
  client.post<Guess>('/public/guess', { words }, signal)
export const sendReport = (client: Client, report: Report) => client.post<Receipt>('/public/reports', report)
export const uploadPublicPhoto = (client: Client, photo: Blob) =>
  client.upload<StoredPhoto>('/public/photos', 'photo', photo)

export const readFollow = (client: Client, code: string) =>
  client.get<Follow>(`/public/reports/${encodeURIComponent(code)}`)
export const sendReporterCommand = (
  client: Client,
  code: string,
  command: ReporterCommand,
  body: { id: string; words?: string; photos?: string[]; answer?: 'satisfied' | 'unhappy' },
) => client.post<Follow>(`/public/reports/${encodeURIComponent(code)}/${command}`, body)
export const publicPhotoAddress = (client: Client, code: string, photoId: string, size: 'thumb' | 'full') =>
  client.address(`/public/reports/${encodeURIComponent(code)}/photos/${photoId}`, { size })

export const readPublicFigures = (client: Client, area: string) =>
  client.get<PublicFigures>('/public/figures', { area })
export const readCatalogue = (client: Client) => client.get<Catalogue>('/catalogue')

export const readAreas = async (client: Client, parent: string): Promise<Area[]> =>
  (await client.get<{ items: Area[] }>('/areas', { parent })).items
export const findAreas = async (client: Client, q: string, signal?: AbortSignal): Promise<Area[]> =>
  (await client.get<{ items: Area[] }>('/areas', { q }, signal)).items
export const readArea = (client: Client, code: string) =>
  client.get<AreaWithAncestors>(`/areas/${encodeURIComponent(code)}`)
export const readAreaAt = (client: Client, lon: number, lat: number, signal?: AbortSignal) =>
  client.get<Area & { ancestors?: Area[] }>('/areas/at', { lon, lat }, signal)
export const readShapes = (client: Client, parent: string) => client.get<AreaShapes>('/areas/shapes', { parent })
