import { siteNow } from '@fengsi/words'

export interface Period {
  from: string
  to: string
}
export type PeriodName = 'this_month' | 'last_month' | 'this_year' | 'last_year'

const two = (value: number): string => String(value).padStart(2, '0')
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const month = (year: number, number: number): Period => ({
  from: `${year}-${two(number)}-01`,
  to: `${year}-${two(number)}-${two(lastDay(year, number))}`,
})

export function namedPeriod(name: PeriodName, now: Date = siteNow()): Period {
  const year = now.getFullYear()
  const number = now.getMonth() + 1
  if (name === 'this_month') return month(year, number)
  if (name === 'last_month') return number === 1 ? month(year - 1, 12) : month(year, number - 1)
  const shown = name === 'this_year' ? year : year - 1
  return { from: `${shown}-01-01`, to: `${shown}-12-31` }
}

export const PERIODS: PeriodName[] = ['this_month', 'last_month', 'this_year', 'last_year']

/** In January this year has hardly begun, so last year is shown first. */
export const usualPeriod = (now: Date = siteNow()): Period =>
  namedPeriod(now.getMonth() === 0 ? 'last_year' : 'this_year', now)

/** The days of a period as moments, for a date helper that tells them in the site's zone. */
export const noonOf = (day: string): string => `${day}T04:00:00Z`
