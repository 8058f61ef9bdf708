import { computed, ref } from 'vue'
import { makeCommandId, Problem, sendReporterCommand, type Follow, type ReporterCommand } from '@fengsi/api-client'
import { problemSentence, useWords } from '@fengsi/words'
import type { Mistake } from '@fengsi/parts/ErrorSummary.vue'
import { createPhotos } from '../report/photos'
import { client } from '../site'

/** What a reporter fills in for one step: which words are owed, what went wrong, sending it once. */
export function useReporterForm(command: ReporterCommand, code: () => string, reload: () => Promise<Follow>) {
  const { t, has } = useWords()
  const id = makeCommandId()
  const words = ref('')
  const answer = ref<'satisfied' | 'unhappy'>()
  const photos = createPhotos()
  const attempt = ref(0)
  const sending = ref(false)
  const problem = ref<Problem>()

  const owed = computed<Mistake[]>(() => {
    const empty = words.value.trim() === ''
    if (command === 'rate' && !answer.value) return [{ field: 'answer', text: t('resident.follow.answer_needed') }]
    if (command === 'rate' && answer.value === 'unhappy' && empty) {
      return [{ field: `${command}-words`, text: t('resident.follow.unhappy_needed') }]
    }
    if (command === 'supply' && empty && photos.list.length === 0) {
      return [{ field: `${command}-words`, text: t('resident.follow.supply_needed') }]
    }
    if (command === 'reopen' && empty) return [{ field: `${command}-words`, text: t('resident.follow.words_needed') }]
    return []
  })
  const mistakes = computed<Mistake[]>(() => {
    if (attempt.value === 0) return []
    if (owed.value.length > 0) return owed.value
    if (!problem.value) return []
    return [{ text: problemSentence(problem.value, { t, has }) }]
  })

  async function send(): Promise<Follow | undefined> {
    attempt.value++
    problem.value = undefined
    if (sending.value || owed.value.length > 0) return undefined
    sending.value = true
    try {
      await photos.uploadAll()
      const failed = photos.unsent()[0]?.problem
      if (failed) throw failed
      const body = { id, words: words.value.trim() || undefined, answer: answer.value }
      const ids = photos.ids()
      return await sendReporterCommand(client, code(), command, ids.length > 0 ? { ...body, photos: ids } : body)
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      // An earlier try had arrived after all: what it did is on the page already.
      if (cause.code === 'command_id_reused') return await reload()
      problem.value = cause
      attempt.value++
      return undefined
    } finally {
      sending.value = false
    }
  }

  return { words, answer, photos, attempt, mistakes, sending, send }
}
