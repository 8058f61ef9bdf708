import { readCommittees, readMediators } from '@fengsi/api-client'
import { ref } from 'vue'
import { client, myArea, session } from '../session'

/** Entries in which whoever keeps the registers has something to mend; beside the page's name, so that an end is not missed. */
export const toMend = ref(0)

export async function countToMend(): Promise<void> {
  if (!session.has('director')) return void (toMend.value = 0)
  const query = { area: myArea(), limit: 1 }
  const counts = [readMediators(client, query), readCommittees(client, query)]
  const pages = await Promise.all(counts).catch(() => [])
  toMend.value = pages.reduce((sum, page) => sum + page.to_mend, 0)
}
