import { readShapes } from '@fengsi/api-client'
import type { AreaShapeCollection } from '@fengsi/map'
import { client } from '../session'

const asked = new Map<string, Promise<AreaShapeCollection | undefined>>()

/** The shapes of an area's parts, asked for once: they do not move while somebody works through a queue. */
export function shapesOf(parent: string): Promise<AreaShapeCollection | undefined> {
  const known = asked.get(parent)
  if (known) return known
  const asking = readShapes(client, parent).then(
    (found) => found as AreaShapeCollection,
    () => {
      asked.delete(parent)
      return undefined
    },
  )
  asked.set(parent, asking)
  return asking
}
