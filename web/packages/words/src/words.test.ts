import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { daysUntil, duePhrase, longDay, setSiteClock, timeAgo, wholeDay } from './dates'
import { message, type WordTree } from './message'
import { placeName, placePath } from './place-name'
import { nowSentence, problemSentence, timelineSentence, type Teller } from './sentence'
import en from './en'
import enCalendar from './en.calendar'
import enDesk from './en.desk'
import enField from './en.field'
import enMonthTable from './en.month-table'
import enRegisters from './en.registers'
import enResident from './en.resident'
import enTalk from './en.talk'
import enTalkDesk from './en.talk-desk'
import zh from './zh'
import zhCalendar from './zh.calendar'
import zhDesk from './zh.desk'
import zhField from './zh.field'
import zhMonthTable from './zh.month-table'
import zhRegisters from './zh.registers'
import zhResident from './zh.resident'
import zhTalk from './zh.talk'
import zhTalkDesk from './zh.talk-desk'

const languages: Record<string, [WordTree, WordTree]> = {
  shared: [zh, en],
  resident: [zhResident, enResident],
  field: [zhField, enField],
  desk: [zhDesk, enDesk],
  registers: [zhRegisters, enRegisters],
  talk: [zhTalk, enTalk],
  talk_desk: [zhTalkDesk, enTalkDesk],
  month_table: [zhMonthTable, enMonthTable],
  calendar: [zhCalendar, enCalendar],
}

function flat(words: WordTree, prefix = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )
}
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe.each(Object.entries(languages))('%s words', (_, [chinese, english]) => {
  const zhWords = new Map(flat(chinese))
  const enWords = new Map(flat(english))

  it('exist in both languages', () => {
    expect([...zhWords.keys()].filter((key) => !enWords.has(key)), 'missing in English').toEqual([])
    expect([...enWords.keys()].filter((key) => !zhWords.has(key)), 'missing in Chinese').toEqual([])
    const empty = [...zhWords, ...enWords].filter(([, text]) => text.trim() === '' && text !== ' ')
    expect(empty).toEqual([])
  })

  it('hold the same placeholders', () => {
    const differing = [...zhWords].filter(
      ([key, text]) => `${placeholders(text)}` !== `${placeholders(enWords.get(key) ?? '')}`,
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('leave no Chinese in the English words', () => {
    const allowed = /language|_label$/
    const mixed = [...enWords].filter(([key, text]) => !allowed.test(key) && /\p{Script=Han}/u.test(text))
    expect(mixed).toEqual([])
  })
})

describe('what the rules can say', () => {
  const rules = (file: string) => readFileSync(new URL(`../../../../crates/casework/src/${file}`, import.meta.url), 'utf8')
  const snake = (name: string) => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase()

  it('has words for every refusal', () => {
    const declared = rules('refusal.rs').split('pub enum Refusal')[1]!.split('impl Refusal')[0]!
    const codes = [...declared.matchAll(/^ {4}([A-Z]\w+)/gm)].map((found) => snake(found[1]!))
    expect(codes.length).toBeGreaterThan(50)
    expect(codes.filter((code) => !(code in zh.problem))).toEqual([])
  })

  it('has words for every problem that the interface answers with', () => {
    const folder = new URL('../../../../crates/api/src/', import.meta.url)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs'))
    const code = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
    const codes = [...code.matchAll(/(?:Problem|Self)::new\([^;"]*?"(\w+)"/g)].map((found) => found[1]!)
    expect(codes.length).toBeGreaterThan(8)
    expect([...new Set(codes)].filter((one) => !(one in zh.problem))).toEqual([])
  })

  it('has words for every kind of thing that is raised, and each state', () => {
    const lists = rules('talk_day.rs').split('words! {').slice(1, 3)
    const words = lists.flatMap((list) => [...list.split('\n}')[0]!.matchAll(/= "(\w+)"/g)].map((found) => found[1]!))
    expect(words.length).toBe(14)
    expect(words.filter((one) => !(one in zhTalk.talk.topic) && !(one in zhTalk.talk.state))).toEqual([])
  })

  it('has a sentence for everything that happens to a talk day', () => {
    const events = [...rules('talk_day/event.rs').matchAll(/^ {4}\w+ = "(\w+)"/gm)].map((found) => found[1]!)
    expect(events.length).toBeGreaterThan(10)
    const told = Object.keys(zhTalkDesk.talk_desk.told)
    expect(events.filter((event) => !told.some((one) => one.startsWith(event)))).toEqual([])
  })

  it('has a sentence for every event', () => {
    const events = [...rules('matter/event.rs').matchAll(/^ {4}\w+ = "(\w+)"/gm)].map((found) => found[1]!)
    expect(events.length).toBeGreaterThan(40)
    expect(events.filter((event) => !(event in zh.timeline))).toEqual([])
  })

  it('has a sentence for everything to mend in a register, and a reason for every suggestion', () => {
    const codes = (file: string, list: string) => {
      const declared = rules(file).split(`pub enum ${list}`)[1]!.split('\n}')[0]!
      return [...declared.matchAll(/^ {4}([A-Z]\w+)/gm)].map((found) => snake(found[1]!))
    }
    const findings = codes('register/finding.rs', 'Finding')
    expect(findings.length).toBeGreaterThan(8)
    expect(findings.filter((code) => !(code in zhRegisters.registers.finding))).toEqual([])
    const reasons = codes('register/suggest.rs', 'Reason')
    expect(reasons.length).toBeGreaterThan(3)
    expect(reasons.filter((code) => !(code in zhRegisters.registers.suggestion))).toEqual([])
    const kinds = [...rules('register/committee.rs').matchAll(/ = "(\w+)",/g)].map((found) => found[1]!)
    const named = { ...zhRegisters.registers.committee_kind, ...zhRegisters.registers.minority }
    expect(kinds.filter((kind) => !(kind in named))).toEqual([])
  })

  it('has a name for every command that people give', () => {
    const bySystem = ['absorb', 'remind', 'mark_overdue', 'lapse', 'close_unanswered', 'recompute_clock', 'remind_clause', 'mark_clause_overdue', 'lapse_confirmation']
    const commands = [...rules('matter/command.rs').matchAll(/\b[A-Z]\w+ = "(\w+)"/g)].map((found) => found[1]!)
    expect(commands.length).toBeGreaterThan(35)
    expect(commands.filter((command) => !(command in zh.command) && !bySystem.includes(command))).toEqual([])
  })
})

function teller(locale: 'zh' | 'en', reader: Teller['reader'] = 'reporter'): Teller {
  const words = new Map(flat(locale === 'zh' ? zh : en))
  return {
    locale,
    reader,
    has: (key) => words.has(key),
    t: (key, named = {}) => message(words.get(key) ?? key)({ named: ((name: string) => named[name]) as never }),
  }
}

describe('dates', () => {
  beforeAll(() => setSiteClock('Asia/Shanghai', '2026-11-22T02:00:00Z'))

  it('are absolute with their weekday and relative', () => {
    const now = { due_at: '2026-11-26T15:59:59Z', days_left: 3, provisional: false }
    const { t } = teller('zh')
    expect(duePhrase(now, t, 'zh')).toBe('11月26日（周四）前，还有 3 个工作日')
    expect(duePhrase(now, teller('en').t, 'en')).toBe('by Thursday 26 November, 3 working days left')
  })

  it('name the year only when it is another one', () => {
    expect(longDay('2023-12-31T15:00:00Z', 'zh')).toBe('2023年12月31日（周日）')
    expect(longDay('2026-12-31T16:00:00Z', 'en')).toBe('Friday 1 January 2027')
    expect([wholeDay('2026-03-01', 'zh'), wholeDay('2026-03-01', 'en')]).toEqual(['2026年3月1日', '1 March 2026'])
  })

  it('count the days of the calendar, whatever the hour', () => {
    setSiteClock('Asia/Shanghai', '2026-11-22T03:00:00Z')
    expect(daysUntil('2026-11-22T15:59:59Z')).toBe(0)
    expect(daysUntil('2026-12-22T15:59:59Z')).toBe(30)
    expect(daysUntil('2026-11-20T15:59:59Z')).toBe(-2)
  })

  it('choose the English singular', () => {
    const { t } = teller('en')
    expect(t('date.days_left', { n: 1 })).toBe('1 working day left')
    expect(timeAgo('2026-11-22T00:00:00Z', t, new Date('2026-11-22T02:00:00Z'))).toBe('2 hours ago')
  })
})

it('names places as people do', () => {
  expect(['长岭坡村村民委员会', '天星村委会', '古城畈社区居民委员会', '大桥街居民委员会', '柳林镇'].map(placeName)).toEqual([
    '长岭坡村',
    '天星村',
    '古城畈社区',
    '大桥街社区',
    '柳林镇',
  ])
  expect(placePath('随县 柳林镇 雁子河村村民委员会')).toBe('随县 柳林镇 雁子河村')
})

describe('sentences', () => {
  const entry = {
    version: 3,
    at: '2024-01-02T07:40:00Z',
    event: 'dispatched',
    actor: { kind: 'staff' as const, unit: { id: 'u1', name: '柳林镇综治中心' }, role: 'dispatcher' as const },
    photos: [],
    params: { unit: { id: 'u2', name: '村建办' }, due_at: '2026-11-26T15:59:59Z' },
  }

  it('tell an entry', () => {
    expect(timelineSentence(entry, teller('zh'))).toBe('柳林镇综治中心把这件事交给村建办办理，11月26日（周四）前接手')
    const finished = { ...entry, event: 'completed' }
    expect(timelineSentence(finished, teller('zh'))).toBe('柳林镇综治中心办完了，11月26日（周四）前核查完')
  })

  it('tell how something ended', () => {
    const passed = { ...entry, event: 'extension_decided', params: { approve: false } }
    expect(timelineSentence(passed, teller('en'))).toBe('柳林镇综治中心 refused more time')
  })

  it('survive an event they have never heard of', () => {
    expect(timelineSentence({ ...entry, event: 'teleported', params: {} }, teller('zh'))).toBe('柳林镇综治中心更新了这件事')
  })

  it('say who owes the next step by when', () => {
    const now = { stage: 'handling' as const, owed_by: { kind: 'unit' as const, unit: { id: 'u', name: '村建办' } } }
    const due = { ...now, due_at: '2026-11-26T15:59:59Z', provisional: false, light: 'green' as const }
    expect(nowSentence(due, teller('zh'))).toBe('现在由村建办办理，应在11月26日（周四）前办完。')
  })

  it('fall back to the server’s words', () => {
    const problem = { code: 'brand_new', message: '服务器说的话', params: {} }
    expect(problemSentence(problem, teller('zh'))).toBe('服务器说的话')
  })
})
