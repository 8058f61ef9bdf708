import { computed, shallowRef, triggerRef, watch } from 'vue'
import {
  planTalkDay,
  recordMatter,
  sendCommand,
  sendTalkCommand,
  uploadPhoto,
  type StaffReport,
  type TalkCommand,
  type TalkPlan,
} from '@fengsi/api-client'
import { Outbox, type Carrier, type Operation } from '@fengsi/outbox'
import { client, online, session } from '../site'

const carrier: Carrier = {
  uploadPhoto: async (photo) => (await uploadPhoto(client, photo)).photo_id,
  async sendReport(body) {
    const receipt = await recordMatter(client, body as unknown as StaffReport)
    // A new matter's record has one entry, so its version is 1.
    return { matterId: receipt.matter_id, number: receipt.number, code: receipt.code, version: 1, at: Date.now() }
  },
  async sendTalk(day, { id, base_version, command }) {
    const { type, ...plan } = command
    const answer =
      type === 'plan'
        ? await planTalkDay(client, { id, plan: plan as unknown as TalkPlan })
        : await sendTalkCommand(client, day, { id, base_version, command: command as unknown as TalkCommand })
    return { matterId: day, version: answer.version, at: Date.now() }
  },
  async sendCommand(matterId, body) {
    const answer = await sendCommand(client, matterId, body)
    return { matterId, version: answer.version, at: Date.now() }
  },
}

export const outbox = shallowRef<Outbox>()
const operations = shallowRef<readonly Operation[]>([])
export const pause = shallowRef<Outbox['pause']>('none')
export const lastContactAt = shallowRef<number>()
const receivedListeners = new Set<() => void>()
let renewing = false

export const allOperations = computed(() => operations.value)
export const waiting = computed(() => operations.value.filter((one) => one.state === 'saved' || one.state === 'sending'))
export const attention = computed(() => operations.value.filter((one) => one.state === 'needs_attention'))
export const forMatter = (id: string) =>
  operations.value.filter((one) => one.kind === 'command' && 'id' in one.matter && one.matter.id === id)

export const forTalkDay = (id: string) => operations.value.filter((one) => one.kind === 'talk' && one.day === id)

/** Pages read again when the server has taken something. */
export function whenReceived(listener: () => void): () => void {
  receivedListeners.add(listener)
  return () => receivedListeners.delete(listener)
}

function showState(opened: Outbox): void {
  const receivedBefore = operations.value.filter((one) => one.state === 'received').length
  operations.value = [...opened.list()]
  pause.value = opened.pause
  lastContactAt.value = opened.lastContactAt ?? lastContactAt.value
  triggerRef(operations)
  const receivedNow = operations.value.filter((one) => one.state === 'received').length
  if (receivedNow > receivedBefore) for (const listener of receivedListeners) listener()
  if (opened.pause === 'signed_out') void renew(opened)
}

/** A stale token is renewed by asking who we are; a stay that has ended waits for a new sign-in. */
async function renew(opened: Outbox): Promise<void> {
  if (renewing) return
  renewing = true
  const state = await session.load(client)
  if (state === 'signed_in') await opened.retryNow()
  renewing = false
}

async function openFor(account: string): Promise<void> {
  outbox.value?.close()
  const opened = await Outbox.open({ account, carrier })
  outbox.value = opened
  opened.subscribe(() => showState(opened))
  showState(opened)
  await opened.flush()
}

watch(
  () => session.me.value?.account.id,
  (account) => {
    if (account) void openFor(account)
    else {
      outbox.value?.close()
      outbox.value = undefined
      operations.value = []
    }
  },
  { immediate: true },
)

watch(online, async (now) => {
  if (now && session.state.value === 'offline') await session.load(client)
})
