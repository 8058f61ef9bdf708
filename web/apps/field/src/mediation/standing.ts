// What a mediation asks for now, what may be done about it on this phone, and what changed since the phone last looked. The server
// decides; here is said what it said.
import type { MatterPage } from '@fengsi/api-client'
import { setSessions, type Mediation, type Party, type Session } from './mediated'

export interface Said {
  /** Below `field.mediation`. */
  key: string
  parties?: Party[]
  session?: Session
  before?: Session
  n?: number
}

export const isOver = (page: MatterPage): boolean => page.matter.stage !== 'mediating'

/** What is still owed before, between and after sessions. */
export function asked(mediation: Mediation, now: Date): Said[] {
  const { parties, questions, agreement } = mediation
  const said: Said[] = []
  const add = (key: string, found: Party[]): unknown => found.length > 0 && said.push({ key: `asked.${key}`, parties: found })
  add('violence', parties.filter(({ violence }) => violence))
  add('consent', parties.filter(({ consent }) => !consent))
  add('safety', parties.filter(({ safety_answered }) => safety_answered === false))
  for (const session of setSessions(mediation)) {
    if (new Date(session.ends_at) <= now) said.push({ key: 'asked.record', session })
  }
  const waiting = questions.filter(({ holds, declined }) => !holds && !declined).length
  if (waiting > 0) said.push({ key: 'asked.questions', n: waiting })
  if (mediation.step === 'signing' && agreement) {
    const signed = agreement.signatures.map(({ party }) => party)
    add('signatures', parties.filter(({ no }) => !signed.includes(no)))
    if (!agreement.sealed) said.push({ key: 'asked.seal' })
  }
  return said
}

export const TALK_COMMANDS = ['hold_session', 'note_caucus', 'agree_orally'] as const
export type TalkCommand = (typeof TALK_COMMANDS)[number]
export const isRecordedInMediation = (type: string): type is TalkCommand => TALK_COMMANDS.some((one) => one === type)

/** What may be recorded, knowing what waits on this phone: a session that goes first lets an agreement follow. */
export function offered(page: MatterPage, waiting: readonly string[]): TalkCommand[] {
  const may = (command: string): boolean => page.allowed_commands.includes(command)
  if (waiting.includes('agree_orally')) return []
  const sessionMissing = page.refused_commands.some(({ command, code }) => command === 'agree_orally' && code === 'session_missing')
  const agree = may('agree_orally') || (sessionMissing && waiting.includes('hold_session'))
  return [
    ...(may('hold_session') ? (['hold_session'] as const) : []),
    ...(may('note_caucus') ? (['note_caucus'] as const) : []),
    ...(agree ? (['agree_orally'] as const) : []),
  ]
}

/** What others did since this phone last looked; what was done here is no news. */
export function newsOf(before: Mediation, after: Mediation, doneHere: readonly string[]): Said[] {
  const said: Said[] = []
  for (const session of after.sessions) {
    const was = before.sessions.find(({ no }) => no === session.no)
    if (!was) {
      if (session.state === 'set') said.push({ key: 'news.set', session })
    } else if (was.state !== session.state) {
      if (session.state === 'cancelled' || !doneHere.includes('hold_session')) said.push({ key: `news.${session.state}`, session: was })
    } else if (session.state === 'set' && was.starts_at !== session.starts_at) {
      said.push({ key: 'news.set_anew', session, before: was })
    }
  }
  if (!before.result && after.result && !doneHere.includes('agree_orally')) said.push({ key: `over.${after.result}` })
  return said
}
