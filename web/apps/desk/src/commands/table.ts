// The one place that says which fields a command asks for. A new command is a row here plus its words.

import type { MatterClass } from '@fengsi/api-client'
import { mediationBeside, mediationSteps } from './mediation-table'

export type FieldKind =
  | 'words'
  | 'number'
  | 'date'
  | 'choice'
  | 'choices'
  | 'catalogue_choice'
  | 'catalogue_choices'
  | 'category'
  | 'unit'
  | 'units'
  | 'co_units'
  | 'photos'
  | 'matter'
  | 'place'
  | 'parts'
  | 'party'
  | 'parties'
  | 'party_given'
  | 'party_list'
  | 'participants'
  | 'mediator'
  | 'method'
  | 'question'
  | 'moment'
  | 'session'
  | 'agreement'
  | 'clauses'
  | 'clause'
  | 'channel'

/** Which of the parties or channels are offered. */
export type Among = 'without_consent' | 'may_answer_safety' | 'without_signature' | 'elsewhere' | 'mediating'
/** What a mediation must have before a field is asked for. */
export type Needed = 'open_sessions' | 'set_session' | 'participants'

export interface Field {
  name: string
  kind: FieldKind
  required?: boolean
  /** The word key, where the same field name means something else in another command. */
  label?: string
  options?: readonly string[]
  from?: 'guide_routes' | 'suspend_reasons' | 'return_bases'
  unitKind?: string
  rows?: number
  most?: number
  preset?: 'suggested_unit' | 'similar_matter' | 'category' | 'class' | 'address'
  /** Owed for these classes, open to leave out for the others. */
  owedFor?: readonly MatterClass[]
  /** An option that exists for some classes alone. */
  onlyFor?: Partial<Record<string, readonly MatterClass[]>>
  /** Asked for only while the other field has one of these values. */
  when?: { field: string; is: readonly (string | boolean | undefined)[] }
  /** What stands there at first. */
  start?: string | number
  among?: Among
  needs?: Needed
  /** None of the list is an answer too. */
  orNone?: boolean
  /** A day or moment that has been. */
  past?: boolean
}

export interface CommandRow {
  type: string
  fields: readonly Field[]
  key?: string
  /** Answered on the spot without a form when Enter is pressed on the queue. */
  atOnce?: boolean
  warn?: boolean
  /** The fields stand together under this name. */
  inside?: string
  /** At these steps of a mediation it carries the matter on; at others it stands beside. */
  steps?: readonly string[]
}

const words: Field = { name: 'words', kind: 'words', required: true, rows: 4 }
const wordsIfAny: Field = { name: 'words', kind: 'words', rows: 3 }
const reason: Field = { name: 'reason', kind: 'words', required: true, rows: 3 }
const reasonIfAny: Field = { name: 'reason', kind: 'words', rows: 3 }
const photos: Field = { name: 'photos', kind: 'photos' }
const photosOfThePlace: Field = { ...photos, owedFor: ['hazard', 'environment'] }
const urgency: Field = { name: 'urgency', kind: 'choice', options: ['normal', 'urgent', 'life'] }
const category: Field = { name: 'category', kind: 'category', preset: 'category' }
const aboutUnit: Field = { name: 'about_unit', kind: 'unit', label: 'about_unit' }

/** In the order in which an office thinks: decide, hand on, do the work, check, close, keep in order. */
export const commandTable: readonly CommandRow[] = [
  { type: 'admit', key: 'a', atOnce: true, fields: [category, urgency, aboutUnit] },
  {
    type: 'dispatch',
    key: 'd',
    atOnce: true,
    fields: [
      { name: 'unit', kind: 'unit', required: true, unitKind: 'department', preset: 'suggested_unit' },
      { name: 'co_units', kind: 'co_units' },
      { ...wordsIfAny, label: 'words_to_unit' },
    ],
  },
  { type: 'sign_for', key: 's', atOnce: true, fields: [] },
  {
    type: 'complete',
    key: 'c',
    fields: [
      {
        name: 'result',
        kind: 'choice',
        required: true,
        options: ['done', 'unfounded', 'failed'],
        onlyFor: { failed: ['dispute'] },
      },
      { ...words, label: 'words_to_reporter' },
      { ...photosOfThePlace, label: 'photos_after' },
    ],
  },
  { type: 'pass', key: 'v', fields: [{ ...wordsIfAny, label: 'words_seen' }, photosOfThePlace] },
  { type: 'fail', fields: [{ ...reason, label: 'reason_seen' }, photosOfThePlace] },
  {
    type: 'call_back',
    key: 'b',
    fields: [
      { name: 'answer', kind: 'choice', required: true, options: ['satisfied', 'unhappy', 'no_answer'] },
      { ...wordsIfAny, label: 'words_said', when: { field: 'answer', is: ['satisfied', 'no_answer'] } },
      { ...words, label: 'words_said', when: { field: 'answer', is: ['unhappy'] } },
    ],
  },
  {
    type: 'decide_rework',
    fields: [{ name: 'redo', kind: 'choice', required: true, options: ['yes', 'no'], label: 'redo' }, reason],
  },
  { type: 'rule', fields: [{ name: 'unit', kind: 'unit', required: true, unitKind: 'department' }, reason] },
  {
    type: 'decide_extension',
    fields: [
      { name: 'approve', kind: 'choice', required: true, options: ['yes', 'no'], label: 'approve' },
      { ...reasonIfAny, when: { field: 'approve', is: ['yes'] } },
      { ...reason, when: { field: 'approve', is: ['no'] } },
    ],
  },
  { type: 'merge', key: 'm', fields: [{ name: 'into', kind: 'matter', required: true, preset: 'similar_matter' }] },
  {
    type: 'guide',
    key: 'g',
    fields: [
      { name: 'route', kind: 'catalogue_choice', from: 'guide_routes', required: true },
      { ...wordsIfAny, label: 'words_to_reporter' },
    ],
  },
  { type: 'ask', fields: [{ ...words, label: 'words_question' }] },
  { type: 'settle', fields: [{ ...words, label: 'words_to_reporter' }, photosOfThePlace] },
  { type: 'escalate', key: 'e', fields: [reason] },
  {
    type: 'send_down',
    fields: [{ name: 'unit', kind: 'unit', required: true, unitKind: 'centre', label: 'unit_below' }, reason],
  },
  {
    type: 'open_mediation',
    fields: [
      { name: 'unit', kind: 'unit', required: true, unitKind: 'committee', label: 'unit_mediating' },
      { name: 'channel', kind: 'channel', among: 'mediating', label: 'channel_mediating' },
    ],
  },
  ...mediationSteps,
  {
    type: 'conclude_mediation',
    steps: ['talks'],
    fields: [
      {
        name: 'result',
        kind: 'choice',
        required: true,
        options: ['failed', 'refused', 'stopped'],
        label: 'mediation_result',
      },
      { name: 'roads', kind: 'catalogue_choices', from: 'guide_routes', required: true, when: { field: 'result', is: ['failed'] } },
      words,
    ],
  },
  { type: 'progress', key: 'p', fields: [words, photos] },
  { type: 'co_answer', fields: [words, photos] },
  { type: 'ask_extension', key: 'y', fields: [{ name: 'days', kind: 'number', required: true, most: 30 }, reason] },
  {
    type: 'suspend',
    fields: [
      { name: 'because', kind: 'catalogue_choice', from: 'suspend_reasons', required: true },
      { name: 'until', kind: 'date', required: true },
      wordsIfAny,
    ],
  },
  { type: 'resume', fields: [] },
  {
    type: 'return',
    fields: [{ name: 'basis', kind: 'catalogue_choice', from: 'return_bases', required: true }, reason],
  },
  { type: 'object', fields: [reason] },
  { type: 'reopen', fields: [reason] },
  { type: 'archive', atOnce: true, fields: [] },
  ...mediationBeside,
  { type: 'supply', fields: [{ ...wordsIfAny, label: 'words_supplied' }, photos] },
  {
    type: 'supervise',
    key: 'u',
    fields: [{ name: 'level', kind: 'choice', required: true, options: ['remind', 'urge', 'letter', 'listed'] }, words],
  },
  { type: 'urge', fields: [wordsIfAny] },
  {
    type: 'rate',
    fields: [{ name: 'answer', kind: 'choice', required: true, options: ['satisfied', 'unhappy'] }, wordsIfAny],
  },
  {
    type: 'consult',
    fields: [
      { name: 'units', kind: 'units', required: true },
      { ...words, label: 'words_minutes' },
    ],
  },
  { type: 'note', fields: [words] },
  { type: 'attach', fields: [{ ...photos, required: true }] },
  { type: 'link', fields: [{ name: 'to', kind: 'matter', required: true }] },
  { type: 'split', fields: [{ name: 'parts', kind: 'parts', required: true, most: 10 }] },
  {
    type: 'reclassify',
    fields: [{ name: 'category', kind: 'category', required: true, preset: 'category' }, urgency, aboutUnit, reason],
  },
  {
    type: 'correct_place',
    fields: [
      { name: 'place', kind: 'place', required: true },
      { name: 'address', kind: 'words', rows: 1, preset: 'address' },
      reason,
    ],
  },
  { type: 'replace_code', fields: [{ ...reason, label: 'reason_identity' }] },
  { type: 'withdraw', warn: true, fields: [reasonIfAny] },
]

/** From here on a command keeps things in order; those before it carry the matter on. */
const FIRST_BESIDE = mediationBeside[0]!.type

const byType = new Map(commandTable.map((row) => [row.type, row]))

export const commandRow = (type: string): CommandRow | undefined => byType.get(type)

/** Whether a command carries the matter on where it stands, or keeps it in order. */
export function carriesOn(row: CommandRow, step?: string): boolean {
  const beside = commandTable.findIndex((one) => one.type === FIRST_BESIDE)
  return commandTable.indexOf(row) < beside && (!row.steps || !step || row.steps.includes(step))
}

/** What the office would do next: the first command of the table that the server allows. */
export const firstOffice = (allowed: readonly string[], step?: string): CommandRow | undefined =>
  commandTable.find((row) => carriesOn(row, step) && allowed.includes(row.type))
