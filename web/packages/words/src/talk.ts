import type { TalkTime } from '@fengsi/api-client'
import { longDay } from './dates'
import type { Locale, Translate } from './index'
import { placeName } from './place-name'

/** A civil day as a moment within it, wherever the site lies. */
export const dayOf = (date: string): Date => new Date(`${date}T12:00:00Z`)

/** 1月4日（周四）09:00–11:00 */
export function talkDayAndHours(time: TalkTime, t: Translate, locale: Locale): string {
  return `${longDay(dayOf(time.date), locale)} ${talkHours(time, t)}`
}

export function talkHours(time: TalkTime, t: Translate): string {
  const { begins, ends } = time
  if (begins && ends) return t('talk.hours', { begins, ends })
  return begins ? t('talk.from', { begins }) : t('talk.all_day')
}

/** 逢四说事室，村部一楼 */
export function talkPlace(time: TalkTime, t: Translate): string {
  const { place, place_words: words } = time
  if (place) return [place.name, place.address].filter(Boolean).join(t('app.comma'))
  return words || t('talk.place_open')
}

/** What became of the day, when it is not held as its rule says. */
export function talkChange(time: TalkTime, t: Translate, locale: Locale): string {
  const reason = time.reason ?? ''
  if (time.state === 'cancelled') return t('talk.cancelled', { reason })
  return time.date === time.slot || !time.state ? '' : t('talk.moved', { date: longDay(dayOf(time.slot), locale), reason })
}

export const villageName = (time: TalkTime): string => placeName(time.village.name)
