import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { Problem } from '@fengsi/api-client'

/** One thing a page reads: its value, what went wrong, and whether it is on its way. */
export function useLoaded<T>(read: () => Promise<T>) {
  const value = shallowRef<T>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  let latest = 0

  async function load(): Promise<void> {
    const mine = ++latest
    loading.value = true
    try {
      const found = await read()
      if (mine !== latest) return
      value.value = found
      problem.value = undefined
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      if (mine === latest) problem.value = cause
    } finally {
      if (mine === latest) loading.value = false
    }
  }

  onBeforeUnmount(() => latest++)
  void load()
  return { value, problem, loading, load }
}
