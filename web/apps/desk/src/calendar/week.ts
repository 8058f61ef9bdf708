// Weeks of civil days, Monday first, on the site's clock; and what a calendar says of each day.
import type { Calendar, Sitting, TalkTime } from '@fengsi/api-client'
import { clockTime, siteToday, siteWall } from '@fengsi/words'

export const WEEK = 7
const DAY_MS = 86_400_000

export function dayAfter(day: string, days: number): string {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + days * DAY_MS).toISOString().slice(0, 10)
}

export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return dayAfter(day, -((weekday + 6) % WEEK))
}

export const thisMonday = (): string => mondayOf(siteToday())

export interface Day {
  date: string
  isPast: boolean
  isToday: boolean
  sessions: Sitting[]
  talks: TalkTime[]
  free: string[]
}

export function daysOf(from: string, calendar: Calendar, talks: readonly TalkTime[]): Day[] {
  const today = siteToday()
  return Array.from({ length: WEEK }, (_, nth) => {
    const date = dayAfter(from, nth)
    const free = calendar.days.find((one) => one.date === date)?.free ?? []
    return {
      date,
      isPast: date < today,
      isToday: date === today,
      sessions: calendar.sessions.filter(({ starts_at }) => siteWall(new Date(starts_at)).startsWith(date)),
      talks: talks.filter((talk) => talk.date === date && talk.state !== 'cancelled'),
      free: free.map(({ starts_at, ends_at }) => `${clockTime(starts_at)}–${clockTime(ends_at)}`),
    }
  })
}
