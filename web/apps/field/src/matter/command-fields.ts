import type { MatterClass } from '@fengsi/api-client'

export type FieldKind = 'text' | 'photos' | 'yes_no' | 'choice' | 'unit' | 'similar' | 'category' | 'place'

export interface CommandField {
  /** The name in the command. */
  name: string
  kind: FieldKind
  label: string
  required: boolean
  options?: 'guide_routes' | 'answers'
}

const text = (name: string, label: string, required: boolean): CommandField => ({ name, kind: 'text', label, required })
const photos = (required = false): CommandField => ({ name: 'photos', kind: 'photos', label: 'photos', required })

/** The short form of each command that field work may be allowed. What is allowed is the server's word alone. */
const FORMS: Record<string, CommandField[]> = {
  pass: [photos(), text('words', 'words_pass', false)],
  fail: [photos(), text('reason', 'reason_fail', true)],
  settle: [photos(), text('words', 'words_settle', true)],
  progress: [text('words', 'words_progress', true), photos()],
  co_answer: [text('words', 'words', true), photos()],
  note: [text('words', 'words_note', true)],
  attach: [photos(true)],
  supply: [text('words', 'words_supply', false), photos()],
  urge: [text('words', 'words', false)],
  withdraw: [text('reason', 'reason', false)],
  admit: [],
  ask: [text('words', 'words_ask', true)],
  guide: [
    { name: 'route', kind: 'choice', label: 'route', required: true, options: 'guide_routes' },
    text('words', 'words', false),
  ],
  merge: [{ name: 'into', kind: 'similar', label: 'into', required: true }],
  link: [{ name: 'to', kind: 'similar', label: 'to', required: true }],
  dispatch: [{ name: 'unit', kind: 'unit', label: 'unit', required: true }, text('words', 'words', false)],
  open_mediation: [{ name: 'unit', kind: 'unit', label: 'unit', required: true }],
  escalate: [text('reason', 'reason_escalate', true)],
  decide_extension: [
    { name: 'approve', kind: 'yes_no', label: 'approve', required: true },
    text('reason', 'reason', false),
  ],
  decide_rework: [{ name: 'redo', kind: 'yes_no', label: 'redo', required: true }, text('reason', 'reason', true)],
  call_back: [
    { name: 'answer', kind: 'choice', label: 'answer', required: true, options: 'answers' },
    text('words', 'words_call_back', false),
  ],
  reclassify: [{ name: 'category', kind: 'category', label: 'class', required: true }, text('reason', 'reason', true)],
  correct_place: [
    { name: 'place', kind: 'place', label: 'place', required: true },
    text('address', 'address', false),
    text('reason', 'reason', true),
  ],
}

/** The order in which steps are offered: what moves the matter on comes first. */
const ORDER = Object.keys(FORMS)

const MOVES_ON = ['pass', 'fail', 'settle', 'admit', 'ask', 'guide', 'merge', 'dispatch', 'open_mediation', 'escalate']

/** What may be done, without what a step still waiting on this phone has already decided. */
export function offered(allowed: string[], waiting: string[] = []): string[] {
  const decided = waiting.some((command) => MOVES_ON.includes(command))
  return ORDER.filter((command) => allowed.includes(command) && !(decided && MOVES_ON.includes(command)))
}

const AT_THE_PLACE: MatterClass[] = ['hazard', 'environment']
const SHOWS_THE_PLACE = ['pass', 'fail', 'settle']

/**
 * Told before the phone goes offline for two days, because the server's refusal would come too late to take the photo.
 */
export const photosOwed = (command: string, matterClass: MatterClass | undefined): boolean =>
  SHOWS_THE_PLACE.includes(command) && matterClass !== undefined && AT_THE_PLACE.includes(matterClass)

export function fieldsOf(command: string, matterClass: MatterClass): CommandField[] {
  const owed = photosOwed(command, matterClass)
  return (FORMS[command] ?? []).map((field) => (field.kind === 'photos' && owed ? { ...field, required: true } : field))
}
