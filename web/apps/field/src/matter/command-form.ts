import { computed, reactive, ref } from 'vue'
import type { Command, Detail } from '@fengsi/api-client'
import type { Operation } from '@fengsi/outbox'
import { useWords } from '@fengsi/words'
import { createPickedPhotos } from '../parts/picked-photos'
import type { Mistake } from '@fengsi/parts/ErrorSummary.vue'
import { keepCommand } from '../sync/keep-command'
import { fieldsOf, type CommandField } from './command-fields'

/** One command as a short form; saving lays it into the outbox and waits for the phone's disk, not for the network. */
export function useCommandForm(command: string, matter: () => Detail, refused?: Operation) {
  const { t } = useWords()
  const fields = fieldsOf(command, matter().class)
  const values = reactive<Record<string, string>>({})
  const earlier = refused?.kind === 'command' ? refused.command : undefined
  for (const { name } of fields) values[name] = typeof earlier?.[name] === 'string' ? earlier[name] : ''
  const photos = createPickedPhotos()
  for (const { blob } of refused?.photos ?? []) if (blob) photos.hold(blob)
  const attempt = ref(0)
  const saving = ref(false)
  const full = ref(false)
  const inputId = (field: CommandField) => `${command}-${field.name}`

  function missing(field: CommandField): string | undefined {
    if (field.kind === 'photos') {
      return field.required && photos.list.length === 0 ? t('field.form.photos_missing') : undefined
    }
    if (!field.required || values[field.name]?.trim()) return undefined
    const what = t(`field.form.${field.label}`)
    return t(field.kind === 'text' ? 'field.form.missing' : 'field.form.choice_missing', { what })
  }
  const mistakes = computed<Mistake[]>(() => {
    if (attempt.value === 0) return []
    if (full.value) return [{ text: t('field.sync.storage_full') }]
    const found = fields.flatMap((field) => {
      const said = missing(field)
      return said ? [{ field: inputId(field), text: said }] : []
    })
    const nothing = fields.length > 0 && command === 'supply' && !values.words?.trim() && photos.list.length === 0
    return nothing ? [{ field: `${command}-words`, text: t('problem.nothing_given') }] : found
  })

  function built(): Command {
    const body: Command = { type: command }
    for (const { name, kind } of fields) {
      const value = values[name]?.trim()
      if (!value || kind === 'photos') continue
      if (kind === 'yes_no') body[name] = value === 'yes'
      else if (kind === 'place') body[name] = { area: value }
      else if (kind === 'category') [body.class, body.category] = value.split('/')
      else body[name] = value
    }
    return body
  }

  async function save(): Promise<boolean> {
    attempt.value++
    full.value = false
    if (saving.value || mistakes.value.length > 0) return false
    saving.value = true
    try {
      const outcome = await keepCommand(matter(), built(), photos.forOutbox(), refused)
      if (outcome === 'kept') photos.clear()
      if (outcome !== 'full') return outcome === 'kept'
      full.value = true
      attempt.value++
      return false
    } finally {
      saving.value = false
    }
  }

  return { fields, values, photos, attempt, mistakes, saving, inputId, missing, save }
}
