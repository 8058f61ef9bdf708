import type { Now, Problem, TimelineEntry, UnitRef } from '@fengsi/api-client'
import { dueMoment, longDay } from './dates'
import type { Locale, Translate } from './index'
import { nameIn } from './name-in'

export interface Teller {
  t: Translate
  has: (key: string) => boolean
  locale: Locale
  /** The reporter reads "you" where staff read "the reporter". */
  reader: 'reporter' | 'staff'
  /** What the catalogue calls its routes, reasons and bases, by code. */
  catalogueNames?: Record<string, string>
}

export function unitName(value: unknown, locale: Locale): string | undefined {
  if (typeof value === 'string') return value || undefined
  const unit = value as UnitRef | null | undefined
  return unit ? nameIn(unit, locale) : undefined
}

export function actorName(entry: Pick<TimelineEntry, 'actor'>, teller: Teller): string {
  const { kind, unit, role } = entry.actor
  if (kind === 'reporter') return teller.t(teller.reader === 'reporter' ? 'actor.you' : 'actor.reporter')
  if (kind === 'system') return teller.t('actor.system')
  if (kind === 'party') return entry.actor.party ? teller.t('actor.party', { no: entry.actor.party }) : teller.t('actor.one_party')
  return unitName(unit, teller.locale) ?? (role ? teller.t(`role.${role}`) : teller.t('actor.staff'))
}

const AFFIRMED: Record<string, string> = { true: 'yes', approved: 'yes', false: 'no', refused: 'no' }

function sentenceKey(entry: TimelineEntry, teller: Teller): string {
  const { event, params, actor } = entry
  if (event === 'reported' && actor.kind === 'staff') return 'timeline.reported_by_staff'
  if (event === 'closed' && params.outcome) return 'timeline.closed_outcome'
  if (event === 'reclassified' && (params.to ?? params.class)) return 'timeline.reclassified_to'
  const said =
    params.result ??
    params.answer ??
    params.approve ??
    params.redo ??
    params.approved ??
    params.violence ??
    params.yes ??
    params.accepted ??
    params.settled
  const variant = `timeline.${event}_${AFFIRMED[String(said)] ?? String(said)}`
  if (said !== undefined && teller.has(variant)) return variant
  return teller.has(`timeline.${event}`) ? `timeline.${event}` : 'timeline.other'
}

/** What is due after an event: an answer, a signature, a check. */
function dueKey({ event, params }: TimelineEntry, teller: Teller): string {
  const variant = `timeline.due_${event}_${String(params.answer ?? params.result)}`
  return [variant, `timeline.due_${event}`].find((key) => teller.has(key)) ?? 'timeline.due'
}

const className = (value: unknown, teller: Teller): string => {
  const text = unitName(value, teller.locale) ?? ''
  return teller.has(`class.${text}`) ? teller.t(`class.${text}`) : text
}

const unitIn = ({ unit, to, ruling }: TimelineEntry['params'], locale: Locale) =>
  unitName(unit, locale) ?? unitName(to, locale) ?? unitName(ruling, locale)

const numberIn = (params: TimelineEntry['params']) =>
  params.number ?? params.into_number ?? params.from_number ?? params.to_number

/** The words of a mediation's events. */
function mediationParams(params: TimelineEntry['params'], { t, has, locale }: Teller): Record<string, unknown> {
  const about = `about.${String((params.about as { kind?: string } | undefined)?.kind)}`
  const paper = `identity_paper.${String(params.paper)}`
  const time = params.time as { starts_at?: string } | undefined
  return {
    party: params.party,
    parties: Array.isArray(params.parties) ? params.parties.join(t('app.list')) : params.parties,
    mediator: params.mediator ?? t('role.mediator'),
    about: has(about) ? t(about) : '',
    paper: has(paper) ? t(paper) : '',
    time: time?.starts_at ? dueMoment(time.starts_at, locale) : '',
    channel: unitName(params.channel, locale) ?? t('timeline.someone'),
    days: params.days,
    clause: params.clause,
    version: params.version,
  }
}

/** One entry of the record as a sentence; what somebody wrote (`entry.words`) is shown after it. */
export function timelineSentence(entry: TimelineEntry, teller: Teller): string {
  const { t, locale } = teller
  const { params } = entry
  const numbers = Array.isArray(params.numbers) ? params.numbers.join(t('app.list')) : undefined
  const clauses = [
    t(sentenceKey(entry, teller), {
      who: actorName(entry, teller),
      unit: unitIn(params, locale) ?? t('timeline.someone'),
      number: numberIn(params) ?? numbers ?? t('timeline.another'),
      level: params.level ? t(`supervision.${String(params.level)}`) : '',
      outcome: params.outcome ? t(`outcome.${String(params.outcome)}`) : '',
      to: className(params.to ?? params.class, teller),
      ...mediationParams(params, teller),
    }),
  ]
  const listed = teller.catalogueNames?.[String(params.route ?? params.because ?? params.basis ?? '')]
  if (listed) clauses.push(listed)
  if (typeof params.due_at === 'string') clauses.push(t(dueKey(entry, teller), { date: dueMoment(params.due_at, locale) }))
  if (typeof params.until === 'string') clauses.push(t('timeline.until', { date: longDay(params.until, locale) }))
  return clauses.join(t('app.comma'))
}

/** Work that is done waits for a check at the place, for the reporter's word, or for a decision about doing it again. */
function judgeKey({ stage, owed_by }: Now, reader: Teller['reader']): string {
  if (owed_by.role === 'dispatcher') return 'now.decide_by'
  if (stage === 'verifying' && owed_by.role !== 'intake') return 'now.verify_by'
  if (reader === 'staff') return 'now.call_back_by'
  return stage === 'verifying' ? 'now.ask_by' : 'now.rate'
}

/** Who owes the next step and by when, as the first sentence of a matter. */
export function nowSentence(now: Now, teller: Teller, mergedInto?: { number: string } | null): string {
  const { t, locale } = teller
  if (now.stage === 'closed') {
    if (mergedInto) return t('now.merged', { number: mergedInto.number })
    return t('now.closed', { outcome: now.outcome ? t(`outcome.${now.outcome}`) : t('stage.closed') })
  }
  const due = now.due_at ? dueMoment(now.due_at, locale) : undefined
  if (now.owed_by.kind === 'reporter') {
    const key = now.stage === 'follow_up' ? 'now.rate' : 'now.reporter'
    return due ? t(key, { due }) : t(`${key}_no_date`)
  }
  const unit = unitName(now.owed_by.unit, locale) ?? t('now.centre')
  if (now.light === 'grey') return t('now.paused', { unit })
  if (!due) return t('now.by_unit_no_date', { unit })
  if (now.light === 'red') return t('now.over_by', { unit, due })
  if (now.stage === 'reported' || now.stage === 'screening') return t('now.answer_by', { unit, due })
  if (now.stage === 'dispatched') return t('now.sign_by', { unit, due })
  if (now.stage === 'awaiting_ruling') return t('now.rule_by', { unit, due })
  if (now.stage === 'verifying' || now.stage === 'follow_up') return t(judgeKey(now, teller.reader), { unit, due })
  return t('now.by_unit', { unit, due })
}

const NAMED_BY: Record<string, string> = { state: 'talk.state', field: 'field_name', stage: 'stage', needed: 'unit_kind', level: 'level', because: 'not_admitted' }
const DEFAULTS = { seconds: 30, discipline: 12388, inspection: 12337 }

function problemParams(params: Record<string, unknown>, { t, has }: Pick<Teller, 't' | 'has'>): Record<string, unknown> {
  const named = Object.entries(params).map(([name, value]) => {
    const key = `${NAMED_BY[name] ?? ''}.${String(value)}`
    return [name, NAMED_BY[name] && has(key) ? t(key) : value]
  })
  return { ...DEFAULTS, ...Object.fromEntries(named) }
}

/** What went wrong, in the reader's language; the server's own words where ours know nothing of the code. */
export function problemSentence(problem: Pick<Problem, 'code' | 'message' | 'params'>, teller: Pick<Teller, 't' | 'has'>): string {
  const key = `problem.${problem.code}`
  if (teller.has(key)) return teller.t(key, problemParams(problem.params, teller))
  return problem.message && problem.message !== problem.code ? problem.message : teller.t('problem.unknown')
}
