import { shallowRef } from 'vue'
import type { Receipt } from '@fengsi/api-client'
import { keptForThisTab } from '../kept'

const KEY = 'fengsi.receipt'

function read(): Receipt | undefined {
  try {
    return JSON.parse(keptForThisTab.read(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Kept in this tab only: a code left on a phone that several people use would open the matter to all of them. */
export const lastReceipt = shallowRef<Receipt | undefined>(read())

export function keepReceipt(receipt: Receipt): void {
  lastReceipt.value = receipt
  keptForThisTab.write(KEY, JSON.stringify(receipt))
}

export function forgetReceipt(): void {
  lastReceipt.value = undefined
  keptForThisTab.forget(KEY)
}
