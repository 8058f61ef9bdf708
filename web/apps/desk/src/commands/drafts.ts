import type { FormValues } from './body'

// Only in memory: what was typed about a person does not stay on an office computer after sign-out.
const drafts = new Map<string, FormValues>()
const keyOf = (matterId: string, type: string): string => `${matterId}/${type}`

export const draftOf = (matterId: string, type: string): FormValues | undefined => drafts.get(keyOf(matterId, type))
export const keepDraft = (matterId: string, type: string, values: FormValues): void =>
  void drafts.set(keyOf(matterId, type), { ...values })
export const dropDraft = (matterId: string, type: string): void => void drafts.delete(keyOf(matterId, type))
export const dropAllDrafts = (): void => drafts.clear()
