const FIRST_MS = 1_000
const LONGEST_MS = 5 * 60_000

/** 1 s, doubling to 5 min; jitter keeps a thousand phones from coming back in the same second. */
export function backoffMs(attempts: number, random: number, askedSeconds?: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20))
  const jittered = Math.round(ceiling / 2 + (ceiling / 2) * random)
  return Math.max(jittered, (askedSeconds ?? 0) * 1_000)
}
