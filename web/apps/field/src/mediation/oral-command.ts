// An agreement by word of mouth as it is written on the phone, and the command it becomes.
import type { Command } from '@fengsi/api-client'

export interface ClauseDraft {
  by: number
  words: string
  due: string
  /** As people write it, in yuan. */
  money: string
}
export interface OralDraft {
  facts: string
  clauses: ClauseDraft[]
}

export const freshClause = (): ClauseDraft => ({ by: 0, words: '', due: '', money: '' })
export const freshOral = (): OralDraft => ({ facts: '', clauses: [freshClause()] })

const YUAN = /^(\d{1,10})(?:\.(\d{1,2}))?$/

/** Whole fen; nothing where nothing is written, NaN where it is no amount. */
export function fenOf(money: string): number | undefined {
  const written = money.replaceAll(',', '').trim()
  if (written === '') return undefined
  const found = YUAN.exec(written)
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : Number.NaN
}

const yuanOf = (fen: number): string => (fen / 100).toFixed(fen % 100 === 0 ? 0 : 2)

export type ClauseFault = 'by' | 'words' | 'due' | 'past' | 'money'

export function clauseFaults({ by, words, due, money }: ClauseDraft, today: string): ClauseFault[] {
  return [
    ...(by ? [] : (['by'] as const)),
    ...(words.trim() ? [] : (['words'] as const)),
    ...(due ? (due < today ? (['past'] as const) : []) : (['due'] as const)),
    ...(Number.isNaN(fenOf(money)) ? (['money'] as const) : []),
  ]
}

export function oralCommand({ facts, clauses }: OralDraft): Command {
  const given = clauses.map(({ by, words, due, money }) => {
    const fen = fenOf(money)
    return { by, words: words.trim(), due_on: due, ...(fen ? { fen } : {}) }
  })
  return { type: 'agree_orally', facts: facts.trim(), clauses: given }
}

/** One that was refused, as it was written. */
export function oralBefore(command: Command): OralDraft {
  const { facts, clauses } = command as unknown as { facts: string; clauses: { by: number; words: string; due_on: string; fen?: number }[] }
  return { facts, clauses: clauses.map(({ by, words, due_on, fen }) => ({ by, words, due: due_on, money: fen ? yuanOf(fen) : '' })) }
}
