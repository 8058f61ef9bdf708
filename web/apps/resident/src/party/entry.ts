import { keptForThisTab } from '../kept'

const KEY = 'fengsi.party'

/** What opens a party's page. The digits stay in this tab and go with it; they never stand in an address. */
export interface Entry {
  code: string
  digits: string
  /** The code that stands in this tab's address, once it has been replaced by another. */
  opened?: string
}

export function rememberedEntry(): Entry | undefined {
  try {
    const found = JSON.parse(keptForThisTab.read(KEY) ?? 'null') as Partial<Entry> | null
    return found?.code && found.digits ? { code: found.code, digits: found.digits, opened: found.opened } : undefined
  } catch {
    return undefined
  }
}

export const rememberEntry = (entry: Entry): void => keptForThisTab.write(KEY, JSON.stringify(entry))
export const forgetEntry = (): void => keptForThisTab.forget(KEY)
