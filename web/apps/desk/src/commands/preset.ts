import type { MatterPage } from '@fengsi/api-client'
import type { FieldValue, FormValues } from './body'
import { mediationPreset } from '../mediation/known'
import type { CommandRow, Field } from './table'

function presetOf(field: Field, page: MatterPage): FieldValue {
  const { matter, suggestion } = page
  if (field.preset === 'suggested_unit') return suggestion?.unit.id
  if (field.preset === 'category') return { class: matter.class, category: matter.category?.code }
  if (field.preset === 'address') return matter.address ?? undefined
  if (field.name === 'urgency') return matter.urgency
  if (field.name === 'about_unit') return matter.about_unit?.id
  if (field.name === 'result' && field.options?.[0] === 'done') return 'done'
  if (field.kind === 'parts') return [{ words: '' }, { words: '' }]
  return field.start ?? mediationPreset(field, page)
}

/** What the system knows already is never typed again. */
export const presetValues = (row: CommandRow, page: MatterPage): FormValues =>
  Object.fromEntries(row.fields.map((field) => [field.name, presetOf(field, page)]))
