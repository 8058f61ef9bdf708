// The record of a session as it is written on the phone, and the command it becomes. A session recorded without network says itself
// when it began: the server hears of it later.
import type { Command } from '@fengsi/api-client'
import { momentOf, siteWall } from '@fengsi/words'
import type { Session } from './mediated'

export type Venue = Session['venue']
export const VENUES: Venue[] = ['committee', 'talk_room', 'doorstep', 'place', 'remote', 'elsewhere']

export interface HoldDraft {
  /** Which of those that were set; 0 is one held on the spot. */
  session: number
  day: string
  hour: string
  minutes: number | ''
  form: Session['form']
  with: number
  venue: Venue
  present: number[]
  participants: number[]
  course: string
  outcome: string
}

const MINUTE_MS = 60_000
const ON_THE_SPOT_MINUTES = 60

/** What need not be typed: a session that was set knows when, where and with whom; one on the spot has just been. */
export function begunWith(session: Session | undefined, now: Date, apart = false): HoldDraft {
  const starts = session && new Date(session.starts_at)
  const began = starts && starts <= now ? starts : new Date(now.getTime() - ON_THE_SPOT_MINUTES * MINUTE_MS)
  const [day = '', hour = ''] = siteWall(began).split('T')
  const minutes = session ? (new Date(session.ends_at).getTime() - new Date(session.starts_at).getTime()) / MINUTE_MS : ''
  return {
    session: session?.no ?? 0,
    day,
    hour,
    minutes,
    form: session?.form ?? (apart ? 'apart' : 'together'),
    with: session?.with ?? 0,
    venue: session?.venue ?? 'doorstep',
    present: [],
    participants: [],
    course: '',
    outcome: '',
  }
}

/** One that was refused, as it was written. */
export function writtenBefore(command: Command, now: Date): HoldDraft {
  const given = command as Partial<Omit<HoldDraft, 'course'>> & { started_at?: string; words?: string }
  const [day = '', hour = ''] = siteWall(given.started_at ? new Date(given.started_at) : now).split('T')
  return {
    session: given.session ?? 0,
    day,
    hour,
    minutes: given.minutes ?? '',
    form: given.form ?? 'together',
    with: given.with ?? 0,
    venue: given.venue ?? 'doorstep',
    present: given.present ?? [],
    participants: given.participants ?? [],
    course: given.words ?? '',
    outcome: '',
  }
}

export type HoldFault = 'when' | 'ahead' | 'minutes' | 'with' | 'present' | 'present_apart' | 'course'

/** What the phone can tell by itself: what is empty, and the bounds of the catalogue. Everything else is the server's to say. */
export function holdFaults(draft: HoldDraft, mostMinutes: number | undefined, now: Date): HoldFault[] {
  const faults: HoldFault[] = []
  const began = momentOf(draft.day, draft.hour)
  if (!began) faults.push('when')
  else if (new Date(began) > now) faults.push('ahead')
  const { minutes } = draft
  const whole = typeof minutes === 'number' && Number.isInteger(minutes) && minutes > 0
  if (!whole || minutes > (mostMinutes ?? minutes)) faults.push('minutes')
  if (draft.form === 'apart' && !draft.with) faults.push('with')
  if (draft.present.length === 0) faults.push('present')
  else if (draft.form === 'apart' && draft.with && draft.present.some((no) => no !== draft.with)) faults.push('present_apart')
  if (draft.course.trim() === '') faults.push('course')
  return faults
}

export function holdCommand(draft: HoldDraft, outcomeLine: (words: string) => string): Command {
  const outcome = draft.outcome.trim()
  const words = [draft.course.trim(), outcome && outcomeLine(outcome)].filter(Boolean).join('\n')
  return {
    type: 'hold_session',
    ...(draft.session ? { session: draft.session } : {}),
    started_at: momentOf(draft.day, draft.hour),
    minutes: draft.minutes,
    form: draft.form,
    ...(draft.form === 'apart' ? { with: draft.with } : {}),
    venue: draft.venue,
    present: [...draft.present].sort((one, other) => one - other),
    participants: [...draft.participants],
    words,
  }
}
