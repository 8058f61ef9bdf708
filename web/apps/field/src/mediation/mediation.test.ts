import { reactive } from 'vue'
import { beforeAll, describe, expect, it } from 'vitest'
import type { MatterPage, Row } from '@fengsi/api-client'
import { setSiteClock } from '@fengsi/words'
import { begunWith, holdCommand, holdFaults, writtenBefore, type HoldDraft } from './hold-command'
import { mediatedBy, type Mediation, type Party, type Session } from './mediated'
import { withoutPrivateWords } from './on-this-phone'
import { clauseFaults, fenOf, freshClause, oralBefore, oralCommand } from './oral-command'
import { asked, newsOf, offered } from './standing'

const NOW = new Date('2024-01-05T04:00:00Z')
beforeAll(() => setSiteClock('Asia/Shanghai', NOW.toISOString()))

const session = (no: number, starts_at: string, more: Partial<Session> = {}): Session => ({
  no,
  starts_at,
  ends_at: new Date(new Date(starts_at).getTime() + 90 * 60_000).toISOString(),
  form: 'together',
  open: false,
  parties: [1, 2],
  participants: [],
  venue: 'talk_room',
  place: '村委会一楼',
  state: 'set',
  present: [],
  ...more,
})
const party = (no: number, more: Partial<Party> = {}): Party => ({
  no,
  side: no === 1 ? 'applicant' : 'respondent',
  name: `party ${no}`,
  consent: { way: 'spoken', at: NOW.toISOString() },
  organisation: false,
  safety_answered: true,
  asked_other: 0,
  code_known: false,
  times: [],
  ...more,
})
const mediation = (more: Partial<Mediation> = {}): Mediation => ({
  step: 'talks',
  colleagues: [],
  parties: [party(1), party(2)],
  questions: [],
  sessions: [session(1, '2024-01-05T02:00:00Z')],
  said: [],
  hand_overs: [],
  dossier: true,
  ...more,
})
const page = (allowed: string[], refused: MatterPage['refused_commands'] = []) =>
  ({ allowed_commands: allowed, refused_commands: refused }) as MatterPage

describe('the list', () => {
  it('holds the mediations of one account, the next session first', () => {
    const row = (id: string, mediator: string, starts_at?: string) =>
      ({ id, now: {}, mediating: { mediator, step: 'talks', next: starts_at ? { starts_at } : null } }) as unknown as Row
    const rows = [row('c', 'me'), row('b', 'me', '2024-01-09'), row('x', 'other', '2024-01-06'), row('a', 'me', '2024-01-07')]
    expect(mediatedBy('me', [...rows, { id: 'n', now: {} } as Row]).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
})

describe('what is asked', () => {
  it('names who has not consented, who must be asked alone, and a session that nobody recorded', () => {
    const parties = [party(1, { consent: null, safety_answered: false }), party(2, { violence: true })]
    const said = asked(mediation({ parties }), NOW).map(({ key, parties: who }) => [key, who?.map(({ no }) => no)])
    expect(said).toEqual([
      ['asked.violence', [2]],
      ['asked.consent', [1]],
      ['asked.safety', [1]],
      ['asked.record', undefined],
    ])
  })

  it('does not ask for the record of a session that is still to come', () => {
    expect(asked(mediation({ sessions: [session(1, '2024-01-05T03:00:00Z')] }), NOW)).toEqual([])
  })
})

describe('what may be recorded', () => {
  it('lets an oral agreement follow a session that waits on this phone', () => {
    const before = page(['hold_session', 'note_caucus'], [{ command: 'agree_orally', code: 'session_missing' }])
    expect(offered(before, [])).toEqual(['hold_session', 'note_caucus'])
    expect(offered(before, ['hold_session'])).toEqual(['hold_session', 'note_caucus', 'agree_orally'])
  })

  it('offers nothing after an agreement that waits, nor what the server does not allow', () => {
    expect(offered(page(['hold_session', 'agree_orally']), ['agree_orally'])).toEqual([])
    expect(offered(page(['note'], [{ command: 'agree_orally', code: 'handed_over' }]), ['hold_session'])).toEqual([])
  })
})

describe('what changed while the phone was away', () => {
  it('tells of sessions moved, cancelled and set, and of the end', () => {
    const before = mediation({ sessions: [session(1, '2024-01-06T02:00:00Z'), session(2, '2024-01-07T02:00:00Z')] })
    const sessions = [
      session(1, '2024-01-08T02:00:00Z'),
      session(2, '2024-01-07T02:00:00Z', { state: 'cancelled' }),
      session(3, '2024-01-09T02:00:00Z'),
    ]
    const keys = newsOf(before, mediation({ sessions, result: 'stopped' }), []).map(({ key }) => key)
    expect(keys).toEqual(['news.set_anew', 'news.cancelled', 'news.set', 'over.stopped'])
    expect(newsOf(before, before, [])).toEqual([])
  })

  it('tells that another phone recorded a session, and not that this one did', () => {
    const held = mediation({ sessions: [session(1, '2024-01-05T02:00:00Z', { state: 'held' })] })
    expect(newsOf(mediation(), held, []).map(({ key }) => key)).toEqual(['news.held'])
    expect(newsOf(mediation(), held, ['hold_session'])).toEqual([])
  })
})

describe('what stays on this phone', () => {
  it('keeps parties and times, and no word of a private room or of a record', () => {
    const said = [{ party: 1, at: NOW.toISOString(), by_party: false, words: 'SECRET ROOM' }]
    const sessions = [session(1, '2024-01-05T02:00:00Z', { state: 'held', words: 'SECRET RECORD' })]
    const entry = (event: string, words: string, photo?: string) => ({
      version: 1,
      at: NOW.toISOString(),
      event,
      actor: { kind: 'staff' as const },
      params: {},
      words,
      photos: photo ? [{ id: photo, kind: 'report' as const, at: NOW.toISOString() }] : [],
    })
    const whole = {
      ...page([]),
      matter: { photo_list: [{ id: 'scan' }, { id: 'yard' }], mediation: mediation({ said, sessions }) },
      timeline: [
        entry('caucus_noted', 'SECRET NOTE'),
        entry('spoken_in_private', 'SECRET WORD'),
        entry('session_held', 'SECRET RECORD', 'scan'),
        entry('session_set', '村委会一楼'),
      ],
    } as unknown as MatterPage
    const kept = withoutPrivateWords(whole)
    expect(JSON.stringify(kept)).not.toMatch(/SECRET|scan/)
    expect(kept.timeline.map(({ event }) => event)).toEqual(['session_held', 'session_set'])
    expect(kept.matter.mediation?.parties).toHaveLength(2)
    expect(whole.matter.mediation?.said).toHaveLength(1)
  })

  it('leaves other matters as they are', () => {
    const other = { matter: { mediation: null }, timeline: [] } as unknown as MatterPage
    expect(withoutPrivateWords(other)).toBe(other)
  })
})

describe('the record of a session', () => {
  const written = (more: Partial<HoldDraft> = {}): HoldDraft => ({
    ...begunWith(session(1, '2024-01-05T02:00:00Z'), NOW),
    present: [2, 1],
    course: ' 量了界 ',
    ...more,
  })

  it('begins with what is known, by the clock of the site', () => {
    const begun = begunWith(session(4, '2024-01-05T02:00:00Z'), NOW)
    expect(begun).toMatchObject({ session: 4, day: '2024-01-05', hour: '10:00', minutes: 90, venue: 'talk_room' })
    expect(begunWith(undefined, NOW)).toMatchObject({ session: 0, hour: '11:00', minutes: '', present: [] })
    expect(begunWith(undefined, NOW, true).form).toBe('apart')
    expect(begunWith(session(5, '2024-01-09T02:00:00Z'), NOW)).toMatchObject({ day: '2024-01-05', hour: '11:00' })
  })

  it('says what is missing and no more', () => {
    expect(holdFaults(written(), 480, NOW)).toEqual([])
    expect(holdFaults(written({ minutes: 481 }), 480, NOW)).toEqual(['minutes'])
    expect(holdFaults(written({ minutes: 481 }), undefined, NOW)).toEqual([])
    expect(holdFaults(written({ minutes: 1.5, day: '' }), 480, NOW)).toEqual(['when', 'minutes'])
    expect(holdFaults(written({ hour: '12:01' }), 480, NOW)).toEqual(['ahead'])
    expect(holdFaults(written({ form: 'apart', present: [] }), 480, NOW)).toEqual(['with', 'present'])
    expect(holdFaults(written({ form: 'apart', with: 1 }), 480, NOW)).toEqual(['present_apart'])
    expect(holdFaults(written({ course: ' ' }), 480, NOW)).toEqual(['course'])
  })

  it('says itself when it began, because the server hears of it later', () => {
    const command = holdCommand(written({ outcome: '周五再谈' }), (words) => `结果：${words}`)
    expect(command).toEqual({
      type: 'hold_session',
      session: 1,
      started_at: '2024-01-05T02:00:00.000Z',
      minutes: 90,
      form: 'together',
      venue: 'talk_room',
      present: [1, 2],
      participants: [],
      words: '量了界\n结果：周五再谈',
    })
    expect(holdCommand(written({ session: 0, form: 'apart', with: 2 }), String)).toMatchObject({ form: 'apart', with: 2 })
    expect(holdCommand(written({ session: 0 }), String)).not.toHaveProperty('session')
  })

  it('can be laid down on the phone’s disk as it comes from a form', () => {
    const fromForm = holdCommand(reactive(written({ participants: [1] })), String)
    expect(structuredClone(fromForm)).toEqual(fromForm)
    const oral = oralCommand(reactive({ facts: 'facts', clauses: [freshClause()] }))
    expect(structuredClone(oral)).toEqual(oral)
  })

  it('comes back as it was written', () => {
    const draft = written({ course: '量了界', present: [1, 2] })
    expect(writtenBefore(holdCommand(draft, String), NOW)).toEqual(draft)
  })
})

describe('an oral agreement', () => {
  it('knows money as people write it', () => {
    expect(['3000', '3,000.5', '0.05', ' '].map(fenOf)).toEqual([300_000, 300_050, 5, undefined])
    expect(['三千', '3.005', '-3'].map((money) => Number.isNaN(fenOf(money)))).toEqual([true, true, true])
  })

  it('says what a clause lacks', () => {
    expect(clauseFaults(freshClause(), '2024-01-05')).toEqual(['by', 'words', 'due'])
    const clause = { by: 2, words: '拆墙', due: '2024-01-04', money: '很多' }
    expect(clauseFaults(clause, '2024-01-05')).toEqual(['past', 'money'])
    expect(clauseFaults({ ...clause, due: '2024-01-05', money: '' }, '2024-01-05')).toEqual([])
  })

  it('comes back as it was written', () => {
    const draft = { facts: '越界一尺', clauses: [{ by: 2, words: '拆墙', due: '2024-02-01', money: '3000.50' }, { by: 1, words: '不再提', due: '2024-02-02', money: '' }] }
    const command = oralCommand(draft)
    expect(command.clauses).toEqual([
      { by: 2, words: '拆墙', due_on: '2024-02-01', fen: 300_050 },
      { by: 1, words: '不再提', due_on: '2024-02-02' },
    ])
    expect(oralBefore(command)).toEqual(draft)
  })
})
