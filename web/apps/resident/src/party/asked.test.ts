import { describe, expect, it } from 'vitest'
import type { PartyPage } from '@fengsi/api-client'
import { askedOf, isNothing, type Asked } from './asked'

const NOW = new Date('2024-01-02T01:00:00Z')

function page(can: string[], mediation: object = {}, stage = 'mediating'): PartyPage {
  const parties = [{ no: 1, side: 'applicant', safety_answered: false, times: [], asked_other: 0 }]
  const empty = { step: 'consent', parties, questions: [], sessions: [], said: [], hand_overs: [] }
  return { me: 1, stage, can, cannot: [], mediation: { ...empty, ...mediation } } as unknown as PartyPage
}
const question = { no: 1, kind: 'open_sessions', yes: [], declined: false, holds: false }

const kinds = (asked: Asked) => asked.asks.map(({ kind }) => kind)

describe('what is asked', () => {
  it('is the consent and the question about safety at first', () => {
    const asked = askedOf(page(['consent', 'answer_safety', 'refuse']), NOW)
    expect([kinds(asked), isNothing(asked)]).toEqual([['consent', 'safety'], false])
    expect(isNothing(askedOf(page(['refuse']), NOW))).toBe(true)
  })

  it('is a new code before everything else, once a mediator has gone', () => {
    const gone = (can: string[], stage?: string) => {
      const parties = [{ no: 1, side: 'applicant', safety_answered: true, times: [], code_known: true }]
      return kinds(askedOf(page(can, { parties }, stage), NOW))
    }
    expect(gone(['consent', 'replace_party_code'])).toEqual(['code', 'consent'])
    expect(gone(['replace_party_code'], 'closed')).toEqual([])
    expect(gone([])).toEqual([])
  })

  it('is a question until it is answered', () => {
    const asks = (one: object) => kinds(askedOf(page(['answer_question'], { questions: [one] }), NOW))
    expect(asks(question)).toEqual(['question'])
    expect(asks({ ...question, yes: [1] })).toEqual([])
    expect(asks({ ...question, declined: true })).toEqual([])
  })

  it('is the confirmation until its last day', () => {
    const asks = (until: string) => {
      const mediation = { questions: [{ ...question, kind: 'confirmation' }], confirmation: { state: 'open', until } }
      return kinds(askedOf(page(['answer_question'], mediation, 'closed'), NOW))
    }
    expect(asks('2024-01-03T00:00:00Z')).toEqual(['question'])
    expect(asks('2024-01-01T00:00:00Z')).toEqual([])
  })

  it('tells what others owe from what it owes itself', () => {
    const clauses = [{ no: 1, by: 1 }, { no: 2, by: 2 }, { no: 3, by: 2, result: 'performed' }]
    const asked = askedOf(page(['record_performance'], { agreement: { clauses, signatures: [] } }, 'closed'), NOW)
    expect([asked.own, asked.asks]).toEqual([[1], [{ kind: 'clauses', clauses: [2] }]])
  })

  it('is the next session, not one that is over, and none while another body has it', () => {
    const session = (no: number, day: string) => ({ no, state: 'set', starts_at: `${day}T02:00:00Z`, ends_at: `${day}T03:00:00Z` })
    const sessions = [session(1, '2024-01-01'), session(2, '2024-01-05')]
    expect(askedOf(page([], { sessions }), NOW).session?.no).toBe(2)
    expect(askedOf(page([], { sessions }, 'closed'), NOW).session).toBeUndefined()
    expect(askedOf(page([], { sessions, step: 'handed_over' }), NOW).session).toBeUndefined()
  })
})
