// Months as the table knows them: 2024-01, on the site's clock.
import { siteToday } from '@fengsi/words'

const MONTHS_BACK = 24
const two = (value: number): string => String(value).padStart(2, '0')

/** The month some months later, or earlier. */
export function monthAfter(month: string, months = 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const count = year * 12 + number - 1 + months
  return `${Math.floor(count / 12)}-${two((count % 12) + 1)}`
}

export const thisMonth = (): string => siteToday().slice(0, 7)
/** The last whole month is the one that offices hand up. */
export const usualMonth = (): string => monthAfter(thisMonth(), -1)

/** Newest first, with the asked one among them. */
export function monthsToChoose(asked: string): string[] {
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => monthAfter(thisMonth(), -back))
  return months.includes(asked) ? months : [...months, asked].sort().reverse()
}
