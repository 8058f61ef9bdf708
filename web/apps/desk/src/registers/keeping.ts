// Keeping an entry: what is missing, what the server says, and two desks at once. What was typed always stays.
import { Problem, unreachable } from '@fengsi/api-client'
import { problemSentence, useWords } from '@fengsi/words'
import { computed, nextTick, ref, shallowRef } from 'vue'
import { useProblemTitle } from '../titles'

export interface Fault {
  field: string
  words: string
}

export function useKeeping(labels: () => Record<string, string>) {
  const { t, has } = useWords()
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  const missing = ref<string[]>([])
  useProblemTitle(() => missing.value.length > 0 || !!problem.value)

  const faults = computed<Fault[]>(() => [
    ...missing.value.map((field) => ({ field, words: t('field_problem.missing') })),
    ...(problem.value?.fields ?? []).map(({ field, code, params }) => ({
      field,
      words: t(has(`problem.${code}`) ? `problem.${code}` : 'field_problem.unknown', {
        ...params,
        field: labels()[field] ?? field,
      }),
    })),
  ])
  const faultOf = (field: string): string | undefined => faults.value.find((fault) => fault.field === field)?.words
  const sentence = computed(() => problem.value && !problem.value.fields.length && problemSentence(problem.value, { t, has }))
  const changed = computed(() => problem.value?.code === 'entry_changed')

  /** The saved entry, or nothing when something has to be mended first. */
  async function keep<T>(owed: Record<string, unknown>, send: () => Promise<T>): Promise<T | undefined> {
    problem.value = undefined
    missing.value = Object.keys(owed).filter((field) => owed[field] === undefined || owed[field] === '')
    if (missing.value.length === 0 && !busy.value) {
      busy.value = true
      try {
        return await send()
      } catch (cause) {
        problem.value = cause instanceof Problem ? cause : unreachable()
      } finally {
        busy.value = false
      }
    }
    await nextTick()
    document.getElementById('register-summary')?.focus()
    return undefined
  }
  return { busy, problem, faults, faultOf, sentence, changed, keep }
}
export type Keeping = ReturnType<typeof useKeeping>
