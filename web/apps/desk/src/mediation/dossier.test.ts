import { describe, expect, it } from 'vitest'
import { lacking, parted, type DossierForm } from './dossier'

const form = (state: DossierForm['state'], missing = 0): DossierForm => ({
  ...{ form: 'session', name: '人民调解记录', name_en: 'Record of mediation', mandatory: true, documents: 0, state },
  missing: Array.from({ length: missing }, () => ({ lack: 'day', words: '缺少日期' })),
})

describe('a dossier', () => {
  const forms = [form('whole'), form('incomplete', 2), form('missing'), form('missing', 1), form('absent'), form('withheld')]

  it('parts what is bound from what is printed blank', () => {
    const { bound, blank } = parted(forms)
    expect(bound.map(({ state }) => state)).toEqual(['whole', 'incomplete', 'missing', 'missing', 'withheld'])
    expect(blank).toHaveLength(1)
  })

  it('counts what is missing, a missing document at least once', () => {
    expect(lacking(forms)).toBe(4)
  })
})
