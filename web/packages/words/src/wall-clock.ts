// A day and an hour on the site's clock as a moment, and back. Whoever types them may stand in another zone.
import { siteNow, siteZone } from './dates'

/** 2024-01-05T09:00 on the site's clock. */
export function siteWall(at: Date): string {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: siteZone(), dateStyle: 'short', timeStyle: 'short' })
  return shown.format(at).replace(' ', 'T')
}

export const siteToday = (): string => siteWall(siteNow()).slice(0, 10)

export function momentOf(day: string, time: string): string | undefined {
  const asUtc = new Date(`${day}T${time}:00Z`)
  if (Number.isNaN(asUtc.getTime())) return undefined
  const ahead = new Date(`${siteWall(asUtc)}:00Z`).getTime() - asUtc.getTime()
  return new Date(asUtc.getTime() - ahead).toISOString()
}
