import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { Problem } from '@fengsi/api-client'
import { online, session } from '../site'
import { forgetRead, keepRead, keptRead } from './kept-reads'

/**
 * Something a page reads. What this phone kept is shown at once, then the server's answer takes its place; without
 * network the kept one stays, with the time it is from. `toKeep` says what of it stays on the phone at all.
 */
export function useRead<T>(key: () => string, read: () => Promise<T>, toKeep: (found: T) => T = (found) => found) {
  const value = shallowRef<T>()
  const keptAt = ref<number>()
  const problem = shallowRef<Problem>()
  const loading = ref(true)
  let latest = 0

  const account = () => session.me.value?.account.id ?? ''

  async function ask(mine: number): Promise<void> {
    try {
      const found = await read()
      if (mine !== latest) return
      value.value = found
      keptAt.value = undefined
      problem.value = undefined
      await keepRead(account(), key(), toKeep(found))
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      if (mine !== latest) return
      problem.value = cause
      if (cause.status === 401) session.ended()
      // What is out of a worker's scope leaves the phone.
      if (cause.status === 403 || cause.status === 404) {
        value.value = undefined
        await forgetRead(account(), key())
      }
    }
  }

  async function load(): Promise<void> {
    const mine = ++latest
    loading.value = true
    const kept = await keptRead(account(), key())
    if (mine === latest && kept) {
      value.value ??= kept.value as T
      keptAt.value = kept.at
    }
    await ask(mine)
    if (mine === latest) loading.value = false
  }

  watch(key, () => {
    value.value = undefined
    keptAt.value = undefined
    void load()
  })
  watch(online, (now) => now && void load())
  onBeforeUnmount(() => latest++)
  void load()
  return { value, keptAt, problem, loading, load }
}
