import { ref, shallowRef } from 'vue'
import { createClient, readSite, type Site } from '@fengsi/api-client'
import { setSiteClock } from '@fengsi/words'

export const client = createClient()
export const site = shallowRef<Site>()
export const online = ref(navigator.onLine !== false)

addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))

let asked: Promise<Site> | undefined

/** The site's name, clock and bounds, asked once; a failure may be asked again. */
export function loadSite(): Promise<Site> {
  asked ??= readSite(client).then(
    (found) => {
      setSiteClock(found.zone, found.now)
      site.value = found
      return found
    },
    (cause: unknown) => {
      asked = undefined
      throw cause
    },
  )
  return asked
}
