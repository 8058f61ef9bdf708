import type { PartyPage } from '@fengsi/api-client'
import { dayAndTime, nameIn, unitName, wholeDay, type Locale, type Translate } from '@fengsi/words'
import { yuan } from './money'

interface Telling {
  t: Translate
  locale: Locale
  nameOf: (no: number) => string
  /** Whether it holds, and since when. */
  standing: string
}

/** A party's own copy of the agreement, to be kept where it likes. */
export function agreementText(page: PartyPage, { t, locale, nameOf, standing }: Telling): string {
  const { agreement, parties } = page.mediation
  if (!agreement) return ''
  const named = (no: number): string => parties.find((one) => one.no === no)?.name ?? nameOf(no)
  const clauses = agreement.clauses.map(({ no, by, words, due_on, fen }) => {
    const told = { who: named(by), date: wholeDay(due_on, locale) }
    const line =
      fen === undefined || fen === null
        ? t('resident.party.clause.line', told)
        : t('resident.party.clause.line_money', { ...told, yuan: yuan(fen, locale) })
    return `${no}. ${words}\n   ${line}`
  })
  const signed = agreement.signatures.map(({ party, way, at }) =>
    t(`resident.party.agreement.signed_${way}`, { name: named(party), date: dayAndTime(at, locale) }),
  )
  if (agreement.sealed) signed.push(t('resident.party.agreement.sealed'))
  const lines = [
    t('resident.party.agreement.title'),
    t('resident.party.number', { number: page.number }),
    unitName(page.unit, locale) ?? '',
    page.category ? nameIn(page.category, locale) : '',
    t('resident.party.agreement.parties', { names: parties.map(({ no }) => named(no)).join(t('app.list')) }),
    standing,
    '',
    t('resident.party.agreement.facts'),
    agreement.facts,
    '',
    t('resident.party.agreement.clauses'),
    ...clauses,
    '',
    ...signed,
  ]
  return `${lines.filter((line, at) => line !== '' || lines[at - 1] !== '').join('\n')}\n`
}
