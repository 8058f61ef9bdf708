import { createClient, type Client } from './client'
import type { components } from './schema'
import type {
  Area,
  AreaWithAncestors,
  Catalogue,
  Command,
  Follow,
  Guess,
  PublicFigures,
  PublicTalkDays,
  Receipt,
  RefusedCommand,
  Report,
  ReporterCommand,
  Site,
  StoredPhoto,
  TalkHabits,
} from './contract'

type Schemas = components['schemas']

/** A mediator as the parties know one. */
export interface PartyMediator {
  account: string
  name: string
}
export type Party = Omit<Schemas['PartyView'], 'chose'> & { chose?: PartyMediator | null }
export type MediationQuestion = Schemas['QuestionView']
export type MediationSession = Schemas['SessionView']
export type Agreement = Schemas['AgreementView']
export type Clause = Schemas['ClauseView']
export type Road = Schemas['Channel']
export type Mediation = Omit<Schemas['MediationView'], 'mediator' | 'parties'> & {
  mediator?: PartyMediator | null
  parties: Party[]
}
/** What a party sees of its mediation. */
export type PartyPage = Omit<Schemas['PartyPage'], 'mediation' | 'mediators' | 'can' | 'cannot'> & {
  mediation: Mediation
  mediators: PartyMediator[]
  can: string[]
  cannot: RefusedCommand[]
}
export interface PartySays {
  id: string
  command: Command
  one_time_code?: string
}

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

/** A party's client: the last digits of its phone go in a header, never in an address. */
export const createPartyClient = (digits: string): Client => createClient({ headers: { 'x-party-phone': digits } })
export const readPartyPage = (client: Client, code: string) =>
  client.get<PartyPage>(`/public/mediations/${encodeURIComponent(code)}`)
export const sendPartyCommand = (client: Client, code: string, says: PartySays) =>
  client.post<PartyPage>(`/public/mediations/${encodeURIComponent(code)}/commands`, says)
/** A party's own copy of the agreement that holds. */
export const readOwnAgreement = (client: Client, code: string, format: 'docx' | 'pdf') =>
  client.file(`/public/mediations/${encodeURIComponent(code)}/agreement`, { format })

export const readPublicFigures = (client: Client, area: string) =>
  client.get<PublicFigures>('/public/figures', { area })
export const readPublicTalkDays = (client: Client, area: string, before?: string) =>
  client.get<PublicTalkDays>(`/public/areas/${encodeURIComponent(area)}/talk-days`, { before })
export const readTalkHabits = async (client: Client, area: string): Promise<TalkHabits[]> =>
  (await client.get<{ items: TalkHabits[] }>(`/public/areas/${encodeURIComponent(area)}/talk-rules`)).items
export const talkFeedAddress = (client: Client, area: string) =>
  client.address(`/public/areas/${encodeURIComponent(area)}/talk-days.ics`)
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
