import { ref, shallowRef } from 'vue'
import { createClient, readSite, type Me, type Site } from '@fengsi/api-client'
import { createSession } from '@fengsi/sign-in'
import { setSiteClock, siteAheadMs } from '@fengsi/words'
import { kept } from './kept'

const ME = 'fengsi.field.me'
const SITE = 'fengsi.field.site'
const AHEAD = 'fengsi.field.site-ahead'

export const session = createSession({
  load: () => parsed<Me>(ME),
  store: (me) => (me ? kept.write(ME, JSON.stringify(me)) : kept.forget(ME)),
})
export const client = createClient({ csrf: session.csrf })
export const site = shallowRef<Site | undefined>(parsed<Site>(SITE))
export const online = ref(navigator.onLine !== false)

addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))

/** A phone that comes out of the pocket asks again; the answer ends it. */
export function whenLookedAt(listener: () => void): () => void {
  const look = (): void => void (document.visibilityState === 'visible' && online.value && listener())
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}

function parsed<T>(key: string): T | undefined {
  try {
    return (JSON.parse(kept.read(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

/** Without network the site of last time serves, its clock as far from the phone's as it was then. */
export async function loadSite(): Promise<void> {
  const aheadMs = Number(kept.read(AHEAD) ?? 0)
  if (site.value) setSiteClock(site.value.zone, new Date(Date.now() + aheadMs).toISOString())
  const found = await readSite(client)
  site.value = found
  setSiteClock(found.zone, found.now)
  kept.write(SITE, JSON.stringify(found))
  kept.write(AHEAD, String(siteAheadMs()))
}
