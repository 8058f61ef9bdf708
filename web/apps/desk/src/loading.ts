import { Problem, unreachable } from '@fengsi/api-client'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

export interface Loading<T> {
  data: ShallowRef<T | undefined>
  problem: ShallowRef<Problem | undefined>
  loading: Ref<boolean>
  /** `quiet` keeps what is shown until the new answer is there. */
  reload: (quiet?: boolean) => Promise<void>
}

/** Asks again whenever what it depends on changes; an answer that comes too late is thrown away. */
export function useLoading<T>(ask: (signal: AbortSignal) => Promise<T>, dependsOn?: () => unknown): Loading<T> {
  const data = shallowRef<T>()
  const problem = shallowRef<Problem>()
  const loading = ref(true)
  let asking: AbortController | undefined

  async function reload(quiet = false): Promise<void> {
    asking?.abort()
    const mine = new AbortController()
    asking = mine
    if (!quiet) loading.value = true
    try {
      const answer = await ask(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = undefined
    } catch (cause) {
      if (mine.signal.aborted) return
      const failure = cause instanceof Problem ? cause : unreachable()
      // What may no longer be read is not left standing as if it could.
      const lost = failure.status === 403 || failure.status === 404
      if (lost) data.value = undefined
      if (lost || !quiet || !data.value) problem.value = failure
    } finally {
      if (asking === mine) loading.value = false
    }
  }

  if (dependsOn) {
    watch(dependsOn, (now, before) => JSON.stringify(now) === JSON.stringify(before) || void reload(), { deep: true })
  }
  onScopeDispose(() => asking?.abort())
  void reload()
  return { data, problem, loading, reload }
}
