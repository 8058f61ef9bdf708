import type { Command, MatterClass, Position } from '@fengsi/api-client'
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
  string | number | boolean | string[] | ChosenCategory | CoUnit[] | Part[] | Position | { area: string } | undefined

export type FormValues = Record<string, FieldValue>

export const isAsked = (field: Field, values: FormValues): boolean =>
  !field.when || field.when.is.includes(values[field.when.field] as string | boolean)

export const askedFields = (row: CommandRow, values: FormValues): Field[] =>
  row.fields.filter((field) => isAsked(field, values))

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

export function faultsOf(row: CommandRow, values: FormValues, cls: MatterClass): FieldFault[] {
  const faults: FieldFault[] = []
  for (const field of askedFields(row, values)) {
    const value = values[field.name]
    if (isOwed(field, cls) && isEmpty(value)) faults.push({ field: field.name, code: 'missing' })
    else if (field.kind === 'parts' && !partsComplete(value as Part[]))
      faults.push({ field: field.name, code: 'parts_incomplete' })
    else if (field.kind === 'number' && outOfRange(value as number, field.most)) {
      faults.push({ field: field.name, code: 'number_out_of_range', params: { most: field.most } })
    }
  }
  return faults
}

const partsComplete = (parts: Part[] | undefined): boolean =>
  !!parts && parts.length >= 2 && parts.every((part) => part.words.trim() !== '')

const outOfRange = (value: number | undefined, most = Number.MAX_SAFE_INTEGER): boolean =>
  value !== undefined && (!Number.isInteger(value) || value < 1 || value > most)

export function commandFrom(row: CommandRow, values: FormValues): Command {
  const command: Command = { type: row.type }
  for (const field of askedFields(row, values)) {
    const value = values[field.name]
    if (isEmpty(value)) continue
    Object.assign(command, sentAs(row, field, value))
  }
  return command
}

function sentAs(row: CommandRow, field: Field, value: FieldValue): Record<string, unknown> {
  if (field.kind === 'category') {
    const chosen = value as ChosenCategory
    return row.type === 'reclassify'
      ? { class: chosen.class, category: chosen.category }
      : { category: chosen.category }
  }
  if (field.name === 'redo' || field.name === 'approve') return { [field.name]: value === 'yes' }
  if (typeof value === 'string') return { [field.name]: value.trim() }
  return { [field.name]: value }
}
