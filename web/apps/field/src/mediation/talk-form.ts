import { computed, ref } from 'vue'
import type { Command, Detail } from '@fengsi/api-client'
import type { Operation, OperationPhoto } from '@fengsi/outbox'
import { useWords } from '@fengsi/words'
import type { Mistake } from '@fengsi/parts/ErrorSummary.vue'
import { keepCommand } from '../sync/keep-command'

export type RefusedStep = Operation & { kind: 'command' }

interface TalkForm {
  matter: () => Detail
  refused?: RefusedStep
  /** What the phone can tell is missing. */
  faults: () => Mistake[]
  built: () => Command
  photos?: () => OperationPhoto[]
}

/** What the forms of a mediation have in common: they say what is missing, and lay the step into the outbox once. */
export function useTalkForm({ matter, refused, faults, built, photos }: TalkForm) {
  const { t } = useWords()
  const attempt = ref(0)
  const saving = ref(false)
  const full = ref(false)
  const mistakes = computed<Mistake[]>(() => {
    if (attempt.value === 0) return []
    return full.value ? [{ text: t('field.sync.storage_full') }] : faults()
  })
  const wrong = (field: string): string | undefined => mistakes.value.find((one) => one.field === field)?.text

  async function save(): Promise<boolean> {
    attempt.value++
    full.value = false
    if (saving.value || mistakes.value.length > 0) return false
    saving.value = true
    const outcome = await keepCommand(matter(), built(), photos?.() ?? [], refused).finally(() => (saving.value = false))
    if (outcome === 'full') {
      full.value = true
      attempt.value++
    }
    return outcome === 'kept'
  }

  return { attempt, saving, mistakes, wrong, save }
}
