import type { MonthLine } from '@fengsi/api-client'

/** The counted columns in the order of the form. */
export const COLUMNS = [
  ...['cases', 'parties', 'agreements', 'failures', 'refused', 'oral', 'written'],
  ...['yuan', 'due', 'performed', 'confirmed'],
] as Column[]
export type Column = Exclude<keyof MonthLine, 'code' | 'name' | 'name_en' | 'fen'> | 'yuan'

/** Whole yuan where it comes out even. */
export function valueIn(line: MonthLine, column: Column): string {
  if (column !== 'yuan') return line[column].toLocaleString('en-GB')
  const digits = line.fen % 100 === 0 ? 0 : 2
  return (line.fen / 100).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
