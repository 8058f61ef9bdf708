import type { Client, Query } from './client'
import type {
  Committee,
  CommitteeList,
  CommitteeWritten,
  Mediator,
  MediatorList,
  MediatorWritten,
  Method,
  MethodList,
  MethodWritten,
  Register,
  RegisterChange,
  Studio,
  StudioWritten,
  SuggestedMediator,
} from './contract'

export interface RegisterQuery extends Query {
  area?: string
  kind?: string
  specialty?: string
  studio?: string
  unit?: string
  to_mend?: boolean
  after?: string
  limit?: number
}
type WithChanges<T> = T & { changes: RegisterChange[] }

const at = (register: Register, id: string): string => `/${register}/${encodeURIComponent(id)}`

export const readMediators = (client: Client, query: RegisterQuery, signal?: AbortSignal) =>
  client.get<MediatorList>('/mediators', query, signal)
export const readMediator = (client: Client, id: string, signal?: AbortSignal) =>
  client.get<WithChanges<Mediator>>(at('mediators', id), {}, signal)
export const keepMediator = (client: Client, id: string, base_version: number, mediator: MediatorWritten) =>
  client.put<Mediator>(at('mediators', id), { base_version, mediator })

export const readCommittees = (client: Client, query: RegisterQuery, signal?: AbortSignal) =>
  client.get<CommitteeList>('/committees', query, signal)
export const readCommittee = (client: Client, unit: string, signal?: AbortSignal) =>
  client.get<WithChanges<Committee>>(at('committees', unit), {}, signal)
export const keepCommittee = (client: Client, base_version: number, committee: CommitteeWritten) =>
  client.put<Committee>(at('committees', committee.unit), { base_version, committee })

export const readStudios = async (client: Client, area?: string, signal?: AbortSignal): Promise<Studio[]> =>
  (await client.get<{ items: Studio[] }>('/studios', { area }, signal)).items
export const readStudio = (client: Client, id: string, signal?: AbortSignal) =>
  client.get<WithChanges<Studio>>(at('studios', id), {}, signal)
export const keepStudio = (client: Client, id: string, base_version: number, studio: StudioWritten) =>
  client.put<Studio>(at('studios', id), { base_version, studio })

export const readMethods = (client: Client, area: string, signal?: AbortSignal) =>
  client.get<MethodList>('/methods', { area }, signal)
/** As it is now, or in the version with which a mediation began. */
export const readMethod = (client: Client, id: string, signal?: AbortSignal, version?: number) =>
  client.get<WithChanges<Method>>(at('methods', id), { version }, signal)
export const keepMethod = (client: Client, id: string, base_version: number, method: MethodWritten) =>
  client.put<Method>(at('methods', id), { base_version, method })

/** Where a register is fetched as a table for spreadsheet programs. */
export const exportAddress = (client: Client, register: 'mediators' | 'committees', area?: string): string =>
  client.address(`/${register}/export`, { area })
/** Who could mediate a dispute, and why. */
export const suggestMediators = async (client: Client, matterId: string): Promise<SuggestedMediator[]> =>
  (await client.get<{ items: SuggestedMediator[] }>(`/matters/${encodeURIComponent(matterId)}/mediators`)).items
