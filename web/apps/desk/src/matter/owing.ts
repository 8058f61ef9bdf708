import type { Now } from '@fengsi/api-client'
import {
  dueMoment,
  duePhrase,
  relativeDays,
  shortDay,
  clockTime,
  siteNow,
  unitName,
  type Locale,
  type Translate,
} from '@fengsi/words'

type Told = Pick<
  Now,
  'stage' | 'outcome' | 'owed_by' | 'due_at' | 'days_left' | 'provisional' | 'light' | 'paused_because'
>

export function whoOwes(now: Told, t: Translate, locale: Locale): string {
  if (now.owed_by.kind === 'reporter') return t('desk.owes.reporter')
  if (now.owed_by.kind === 'nobody') return now.outcome ? t(`outcome.${now.outcome}`) : t('stage.closed')
  return unitName(now.owed_by.unit, locale) ?? (now.owed_by.role ? t(`role.${now.owed_by.role}`) : t('now.centre'))
}

/** What is owed by when, in words that follow the name of who owes it. */
export const whatIsOwed = (now: Told, t: Translate, locale: Locale): string =>
  now.due_at ? t(`desk.owes.${now.stage}_by`, { due: dueMoment(now.due_at, locale) }) : t(`desk.owes.${now.stage}`)

/** ● 正常，还有 4 个工作日 */
export function lightWords(now: Told, t: Translate): string | undefined {
  if (!now.light) return undefined
  if (now.light === 'grey' || typeof now.days_left !== 'number') return t(`light.${now.light}`)
  const said = t(`light.${now.light}`) + t('app.comma') + relativeDays(now.days_left, t)
  return now.provisional ? said + t('app.comma') + t('date.provisional') : said
}

/** The narrow column of a list: 超 2 日, 今天 17:30, 1月9日. */
export function dueColumn(now: Told, t: Translate, locale: Locale): string | undefined {
  if (now.light === 'grey') return now.owed_by.kind === 'reporter' ? t('desk.due.waits') : t('light.grey')
  if (!now.due_at) return undefined
  const over = siteNow().getTime() - new Date(now.due_at).getTime()
  if (over > 0) return overdue(over, t)
  if (shortDay(now.due_at, locale) === shortDay(siteNow(), locale)) {
    const time = clockTime(now.due_at)
    return time === '23:59' ? t('desk.due.today_whole') : t('desk.due.today', { time })
  }
  return shortDay(now.due_at, locale)
}

const HOUR_MS = 3_600_000
const overdue = (overMs: number, t: Translate): string =>
  overMs < 48 * HOUR_MS
    ? t('desk.due.over_hours', { n: Math.max(1, Math.floor(overMs / HOUR_MS)) })
    : t('desk.due.over_days', { n: Math.floor(overMs / (24 * HOUR_MS)) })

export const dueWhole = (now: Told, t: Translate, locale: Locale): string => duePhrase(now, t, locale)

/** 10:31, 昨天 16:20, 1月2日: when something came, as short as a list wants it. */
export function came(at: string, t: Translate, locale: Locale): string {
  const day = shortDay(at, locale)
  if (day === shortDay(siteNow(), locale)) return clockTime(at)
  const yesterday = new Date(siteNow().getTime() - 24 * HOUR_MS)
  return day === shortDay(yesterday, locale) ? `${t('date.yesterday')} ${clockTime(at)}` : day
}
