import { createClient, readSite, type Role, type Site } from '@fengsi/api-client'
import { createSession } from '@fengsi/sign-in'
import { setSiteClock } from '@fengsi/words'
import { shallowRef, watch } from 'vue'
import { dropAllDrafts } from './commands/drafts'
import { dropPreviews } from './fields/photo-previews'

export const session = createSession()

// A stay that ends is noticed by the first answer that says so; the page stays, the sign-in comes before it.
const noticingFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.status === 401 && !String(input).endsWith('/sign-in')) session.ended()
  return response
}

export const client = createClient({ csrf: session.csrf, fetch: noticingFetch })

export const site = shallowRef<Site>()
export async function needSite(): Promise<Site> {
  site.value ??= await readSite(client)
  setSiteClock(site.value.zone, site.value.now)
  return site.value
}

let lastAccount: string | undefined
watch(session.me, (me) => {
  if (!me) return
  if (lastAccount && lastAccount !== me.account.id) {
    dropAllDrafts()
    dropPreviews()
  }
  lastAccount = me.account.id
})

/** Which roles see which page; what they may do there is the server's to say. */
const PAGES: Record<string, readonly Role[]> = {
  queue: ['village_lead', 'intake', 'dispatcher', 'supervisor', 'director', 'handler', 'mediator', 'grid_worker'],
  talk: ['village_lead', 'grid_worker', 'supervisor', 'director', 'overseer'],
  'talk-habits': ['supervisor', 'director'],
  calendar: ['mediator'],
  record: ['intake', 'dispatcher', 'director', 'village_lead', 'grid_worker'],
  matters: [
    'village_lead',
    'intake',
    'dispatcher',
    'supervisor',
    'director',
    'handler',
    'mediator',
    'overseer',
    'grid_worker',
  ],
}

export const mayOpen = (page: string): boolean => session.has(...(PAGES[page] ?? []))
export const myArea = (): string => session.me.value?.grants[0]?.area.code ?? site.value?.region ?? ''
