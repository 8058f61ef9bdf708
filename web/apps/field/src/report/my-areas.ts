import { readAreas, type Area } from '@fengsi/api-client'
import { keepRead, keptRead } from '../reads/kept-reads'
import { client, session } from '../site'

async function childrenOf(code: string): Promise<Area[]> {
  const account = session.me.value?.account.id ?? ''
  const key = `areas ${code}`
  try {
    const found = await readAreas(client, code)
    await keepRead(account, key, found)
    return found
  } catch {
    return ((await keptRead(account, key))?.value as Area[] | undefined) ?? []
  }
}

/** The villages and grids a worker's roles reach: what a matter of theirs can lie in. */
export async function myAreas(): Promise<Area[]> {
  const found = new Map<string, Area>()
  for (const { area } of session.me.value?.grants ?? []) {
    if (area.level === 'village' || area.level === 'grid') found.set(area.code, area)
    if (area.level === 'village' || area.level === 'town') {
      for (const child of await childrenOf(area.code)) found.set(child.code, child)
    }
  }
  return [...found.values()]
}
