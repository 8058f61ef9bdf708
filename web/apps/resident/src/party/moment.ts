const MINUTE_MS = 60_000

/** The moment at which the clocks of a zone show a day and a time. */
export function momentIn(zone: string, day: string, time: string): Date {
  const shown = Date.parse(`${day}T${time}:00Z`)
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = shown - aheadMs(zone, shown)
  return new Date(shown - aheadMs(zone, guess))
}

/** YYYY-MM-DD in a zone, as a field for days wants it. */
export function dayIn(zone: string, at: Date): string {
  return new Date(at.getTime() + aheadMs(zone, at.getTime())).toISOString().slice(0, 10)
}

/** How far the clocks of a zone are ahead of UTC. */
function aheadMs(zone: string, at: number): number {
  const numeric = 'numeric' as const
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    hourCycle: 'h23',
  })
  const found: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) found[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found
  const whole = Math.floor(at / MINUTE_MS) * MINUTE_MS
  return Date.UTC(year, month - 1, day, hour, minute) - whole
}
