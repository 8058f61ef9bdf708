// A mediation as the server tells it, by the names that these pages use.
import type { Catalogue, Client, Contact, Detail } from '@fengsi/api-client'

export type Mediation = NonNullable<Detail['mediation']>
export type Party = Mediation['parties'][number]
export type Question = Mediation['questions'][number]
export type Session = Mediation['sessions'][number]
export type Agreement = NonNullable<Mediation['agreement']>
export type Clause = Agreement['clauses'][number]
export type HandOver = Mediation['hand_overs'][number]
export type Channel = Catalogue['channels'][number]

export interface PartyGiven {
  side: Party['side']
  organisation?: boolean
  name: string
  phone?: string
  address?: string
  agent?: string
}
export interface ClauseGiven {
  by?: number
  words: string
  due_on?: string
  fen?: number
}
export interface Free {
  starts_at: string
  ends_at: string
}

export type PartyContact = Omit<Contact, 'email'> & { address?: string; agent?: string; code?: string }
export interface OneTimeCode {
  code: string
  until: string
}

const at = (matterId: string, no: number): string => `/matters/${encodeURIComponent(matterId)}/parties/${no}`

/** The reading is recorded with its purpose. */
export const readParty = (client: Client, matterId: string, no: number, purpose: string) =>
  client.get<PartyContact>(at(matterId, no), { purpose })
export const readOneTimeCode = (client: Client, matterId: string, no: number) =>
  client.get<OneTimeCode>(`${at(matterId, no)}/one-time-code`)
