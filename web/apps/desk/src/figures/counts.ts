import { percent, useWords, wholeNumber } from '@fengsi/words'

/** A count of the figures; null where it is hidden: fewer than five, or hidden so that another cannot be worked out. */
export type Count = number | null

/** How counts are written here: a hidden one says so, and what needs a hidden one stays open. */
export function useCounts() {
  const { t, locale } = useWords()
  return {
    n: (value: Count): string => (value === null ? t('desk.figures.hidden') : wholeNumber(value, locale.value)),
    rate: (part: Count, whole: Count): string => (part === null || whole === null ? '–' : percent(part, whole)),
  }
}

export const plus = (one: Count, other: Count): Count => (one === null || other === null ? null : one + other)
export const minus = (one: Count, other: Count): Count => (one === null || other === null ? null : one - other)

/** Whether anything in an answer is hidden. */
export const hidesAny = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some(hidesAny))
