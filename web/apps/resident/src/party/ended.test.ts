import { describe, expect, it } from 'vitest'
import type { PartyPage } from '@fengsi/api-client'
import { endOf } from './ended'

const page = (mediation: object, rest: object = {}): PartyPage =>
  ({ stage: 'closed', mediation: { hand_overs: [], ...mediation }, ...rest }) as unknown as PartyPage
const agreed = (...results: (string | undefined)[]) =>
  page({ result: 'agreement', agreement: { clauses: results.map((result, at) => ({ no: at + 1, result })) } })

describe('the end', () => {
  it('is none while it is under way', () => {
    expect(endOf(page({}, { stage: 'mediating' }))).toBeUndefined()
  })

  it('is what became of the clauses once there is an agreement', () => {
    expect(endOf(agreed('performed', undefined))).toBe('agreement')
    expect(endOf(agreed('performed', 'performed'))).toBe('done')
    expect(endOf(agreed('not_performed', undefined))).toBe('broken')
  })

  it('tells what no committee may take, and what another body settled, from a failure', () => {
    expect(endOf(page({}, { closing: { bar: 'at_court', roads: [] } }))).toBe('declined')
    expect(endOf(page({ result: 'failed', hand_overs: [{ state: 'settled' }] }))).toBe('elsewhere')
    expect(endOf(page({ result: 'failed', hand_overs: [{ state: 'returned' }] }))).toBe('failed')
    expect(endOf(page({ result: 'refused' }))).toBe('refused')
    expect(endOf(page({}))).toBe('other')
  })
})
