// What is known of a mediation when a form opens: whom a field may be about, and what need not be typed again.
import type { MatterPage } from '@fengsi/api-client'
import type { FieldValue } from '../commands/body'
import type { Among, Field, Needed } from '../commands/table'
import type { Channel, ClauseGiven, Mediation, Party, PartyGiven } from './mediated'

type Known = Mediation | null | undefined

const AMONG: Record<Among, (party: Party, mediation: Mediation) => boolean> = {
  without_consent: (party) => !party.consent,
  // Who said yes may be made to say no: the yes stays.
  may_answer_safety: (party) => party.violence !== true,
  without_signature: (party, { agreement }) => !agreement?.signatures.some((signature) => signature.party === party.no),
  elsewhere: () => true,
  mediating: () => true,
}

export const partiesFor = (field: Field, mediation: Known): Party[] =>
  (mediation?.parties ?? []).filter((party) => !field.among || AMONG[field.among](party, mediation!))

export const setSessions = (mediation: Known) => (mediation?.sessions ?? []).filter((session) => session.state === 'set')
export const openQuestions = (mediation: Known) =>
  (mediation?.questions ?? []).filter((question) => !question.holds && !question.declined)
export const joiners = (mediation: Known) =>
  (mediation?.questions ?? []).filter((question) => question.kind === 'participant' && question.holds)
export const openClauses = (mediation: Known) => (mediation?.agreement?.clauses ?? []).filter((clause) => !clause.result)

export function isThere(needed: Needed, mediation: Known): boolean {
  if (needed === 'set_session') return setSessions(mediation).length > 0
  if (needed === 'participants') return joiners(mediation).length > 0
  return !!mediation?.questions.some((question) => question.kind === 'open_sessions' && question.holds)
}

/** Those that take this kind of dispute and are not where it is already. */
export function channelsFor(field: Field, channels: Channel[], page: MatterPage): Channel[] {
  const { category, mediation } = page.matter
  const takes = ({ categories = [] }: Channel): boolean =>
    categories.length === 0 || categories.some((code) => category?.code.startsWith(code))
  const wanted = (channel: Channel): boolean =>
    field.among === 'mediating' ? !!channel.mediates : channel.code !== mediation?.channel?.code
  return channels.filter((channel) => wanted(channel) && takes(channel))
}

const alone = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

const bothSides = (): PartyGiven[] => [
  { side: 'applicant', name: '' },
  { side: 'respondent', name: '' },
]

/** Where there is but one, it is chosen already. */
export function mediationPreset(field: Field, { matter: { mediation } }: MatterPage): FieldValue {
  if (field.kind === 'party') return alone(partiesFor(field, mediation))?.no
  if (field.kind === 'session') return alone(setSessions(mediation))?.no
  if (field.kind === 'question') return alone(openQuestions(mediation))?.no
  if (field.kind === 'clause') return alone(openClauses(mediation))?.no
  if (field.kind === 'agreement') return mediation?.agreement?.version
  if (field.kind === 'party_given') return { side: 'third', name: '' }
  if (field.kind === 'party_list') return mediation?.parties.length ? [] : bothSides()
  if (field.kind === 'clauses') return clausesOf(mediation)
  if (field.name === 'facts') return mediation?.agreement?.facts
  if (field.name === 'form') return mediation?.parties.some((party) => party.violence) ? 'apart' : 'together'
  return undefined
}

/** A new proposal begins with the last one. */
function clausesOf(mediation: Known): ClauseGiven[] {
  const last = mediation?.agreement?.clauses.map(({ by, words, due_on, fen }) => ({ by, words, due_on, fen: fen ?? undefined }))
  return last ?? [{ words: '' }]
}
