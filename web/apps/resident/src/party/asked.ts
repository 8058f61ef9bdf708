import type { MediationQuestion, MediationSession, PartyPage } from '@fengsi/api-client'

/** Something that a party is asked to do or say now. */
export type Ask =
  | { kind: 'code' | 'consent' | 'safety' | 'sign' }
  | { kind: 'question'; question: MediationQuestion }
  | { kind: 'clauses'; clauses: number[] }

/** What a party is asked now, and what it should know. */
export interface Asked {
  /** The most pressing first: the page shows one at a time. */
  asks: Ask[]
  /** The session ahead. */
  session?: MediationSession
  /** Clauses that it owes itself. */
  own: number[]
}

export function askedOf(page: PartyPage, now: Date): Asked {
  const { mediation, me } = page
  const mine = mediation.parties.find(({ no }) => no === me)
  const may = (command: string): boolean => page.can.includes(command)
  const { agreement } = mediation
  const signed = agreement?.signatures.some(({ party }) => party === me) ?? false
  const open = may('record_performance') ? (agreement?.clauses.filter(({ result }) => !result) ?? []) : []
  const clauses = open.filter(({ by }) => by !== me).map(({ no }) => no)
  const questions = may('answer_question') ? mediation.questions.filter((one) => isOpen(page, one, now)) : []
  const asks: (Ask | false)[] = [
    page.stage === 'mediating' && roomIsShut(page) && { kind: 'code' },
    may('consent') && !mine?.consent && { kind: 'consent' },
    may('answer_safety') && !mine?.safety_answered && { kind: 'safety' },
    may('sign') && !signed && { kind: 'sign' },
    ...questions.map((question) => ({ kind: 'question' as const, question })),
    clauses.length > 0 && { kind: 'clauses', clauses },
  ]
  return {
    asks: asks.filter((ask) => ask !== false),
    session: sessionsAhead(page, now)[0],
    own: open.filter(({ by }) => by === me).map(({ no }) => no),
  }
}

/** A mediator who has gone knows the code of this page: its private room opens with a new one. */
export const roomIsShut = ({ mediation, me, can }: PartyPage): boolean =>
  can.includes('replace_party_code') && mediation.parties.some(({ no, code_known }) => no === me && code_known)

function isOpen({ mediation, stage, me }: PartyPage, question: MediationQuestion, now: Date): boolean {
  if (question.declined || question.holds || question.yes.includes(me)) return false
  if (question.kind !== 'confirmation') return stage === 'mediating'
  const { confirmation } = mediation
  return confirmation?.state === 'open' && now <= new Date(confirmation.until)
}

/** Sessions that were set and are not over; none while another body has it, or once the mediation has ended. */
export function sessionsAhead({ mediation, stage }: PartyPage, now: Date): MediationSession[] {
  if (stage !== 'mediating' || mediation.step === 'handed_over') return []
  return mediation.sessions.filter(({ state, ends_at }) => state === 'set' && new Date(ends_at) > now)
}

export const isNothing = ({ asks, session, own }: Asked): boolean => asks.length === 0 && !session && own.length === 0
