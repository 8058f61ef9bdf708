import type { Command, Detail } from '@fengsi/api-client'
import type { Operation, OperationPhoto } from '@fengsi/outbox'
import { outbox } from './outbox'

/**
 * Lays a step about a matter into the outbox, in the place of the one that was refused. It waits for the phone's disk, not for the
 * network.
 */
export async function keepCommand(
  matter: Detail,
  command: Command,
  photos: OperationPhoto[],
  refused?: Operation,
): Promise<'kept' | 'full' | 'closed'> {
  if (!outbox.value) return 'closed'
  const { id, preview: title, version: baseVersion } = matter
  const step = { kind: 'command' as const, title, matter: { id }, baseVersion, command, photos }
  try {
    if (refused) await outbox.value.revise(refused.id, step)
    else await outbox.value.add(step)
    return 'kept'
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause
    return 'full'
  }
}
