import type { Client, Query } from './client'
import type {
  Calendar,
  CommandAnswer,
  CommandEnvelope,
  Contact,
  Figures,
  MapCell,
  MatterPage,
  Me,
  MonthTable,
  Receipt,
  RowPage,
  SimilarRow,
  StaffReport,
  StoredPhoto,
  TalkCommand,
  TalkDayPage,
  TalkDayRow,
  TalkDone,
  TalkHabits,
  TalkPlace,
  TalkPlaceGiven,
  TalkPlan,
  TalkRule,
  Unit,
} from './contract'

export interface RowQuery extends Query {
  area?: string
  stage?: string
  class?: string
  category?: string
  unit?: string
  owed_by?: string
  light?: string
  bbox?: string
  q?: string
  from?: string
  to?: string
  mine?: 'done' | 'reported'
  sort?: 'due' | 'newest' | 'oldest'
  after?: string
  limit?: number
}

export const signIn = (client: Client, name: string, password: string) =>
  client.post<Me>('/sign-in', { name, password })
export const signOut = (client: Client) => client.remove('/sign-in')
export const readMe = (client: Client) => client.get<Me>('/me')

export const readMatters = (client: Client, query: RowQuery, signal?: AbortSignal) =>
  client.get<RowPage>('/matters', query, signal)
/** What awaits my verification or my answer. */
export const readFieldTasks = (client: Client, query: RowQuery = {}) =>
  client.get<RowPage>('/matters', { ...query, owed_by: 'me' })
export const readMatter = (client: Client, id: string, signal?: AbortSignal) =>
  client.get<MatterPage>(`/matters/${encodeURIComponent(id)}`, {}, signal)
export const readSimilar = async (client: Client, id: string): Promise<SimilarRow[]> =>
  (await client.get<{ items: SimilarRow[] }>(`/matters/${encodeURIComponent(id)}/similar`)).items
export const readContact = (client: Client, id: string, purpose: string) =>
  client.get<Contact>(`/matters/${encodeURIComponent(id)}/contact`, { purpose })
export const recordMatter = (client: Client, report: StaffReport) => client.post<Receipt>('/matters', report)
export const sendCommand = (client: Client, matterId: string, envelope: CommandEnvelope) =>
  client.post<CommandAnswer>(`/matters/${encodeURIComponent(matterId)}/commands`, envelope)

export const readTalkDays = async (
  client: Client,
  query: { which: 'next' | 'open' | 'past'; area?: string; before?: string },
): Promise<TalkDayRow[]> => (await client.get<{ items: TalkDayRow[] }>('/talk-days', query)).items
export const readTalkDay = (client: Client, id: string) => client.get<TalkDayPage>(`/talk-days/${encodeURIComponent(id)}`)
export const planTalkDay = (client: Client, planned: { id: string; plan: TalkPlan }) =>
  client.post<TalkDone>('/talk-days', planned)
export const sendTalkCommand = (
  client: Client,
  id: string,
  envelope: { id: string; base_version: number; command: TalkCommand },
) => client.post<TalkDone>(`/talk-days/${encodeURIComponent(id)}/commands`, envelope)

export const setTalkRule = (client: Client, area: string, rule: TalkRule) =>
  client.put<{ items: TalkHabits[] }>(`/areas/${encodeURIComponent(area)}/talk-rule`, rule)
export const setTalkPlace = (client: Client, id: string, given: TalkPlaceGiven) =>
  client.put<TalkPlace>(`/talk-places/${encodeURIComponent(id)}`, given)

export const uploadPhoto = (client: Client, photo: Blob) => client.upload<StoredPhoto>('/photos', 'photo', photo)
export const photoAddress = (client: Client, photoId: string, size: 'thumb' | 'full') =>
  client.address(`/photos/${encodeURIComponent(photoId)}`, { size })

export const readUnits = async (
  client: Client,
  query: { area?: string; within?: string; kind?: string; q?: string },
  signal?: AbortSignal,
): Promise<Unit[]> => (await client.get<{ items: Unit[] }>('/units', query, signal)).items
export const readFigures = (client: Client, query: { area: string; from?: string; to?: string }) =>
  client.get<Figures>('/figures', query)
/** The Ministry's table of mediations that were concluded in the month of a day. */
export const readMonthTable = (client: Client, query: { area: string; month: string }) =>
  client.get<MonthTable>('/mediation-statistics', query)
export const monthTableAddress = (client: Client, query: { area: string; month: string }) =>
  client.address('/mediation-statistics.xlsx', query)

/** My sessions from a day on, and what is free beside them. */
export const readCalendar = (client: Client, query: { from: string; days: number }, signal?: AbortSignal) =>
  client.get<Calendar>('/calendar', query, signal)
/** Makes a feed; one made before opens nothing any more. Its address is told this once. */
export const makeCalendarFeed = (client: Client) => client.post<{ path: string }>('/calendar/feed', {})
export const removeCalendarFeed = (client: Client) => client.remove('/calendar/feed')

export const readMapCells = async (
  client: Client,
  query: { bbox: string; zoom: number; class?: string; open?: boolean },
  signal?: AbortSignal,
): Promise<MapCell[]> => (await client.get<{ cells: MapCell[] }>('/map/cells', query, signal)).cells
