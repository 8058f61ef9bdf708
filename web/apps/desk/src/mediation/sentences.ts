// What a mediation says in words: where it stands, who is meant, what is owed.
import type { Now } from '@fengsi/api-client'
import { clockTime, dayAndTime, dueMoment, nameIn, wholeDay, type Locale, type Translate } from '@fengsi/words'
import type { Agreement, Channel, Clause, HandOver, Mediation, Party, Question, Session } from './mediated'

export const sideName = (party: Pick<Party, 'side' | 'no'>, t: Translate): string =>
  t('desk.mediation.party_no', { side: t(`desk.option.side_${party.side}`), no: party.no })

/** Whoever may not read the name reads the side and the number. */
export const partyName = (party: Party, t: Translate): string => party.name ?? sideName(party, t)

export function partyNamed(mediation: Mediation, no: number, t: Translate): string {
  const party = mediation.parties.find((one) => one.no === no)
  return party ? partyName(party, t) : t('actor.party', { no })
}

const namesOf = (mediation: Mediation, wanted: (party: Party) => boolean, t: Translate): string =>
  mediation.parties
    .filter(wanted)
    .map((party) => partyName(party, t))
    .join(t('app.list'))

/** 1月5日（周五）09:00–10:00 */
export const sessionTime = ({ starts_at, ends_at }: Pick<Session, 'starts_at' | 'ends_at'>, locale: Locale): string =>
  `${dayAndTime(starts_at, locale)}–${clockTime(ends_at)}`

/** Whole yuan where it comes out even: 3,000 元, 12.50 元. */
export function yuan(fen: number, t: Translate): string {
  const digits = fen % 100 === 0 ? 0 : 2
  const amount = (fen / 100).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return t('desk.mediation.yuan', { amount })
}

export const channelName = (code: string, channels: readonly Channel[] | undefined, locale: Locale): string => {
  const channel = channels?.find((one) => one.code === code)
  return channel ? nameIn(channel, locale) : code
}

export const questionWords = (question: Question, t: Translate): string => {
  if (question.kind === 'participant') {
    const role = t(`desk.option.participant_${question.role}`)
    return question.name
      ? t('desk.mediation.question.participant', { role, name: question.name })
      : t('desk.mediation.question.participant_unnamed', { role })
  }
  if (question.court) return t('desk.mediation.question.confirmation_at', { court: question.court })
  return t(`desk.mediation.question.${question.kind}`, { n: question.days ?? 0 })
}

interface Standing {
  mediation: Mediation
  now: Now
  channels: readonly Channel[] | undefined
  t: Translate
  locale: Locale
}

/** Where it stands and what is owed by whom, as one sentence. */
export function standing({ mediation, now, channels, t, locale }: Standing): string {
  const say = (key: string, named?: Record<string, unknown>): string => t(`desk.mediation.stands.${key}`, named)
  const due = now.due_at ? dueMoment(now.due_at, locale) : undefined
  if (mediation.step === 'opened' && now.stage !== 'mediating') return say('not_taken_on')
  if (mediation.step === 'opened') return due ? say('opened_by', { due }) : say('opened')
  if (mediation.step === 'consent') return consentOwed(mediation, say, t)
  if (mediation.step === 'talks') return talks(mediation, say, t, locale)
  if (mediation.step === 'signing') return signing(mediation, mediation.agreement!, say, t)
  if (mediation.step === 'handed_over') {
    const last: HandOver | undefined = mediation.hand_overs.at(-1)
    return say(`handed_over_${last?.state === 'accepted' ? 'accepted' : 'sent'}`, {
      channel: channelName(last?.channel ?? '', channels, locale),
    })
  }
  if (mediation.step === 'performing') return performing(mediation, say, t, locale)
  const elsewhere = mediation.hand_overs.find(({ state }) => state === 'settled')
  if (elsewhere) return say('ended_elsewhere', { channel: channelName(elsewhere.channel, channels, locale) })
  return say(`ended_${mediation.result ?? 'failed'}`)
}

type Say = (key: string, named?: Record<string, unknown>) => string

function consentOwed(mediation: Mediation, say: Say, t: Translate): string {
  const missing = (['applicant', 'respondent'] as const).filter(
    (side) => !mediation.parties.some((party) => party.side === side),
  )
  if (missing.length) return say('side_missing', { side: missing.map((side) => t(`desk.option.side_${side}`)).join(t('app.list')) })
  return say('consent', { who: namesOf(mediation, (party) => !party.consent, t) })
}

function talks(mediation: Mediation, say: Say, t: Translate, locale: Locale): string {
  if (!mediation.mediator) return say('mediator_missing')
  const coming = mediation.sessions.find((session) => session.state === 'set')
  if (coming) return say('session_coming', { time: sessionTime(coming, locale) })
  const unanswered = namesOf(mediation, (party) => party.safety_answered === false, t)
  if (unanswered) return say('safety', { who: unanswered })
  if (mediation.parties.some((party) => party.violence)) return say('apart')
  const held = mediation.sessions.filter((session) => session.state === 'held').length
  return held ? say('talked', { n: held }) : say('talks')
}

function signing(mediation: Mediation, agreement: Agreement, say: Say, t: Translate): string {
  const signed = (party: Party): boolean => agreement.signatures.some((signature) => signature.party === party.no)
  const owed = mediation.parties
    .filter((party) => !signed(party))
    .map((party) => say('signature', { who: partyName(party, t) }))
  if (!agreement.sealed) owed.push(say('seal'))
  return say('signing', { n: agreement.version, what: owed.join(t('app.list')) })
}

function performing(mediation: Mediation, say: Say, t: Translate, locale: Locale): string {
  const owed = (mediation.agreement?.clauses ?? []).filter((clause) => !clause.result)
  const next: Clause | undefined = [...owed].sort((one, other) => one.due_on.localeCompare(other.due_on))[0]
  if (!next) return say('ended_agreement')
  return say(next.overdue ? 'performing_late' : 'performing', {
    who: partyNamed(mediation, next.by, t),
    clause: next.no,
    due: wholeDay(next.due_on, locale),
  })
}
