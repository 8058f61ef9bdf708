import type { Now } from '@fengsi/api-client'
import type { Locale, Translate } from './index'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const site = { zone: 'Asia/Shanghai', aheadMs: 0 }

/** The site has a clock and a zone of its own (the demo's year is past): dates are told by it, not by the phone. */
export function setSiteClock(zone: string, now: string): void {
  site.zone = zone
  site.aheadMs = new Date(now).getTime() - Date.now()
}

export const siteZone = (): string => site.zone

/** How far the site's clock is ahead of this phone's, to be kept for a start without network. */
export const siteAheadMs = (): number => site.aheadMs
/** A moment that the phone noted by its own clock, told by the site's. */
export const phoneMoment = (at: number): Date => new Date(at + site.aheadMs)

export const siteNow = (): Date => new Date(Date.now() + site.aheadMs)

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  weekday: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(): Intl.DateTimeFormat {
  let found = formatters.get(site.zone)
  if (!found) {
    const numeric = 'numeric' as const
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: site.zone,
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      hourCycle: 'h23',
    })
    formatters.set(site.zone, found)
  }
  return found
}

function parts(at: Date): Parts {
  const found: Record<string, number> = {}
  for (const part of formatter().formatToParts(at)) found[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
}

const WEEKDAYS: Record<Locale, string[]> = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June']
MONTHS.push('July', 'August', 'September', 'October', 'November', 'December')
const two = (value: number): string => String(value).padStart(2, '0')
const asDate = (at: string | Date): Date => (typeof at === 'string' ? new Date(at) : at)

/** 11月26日, and with its year when that is not this year. */
export function shortDay(at: string | Date, locale: Locale): string {
  const { year, month, day } = parts(asDate(at))
  const otherYear = year !== parts(siteNow()).year
  if (locale === 'zh') return `${otherYear ? `${year}年` : ''}${month}月${day}日`
  return `${day} ${MONTHS[month - 1]}${otherYear ? ` ${year}` : ''}`
}

/** 2026年11月26日: a day of a calendar, in no zone, with its year. */
export function wholeDay(day: string, locale: Locale): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return locale === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`
}

/** 11月26日（周四） */
export function longDay(at: string | Date, locale: Locale): string {
  const weekday = WEEKDAYS[locale][parts(asDate(at)).weekday]!
  return locale === 'zh' ? `${shortDay(at, locale)}（${weekday}）` : `${weekday} ${shortDay(at, locale)}`
}

export function clockTime(at: string | Date): string {
  const { hour, minute } = parts(asDate(at))
  return `${two(hour)}:${two(minute)}`
}

/** 11月26日（周四）09:12 */
export function dayAndTime(at: string | Date, locale: Locale): string {
  return `${longDay(at, locale)}${locale === 'zh' ? '' : ', '}${clockTime(at)}`
}

/** A due moment: its day, and its hour only where the limit runs in hours. */
export function dueMoment(at: string | Date, locale: Locale): string {
  const time = clockTime(at)
  return time === '23:59' || time === '00:00' ? longDay(at, locale) : dayAndTime(at, locale)
}

/** 2023年5月 from "2023-05". */
export function monthName(month: string, locale: Locale): string {
  const [year, number] = month.split('-').map(Number)
  return locale === 'zh' ? `${year}年${number}月` : `${MONTHS[(number ?? 1) - 1]} ${year}`
}

export function relativeDays(daysLeft: number, t: Translate): string {
  if (daysLeft === 0) return t('date.today')
  return daysLeft > 0 ? t('date.days_left', { n: daysLeft }) : t('date.days_over', { n: -daysLeft })
}

/** 11月26日（周四）前，还有 3 个工作日 */
export function duePhrase(now: Pick<Now, 'due_at' | 'days_left' | 'provisional'>, t: Translate, locale: Locale): string {
  if (!now.due_at) return ''
  const by = t('date.by', { date: dueMoment(now.due_at, locale) })
  const known = now.days_left !== undefined && now.days_left !== null
  const phrase = known ? t('date.with_left', { by, left: relativeDays(now.days_left!, t) }) : by
  return now.provisional ? `${phrase}${t('app.comma')}${t('date.provisional')}` : phrase
}

/** How many days of the calendar lie between today and a day: none on the day itself. */
export function daysUntil(at: string | Date): number {
  const midnight = ({ year, month, day }: Parts): number => Date.UTC(year, month - 1, day)
  return Math.round((midnight(parts(asDate(at))) - midnight(parts(siteNow()))) / DAY_MS)
}

export function timeAgo(at: string | Date, t: Translate, now: Date = siteNow()): string {
  const passedMs = Math.max(0, now.getTime() - asDate(at).getTime())
  if (passedMs < MINUTE_MS) return t('date.just_now')
  if (passedMs < 60 * MINUTE_MS) return t('date.minutes_ago', { n: Math.floor(passedMs / MINUTE_MS) })
  if (passedMs < DAY_MS) return t('date.hours_ago', { n: Math.floor(passedMs / (60 * MINUTE_MS)) })
  return t('date.days_ago', { n: Math.floor(passedMs / DAY_MS) })
}

export function wholeNumber(value: number, locale: Locale): string {
  return value.toLocaleString(locale === 'zh' ? 'zh-CN' : 'en-GB')
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`
}
