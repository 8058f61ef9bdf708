// A form that was begun stays on this phone until it is saved or given up. Drafts are an account's own; signing out takes them away.
import { reactive, watch } from 'vue'
import { createDraftPhotos } from '@fengsi/photos'
import { kept } from './kept'
import { session } from './site'

const prefix = (account: string): string => `fengsi.field.draft.${account}.`

export const draftKey = (name: string): string => prefix(session.me.value?.account.id ?? '') + name

/** Whether a form was begun and left. */
export const isBegun = (name: string): boolean => kept.read(draftKey(name)) !== undefined
export const draftsOf = (account: string): string[] => kept.keys(prefix(account))

export function forgetDrafts(account: string): void {
  for (const key of draftsOf(account)) {
    kept.forget(key)
    indexedDB.deleteDatabase(key)
  }
}

function restored<T>(key: string): T | undefined {
  try {
    return (JSON.parse(kept.read(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

/** A form's values: as they were left, or as given. Each change is on the phone before the next key is pressed. */
export function useDraft<T extends object>(name: string, given: T) {
  const key = draftKey(name)
  const draft = reactive({ ...given, ...restored<T>(key) }) as T
  const keep = (): void => kept.write(key, JSON.stringify(draft))
  const stop = watch(draft, keep, { flush: 'sync' })
  function forget(): void {
    stop()
    kept.forget(key)
  }
  return { draft, keep, forget, draftPhotos: createDraftPhotos(key) }
}
