// The steps of a talk day: which fields each asks for, and the command that they make. The server says who may take which.
import type { StaffReport, TalkCommand, TalkDayRow, TalkItem, TalkPlan, Topic } from '@fengsi/api-client'

export const DAY_STEPS = ['plan', 'hold', 'note_item', 'publish', 'move', 'cancel'] as const
export const ITEM_STEPS = ['answer', 'promise', 'settle_promise', 'matter', 'tell_more'] as const
export type TalkStep = (typeof DAY_STEPS)[number] | (typeof ITEM_STEPS)[number]

export const TOPICS: Topic[] = [
  ...(['unfairness', 'dispute', 'request', 'village_accounts', 'misconduct'] as const),
  ...(['suggestion', 'grievance', 'development', 'good_example', 'morals'] as const),
]

export interface TalkField {
  name: string
  kind: 'words' | 'number' | 'day' | 'time' | 'topic' | 'kept' | 'place' | 'unit'
  required?: boolean
  rows?: number
  /** What was said and is answered here. */
  about?: TalkItem
}
export type TalkValues = Record<string, string | undefined>

/** What a step is about: the day, or one thing that was raised on it. */
export interface Target {
  row: TalkDayRow
  items: readonly TalkItem[]
  item?: TalkItem
}

const words: TalkField = { name: 'words', kind: 'words', required: true, rows: 4 }
const when: TalkField[] = [
  { name: 'date', kind: 'day', required: true },
  { name: 'begins', kind: 'time' },
  { name: 'ends', kind: 'time' },
  { name: 'place', kind: 'place' },
]
const elsewhere: TalkField = { name: 'place_words', kind: 'words', required: true, rows: 1 }
const reason: TalkField = { name: 'reason', kind: 'words', required: true, rows: 2 }

export function fieldsOf(step: TalkStep, { items }: Target, values: TalkValues): TalkField[] {
  const where = values.place ? when : [...when, elsewhere]
  switch (step) {
    case 'plan':
      return where
    case 'move':
      return [...where, reason]
    case 'cancel':
      return [reason]
    case 'hold':
      return [{ name: 'people', kind: 'number', required: true }]
    case 'note_item':
      return [{ name: 'topic', kind: 'topic', required: true }, words]
    case 'promise':
      return [{ name: 'unit', kind: 'unit' }, { name: 'due', kind: 'day', required: true }, words]
    case 'settle_promise':
      return [{ name: 'kept', kind: 'kept', required: true }, words]
    case 'publish':
      return items.map((item) => ({ ...words, name: `public_${item.no}`, rows: 2, about: item }))
    case 'answer':
    case 'matter':
    case 'tell_more':
      return [words]
  }
}

/** What stands in the form when it opens. */
export function startOf(step: TalkStep, { row, item }: Target): TalkValues {
  if (step === 'matter') return { words: item?.words ?? '' }
  if (step !== 'plan' && step !== 'move') return {}
  const { date, begins, ends, place, place_words } = row
  return { date, begins: begins ?? undefined, ends: ends ?? undefined, place: place?.id, place_words: place_words ?? undefined }
}

const isLeftOut = (value: string | undefined): boolean => !value?.trim()

export const missingOf = (fields: readonly TalkField[], values: TalkValues): string[] =>
  fields.filter((field) => field.required && isLeftOut(values[field.name])).map((field) => field.name)

function given(values: TalkValues, names: readonly string[]): Record<string, string> {
  const there = names.filter((name) => !isLeftOut(values[name]))
  return Object.fromEntries(there.map((name) => [name, values[name]!.trim()]))
}

const WHERE = ['date', 'begins', 'ends', 'place', 'place_words']
function whenAndWhere(values: TalkValues): Record<string, string> {
  const said = given(values, WHERE)
  if (said.place) delete said.place_words
  return said
}

export const planFrom = ({ row }: Target, values: TalkValues): TalkPlan =>
  ({ area: row.village.code, slot: row.slot, ...whenAndWhere(values) }) as TalkPlan

/** What was raised goes the way of every report, and names the talk day it comes from. */
export const matterFrom = ({ row, item }: Target, values: TalkValues): Omit<StaffReport, 'id'> =>
  ({
    source: 'talk_day',
    place: { area: row.village.code },
    words: values.words?.trim() ?? '',
    talk_day: { day: row.id, item: item?.no },
    ...(item?.topic === 'dispute' ? { class: 'dispute' } : {}),
  }) as Omit<StaffReport, 'id'>

export function commandFrom(step: TalkStep, target: Target, values: TalkValues): TalkCommand {
  const { items, item } = target
  const said = (): Record<string, unknown> => {
    if (step === 'move') return { ...whenAndWhere(values), ...given(values, ['reason']) }
    if (step === 'hold') return { people: Number(values.people) }
    if (step === 'settle_promise') return { item: item?.no, kept: values.kept === 'yes', ...given(values, ['words']) }
    if (step === 'publish')
      return { answers: items.map(({ no }) => ({ item: no, words: values[`public_${no}`]?.trim() ?? '' })) }
    return { ...(item ? { item: item.no } : {}), ...given(values, ['topic', 'unit', 'due', 'reason', 'words']) }
  }
  return { type: step, ...said() } as unknown as TalkCommand
}

/** What may be done about a thing by whoever leads the day. */
export function itemSteps(item: TalkItem, published: boolean): TalkStep[] {
  if (item.outcome === 'open') return ['answer', 'promise', 'matter']
  const more: TalkStep[] = published ? ['tell_more'] : []
  return item.outcome === 'promised' ? ['settle_promise', 'matter', ...more] : more
}
