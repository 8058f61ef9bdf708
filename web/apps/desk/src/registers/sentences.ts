import type { Finding, SuggestedMediator } from '@fengsi/api-client'
import { longDay, nameIn, wholeDay, type Locale, type Translate } from '@fengsi/words'
import { catalogue } from '../catalogue'
import { noonOf } from '../figures/period'

/** What is to be mended, with the article that asks for it. */
export function findingSentence(finding: Finding, t: Translate, locale: Locale): string {
  const values: Record<string, unknown> = { ...finding }
  if ('members' in finding) values.n = finding.members
  if ('days' in finding) values.n = finding.days
  if ('on' in finding) values.on = longDay(noonOf(finding.on), locale)
  const code = finding.code === 'term_ends' && finding.days === 0 ? 'term_ends_today' : finding.code
  const law = finding.article ? t('registers.article', { n: finding.article }) : ''
  const said = t(`registers.finding.${code}`, values)
  return law ? `${said}${locale === 'zh' ? `（${law}）` : ` (${law})`}` : said
}

/** An end that is over weighs more than one to come; a composition that the law does not allow weighs as much. */
export const findingLight = (finding: Finding): 'red' | 'yellow' => (finding.code === 'term_ends' ? 'yellow' : 'red')

export const termSpan = (term: { from: string; until: string }, t: Translate, locale: Locale): string =>
  t('registers.term_span', { from: wholeDay(term.from, locale), until: wholeDay(term.until, locale) })

function disputeName(code: string, locale: Locale): string {
  const kinds = catalogue.value?.classes.find((one) => one.class === 'dispute')?.categories ?? []
  const found = kinds.flatMap((kind) => [kind, ...(kind.children ?? [])]).find((kind) => kind.code === code)
  return found ? nameIn(found, locale) : code
}

/** Why somebody is suggested, the strongest reason first. */
export const suggestionReason = (one: SuggestedMediator, t: Translate, locale: Locale): string =>
  one.reasons
    .map((reason) => {
      if (reason.code === 'near') return t(`registers.suggestion.near.${reason.level}`)
      if (reason.code === 'committee')
        return t('registers.suggestion.committee', {
          kind: t(`registers.committee_kind.${reason.kind}`),
          category: disputeName(reason.category, locale),
        })
      return t(`registers.suggestion.${reason.code}`, { ...reason })
    })
    .join(t('app.comma'))
