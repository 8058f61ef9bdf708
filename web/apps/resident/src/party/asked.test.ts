import { describe, expect, it } from 'vitest'
import type { PartyPage } from '@fengsi/api-client'
import { askedOf, isNothing } from './asked'

const NOW = new Date('2024-01-02T01:00:00Z')

function page(can: string[], mediation: object = {}, stage = 'mediating'): PartyPage {
  const parties = [{ no: 1, side: 'applicant', safety_answered: false, times: [], asked_other: 0 }]
  const empty = { step: 'consent', parties, questions: [], sessions: [], said: [], hand_overs: [] }
  return { me: 1, stage, can, cannot: [], mediation: { ...empty, ...mediation } } as unknown as PartyPage
}
const question = { no: 1, kind: 'open_sessions', yes: [], declined: false, holds: false }

describe('what is asked', () => {
  it('is the consent and the question about safety at first', () => {
    const asked = askedOf(page(['consent', 'answer_safety', 'refuse']), NOW)
    expect([asked.consent, asked.safety, isNothing(asked)]).toEqual([true, true, false])
    expect(isNothing(askedOf(page(['refuse']), NOW))).toBe(true)
  })

  it('is a question until it is answered', () => {
    const numbers = (one: object) => askedOf(page(['answer_question'], { questions: [one] }), NOW).questions.length
    expect(numbers(question)).toBe(1)
    expect(numbers({ ...question, yes: [1] })).toBe(0)
    expect(numbers({ ...question, declined: true })).toBe(0)
  })

  it('is the confirmation until its last day', () => {
    const asks = (until: string) => {
      const mediation = { questions: [{ ...question, kind: 'confirmation' }], confirmation: { state: 'open', until } }
      return askedOf(page(['answer_question'], mediation, 'closed'), NOW).questions.length
    }
    expect(asks('2024-01-03T00:00:00Z')).toBe(1)
    expect(asks('2024-01-01T00:00:00Z')).toBe(0)
  })

  it('tells what others owe from what it owes itself', () => {
    const clauses = [{ no: 1, by: 1 }, { no: 2, by: 2 }, { no: 3, by: 2, result: 'performed' }]
    const asked = askedOf(page(['record_performance'], { agreement: { clauses, signatures: [] } }, 'closed'), NOW)
    expect([asked.own, asked.clauses]).toEqual([[1], [2]])
  })

  it('is the next session, not one that is over', () => {
    const session = (no: number, day: string) => ({ no, state: 'set', starts_at: `${day}T02:00:00Z`, ends_at: `${day}T03:00:00Z` })
    const sessions = [session(1, '2024-01-01'), session(2, '2024-01-05')]
    expect(askedOf(page([], { sessions }), NOW).session?.no).toBe(2)
    expect(askedOf(page([], { sessions }, 'closed'), NOW).session).toBeUndefined()
  })
})
