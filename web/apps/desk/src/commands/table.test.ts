import { describe, expect, it } from 'vitest'
import shared from '@fengsi/words/zh'
import desk from '@fengsi/words/zh.desk'
import type { Session } from '../mediation/mediated'
import { commandFrom, faultsOf } from './body'
import { commandRow, commandTable, firstOffice } from './table'

interface Tree {
  [key: string]: string | Tree
}
const words: Tree = { ...shared, ...desk }
const isSaid = (key: string): boolean =>
  typeof key
    .split('.')
    .reduce<string | Tree | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), words) ===
  'string'

describe('every command of the table', () => {
  it.each(commandTable.map((row) => [row.type, row] as const))('%s has its words', (type, row) => {
    const optionKey = (field: (typeof row.fields)[number], option: string): string => {
      if (field.name === 'urgency') return `urgency.${option}`
      return `desk.option.${field.name === 'level' ? 'level' : (field.label ?? field.name)}_${option}`
    }
    const keys = [
      `command.${type}`,
      `desk.does.${type}`,
      `desk.send.${type}`,
      ...row.fields.map((field) => `desk.field.${field.label ?? field.name}`),
      ...row.fields.flatMap((field) => (field.options ?? []).map((option) => optionKey(field, option))),
    ]
    expect(keys.filter((key) => !isSaid(key))).toEqual([])
  })

  it('has a key of its own', () => {
    const keys = commandTable.flatMap((row) => row.key ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('a command', () => {
  it('sends what is filled in and nothing else', () => {
    const dispatch = commandRow('dispatch')!
    expect(commandFrom(dispatch, { unit: 'u1', co_units: [], words: '  ' })).toEqual({ type: 'dispatch', unit: 'u1' })
  })

  it('sends yes and no as the server wants them', () => {
    expect(commandFrom(commandRow('decide_extension')!, { approve: 'no', reason: '不行' })).toEqual({
      type: 'decide_extension',
      approve: false,
      reason: '不行',
    })
  })

  it('sends class and category apart', () => {
    const values = { category: { class: 'hazard', category: '21' }, urgency: 'normal', reason: '是隐患' }
    expect(commandFrom(commandRow('reclassify')!, values)).toEqual({
      type: 'reclassify',
      class: 'hazard',
      category: '21',
      urgency: 'normal',
      reason: '是隐患',
    })
  })

  it('owes photos of the place for hazards alone', () => {
    const complete = commandRow('complete')!
    const values = { result: 'done', words: '修好了' }
    expect(faultsOf(complete, values, 'hazard')).toEqual([{ field: 'photos', code: 'missing' }])
    expect(faultsOf(complete, values, 'enquiry')).toEqual([])
  })

  it('asks for words when the reporter is unhappy', () => {
    const call = commandRow('call_back')!
    expect(faultsOf(call, { answer: 'unhappy' }, 'service')).toEqual([{ field: 'words', code: 'missing' }])
    expect(faultsOf(call, { answer: 'no_answer' }, 'service')).toEqual([])
  })
})

describe('a command of a mediation', () => {
  const party = (no: number) => ({ no, side: 'applicant' as const, organisation: false, asked_other: 0, code_known: false, times: [] })
  const mediation = { step: 'talks' as const, colleagues: [], parties: [party(1)], questions: [], said: [], hand_overs: [], dossier: true }
  const coming: Session = {
    ...{ no: 2, form: 'apart', open: false, parties: [1], participants: [], present: [], state: 'set', venue: 'committee' },
    ...{ starts_at: '2024-01-03T01:00:00Z', ends_at: '2024-01-03T02:00:00Z' },
  }
  const set = { mediation: { ...mediation, sessions: [coming] } }

  it('says what is asked of the parties in one piece', () => {
    const values = { kind: 'extension', days: 10, name: '甲某' }
    expect(commandFrom(commandRow('ask_parties')!, values)).toEqual({
      type: 'ask_parties',
      about: { kind: 'extension', days: 10 },
    })
  })

  it('asks for form and place of a session only when it was not set', () => {
    const hold = commandRow('hold_session')!
    const values = { session: 2, form: 'apart', venue: 'place', minutes: 30, present: [1], words: '谈了' }
    const told = { type: 'hold_session', minutes: 30, present: [1], words: '谈了' }
    expect(commandFrom(hold, values, set)).toEqual({ ...told, session: 2 })
    expect(commandFrom(hold, { ...values, session: undefined, with: 1 }, set)).toEqual({
      ...{ ...told, form: 'apart', venue: 'place', with: 1 },
    })
  })

  it('sends of clauses and parties what is filled in, and misses what is not', () => {
    const propose = commandRow('propose_agreement')!
    const clause = { by: 1, words: '拆墙', due_on: '2024-01-20', fen: undefined }
    expect(commandFrom(propose, { facts: '越界', clauses: [clause] }).clauses).toEqual([
      { by: 1, words: '拆墙', due_on: '2024-01-20' },
    ])
    const faults = faultsOf(propose, { facts: '越界', clauses: [clause, { words: '补偿' }] }, 'dispute')
    expect(faults).toEqual([{ field: 'clauses', code: 'clause_incomplete' }])
    const nameless = [{ side: 'applicant' as const, name: ' ' }]
    expect(faultsOf(commandRow('accept_mediation')!, { origin: 'court', parties: nameless }, 'dispute')).toEqual([
      { field: 'parties', code: 'party_incomplete' },
    ])
  })
})

describe('what the office would do next', () => {
  it('is the first deciding command that is allowed', () => {
    expect(firstOffice(['note', 'merge', 'dispatch'])?.type).toBe('dispatch')
    expect(firstOffice(['note', 'link'])).toBeUndefined()
    expect(firstOffice(['answer_safety', 'seal_agreement'], 'signing')?.type).toBe('seal_agreement')
  })
})
