import type { Command, MatterClass, MatterPage, Position } from '@fengsi/api-client'
import { isThere } from '../mediation/known'
import type { ClauseGiven, PartyGiven } from '../mediation/mediated'
import type { CommandRow, Field } from './table'

export interface ChosenCategory {
  class: string
  category?: string
}
export interface CoUnit {
  unit: string
  days: number
}
export interface Part {
  words: string
  class?: string
  category?: string
}
export type FieldValue =
  | string
  | number
  | boolean
  | string[]
  | number[]
  | ChosenCategory
  | CoUnit[]
  | Part[]
  | PartyGiven
  | PartyGiven[]
  | ClauseGiven[]
  | Position
  | { area: string }
  | undefined

export type FormValues = Record<string, FieldValue>

type Mediated = Pick<MatterPage['matter'], 'mediation'>

/** A field that hangs on another is asked for only while that other one is. */
export function askedFields(row: CommandRow, values: FormValues, matter?: Mediated): Field[] {
  const asked: Field[] = []
  const valueOf = (name: string): FieldValue =>
    asked.some((field) => field.name === name) ? values[name] : undefined
  for (const field of row.fields) {
    const there = !field.needs || isThere(field.needs, matter?.mediation)
    const wanted = !field.when || field.when.is.includes(valueOf(field.when.field) as string | boolean | undefined)
    if (there && wanted) asked.push(field)
  }
  return asked
}

export const isEmpty = (value: FieldValue): boolean => {
  if (value === undefined || value === '') return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

export interface FieldFault {
  field: string
  code: string
  params?: Record<string, unknown>
}

export const isOwed = (field: Field, cls: MatterClass): boolean => !!field.required || !!field.owedFor?.includes(cls)

export function faultsOf(row: CommandRow, values: FormValues, cls: MatterClass, matter?: Mediated): FieldFault[] {
  const faults: FieldFault[] = []
  for (const field of askedFields(row, values, matter)) {
    const value = values[field.name]
    if (isOwed(field, cls) && isEmpty(value)) faults.push({ field: field.name, code: 'missing' })
    else if (field.kind === 'parts' && !partsComplete(value as Part[]))
      faults.push({ field: field.name, code: 'parts_incomplete' })
    else if (field.kind === 'party_given' && !isNamed(value as PartyGiven))
      faults.push({ field: field.name, code: 'party_incomplete' })
    else if (field.kind === 'party_list' && !((value as PartyGiven[] | undefined) ?? []).every(isNamed))
      faults.push({ field: field.name, code: 'party_incomplete' })
    else if (field.kind === 'clauses' && !(value as ClauseGiven[]).every(isWhole))
      faults.push({ field: field.name, code: 'clause_incomplete' })
    else if (field.kind === 'number' && outOfRange(value as number, field.most)) {
      faults.push({ field: field.name, code: 'number_out_of_range', params: { most: field.most } })
    }
  }
  return faults
}

const partsComplete = (parts: Part[] | undefined): boolean =>
  !!parts && parts.length >= 2 && parts.every((part) => part.words.trim() !== '')

const isNamed = (party: PartyGiven | undefined): boolean => !!party?.name.trim()

const isWhole = (clause: ClauseGiven): boolean => !!clause.by && !!clause.words.trim() && !!clause.due_on

const outOfRange = (value: number | undefined, most = Number.MAX_SAFE_INTEGER): boolean =>
  value !== undefined && (!Number.isInteger(value) || value < 1 || value > most)

export function commandFrom(row: CommandRow, values: FormValues, matter?: Mediated): Command {
  const said: Record<string, unknown> = {}
  for (const field of askedFields(row, values, matter)) {
    const value = values[field.name]
    if (!isEmpty(value)) Object.assign(said, sentAs(row, field, value))
  }
  return row.inside ? { type: row.type, [row.inside]: said } : { type: row.type, ...said }
}

const isYesOrNo = (field: Field): boolean => `${field.options}` === 'yes,no'

function sentAs(row: CommandRow, field: Field, value: FieldValue): Record<string, unknown> {
  if (field.kind === 'category') {
    const chosen = value as ChosenCategory
    return row.type === 'reclassify'
      ? { class: chosen.class, category: chosen.category }
      : { category: chosen.category }
  }
  if (isYesOrNo(field)) return { [field.name]: value === 'yes' }
  if (field.kind === 'party_given') return { [field.name]: filled(value) }
  if (field.kind === 'party_list' || field.kind === 'clauses') return { [field.name]: (value as object[]).map(filled) }
  if (typeof value === 'string') return { [field.name]: value.trim() }
  return { [field.name]: value }
}

const filled = (value: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value as object).filter(([, one]) => !isEmpty(one as FieldValue)))
