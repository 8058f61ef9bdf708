import type { SimilarRow } from '@fengsi/api-client'
import type { Translate } from '@fengsi/words'

/** Why the system thinks of this one: how near, which words, how long ago, how it stands. */
export function similarReason(t: Translate, row: SimilarRow): string {
  const reasons = [t(`stage.${row.stage}`)]
  if (typeof row.distance_m === 'number') reasons.push(distance(t, row.distance_m))
  if (row.common.length)
    reasons.push(
      t('desk.similar.common', { words: row.common.map((word) => t('desk.similar.word', { word })).join('') }),
    )
  reasons.push(row.days_apart === 0 ? t('desk.similar.same_day') : t('desk.similar.days_apart', { n: row.days_apart }))
  return reasons.join(t('app.middot'))
}

const distance = (t: Translate, metres: number): string =>
  metres >= 1000
    ? t('desk.similar.kilometres', { n: (metres / 1000).toFixed(1) })
    : t('desk.similar.metres', { n: Math.round(metres / 10) * 10 })
