// From any place of the section a command opens in the column of commands, with what was pressed chosen already.
import type { MatterPage } from '@fengsi/api-client'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type { FormValues } from '../commands/body'

export interface Beginning {
  page: ComputedRef<MatterPage | undefined>
  /** The party whose access code has just been replaced: its slip is shown. */
  replaced: Ref<number | undefined>
  begin: (type: string, target?: FormValues) => void
}
export const beginning: InjectionKey<Beginning> = Symbol('beginning')
