// A mediation as the server tells it, by the names that these pages use.
import type { Detail, Row } from '@fengsi/api-client'

export type Mediation = NonNullable<Detail['mediation']>
export type Party = Mediation['parties'][number]
export type Session = Mediation['sessions'][number]
export type MediationRow = Row & { mediating: NonNullable<Row['mediating']> }

/** Of a committee's mediations those that an account mediates, the next session first, then what has none by its due day. */
export function mediatedBy(account: string, rows: readonly Row[]): MediationRow[] {
  const mine = rows.filter((row): row is MediationRow => row.mediating?.mediator === account)
  const begins = (row: MediationRow): string => row.mediating.next?.starts_at ?? `~${row.now.due_at ?? '~'}`
  return mine.sort((one, other) => (begins(one) < begins(other) ? -1 : 1))
}

/** Sessions that were set and wait to be held or recorded, in order. */
export const setSessions = (mediation: Mediation): Session[] => mediation.sessions.filter(({ state }) => state === 'set')

/** Others who may be there: each party said yes to them. */
export const joiners = (mediation: Mediation) =>
  mediation.questions.filter(({ kind, holds }) => kind === 'participant' && holds)
