import type { MediationQuestion, MediationSession, PartyPage } from '@fengsi/api-client'

/** What a party is asked now, the most pressing first. */
export interface Asked {
  consent: boolean
  safety: boolean
  questions: MediationQuestion[]
  sign: boolean
  /** The session ahead. */
  session?: MediationSession
  /** Clauses that others owe, of which nobody has said what became of them. */
  clauses: number[]
  /** Clauses that it owes itself. */
  own: number[]
}

export function askedOf(page: PartyPage, now: Date): Asked {
  const { mediation, me } = page
  const mine = mediation.parties.find(({ no }) => no === me)
  const may = (command: string): boolean => page.can.includes(command)
  const agreement = mediation.agreement
  const signed = agreement?.signatures.some(({ party }) => party === me) ?? false
  const open = may('record_performance') ? (agreement?.clauses.filter(({ result }) => !result) ?? []) : []
  return {
    consent: may('consent') && !mine?.consent,
    safety: may('answer_safety') && !mine?.safety_answered,
    questions: may('answer_question') ? mediation.questions.filter((one) => isOpen(page, one, now)) : [],
    sign: may('sign') && !signed,
    session: sessionsAhead(page, now)[0],
    clauses: open.filter(({ by }) => by !== me).map(({ no }) => no),
    own: open.filter(({ by }) => by === me).map(({ no }) => no),
  }
}

function isOpen({ mediation, stage, me }: PartyPage, question: MediationQuestion, now: Date): boolean {
  if (question.declined || question.holds || question.yes.includes(me)) return false
  if (question.kind !== 'confirmation') return stage === 'mediating'
  const { confirmation } = mediation
  return confirmation?.state === 'open' && now <= new Date(confirmation.until)
}

/** Sessions that were set and are not over; none once the mediation has ended. */
export function sessionsAhead({ mediation, stage }: PartyPage, now: Date): MediationSession[] {
  if (stage !== 'mediating') return []
  return mediation.sessions.filter(({ state, ends_at }) => state === 'set' && new Date(ends_at) > now)
}

export const isNothing = ({ consent, safety, questions, sign, session, clauses, own }: Asked): boolean =>
  !consent && !safety && questions.length === 0 && !sign && !session && clauses.length === 0 && own.length === 0
