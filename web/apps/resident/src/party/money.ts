import type { Locale } from '@fengsi/words'

/** Yuan from fen, with its two places only where they are not nought. */
export function yuan(fen: number, locale: Locale): string {
  const places = fen % 100 === 0 ? 0 : 2
  return (fen / 100).toLocaleString(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  })
}
