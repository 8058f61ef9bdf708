import type { PartyPage } from '@fengsi/api-client'

export const ENDS = ['agreement', 'done', 'broken', 'declined', 'elsewhere', 'refused', 'stopped', 'failed', 'other'] as const
export type End = (typeof ENDS)[number]

/** How a mediation ended, as its party is told; nothing while it is under way. */
export function endOf({ stage, mediation, closing }: PartyPage): End | undefined {
  if (stage === 'mediating') return undefined
  const { result, agreement, hand_overs } = mediation
  if (closing?.bar && !result) return 'declined'
  if (hand_overs.some(({ state }) => state === 'settled')) return 'elsewhere'
  if (result !== 'agreement') return result ?? 'other'
  const clauses = agreement?.clauses ?? []
  if (clauses.some(({ result }) => result === 'not_performed')) return 'broken'
  return clauses.every(({ result }) => result === 'performed') ? 'done' : 'agreement'
}
