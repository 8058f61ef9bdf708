import { makeCommandId, Problem } from '@fengsi/api-client'
import { backoffMs } from './backoff'
import { openOperationStore, type OperationStore } from './operation-store'
import type { CommandStart, NewOperation, Operation, OperationAnswer, ProblemRecord } from './operation'

export interface Carrier {
  uploadPhoto(photo: Blob): Promise<string>
  sendReport(body: Record<string, unknown>): Promise<OperationAnswer>
  sendTalk(day: string, body: { id: string; base_version: number; command: CommandStart['command'] }): Promise<OperationAnswer>
  sendCommand(matterId: string, body: { id: string; base_version: number; command: CommandStart['command'] }): Promise<OperationAnswer>
}

export interface OutboxOptions {
  account: string
  carrier: Carrier
  now?: () => number
  random?: () => number
  online?: () => boolean
  /** Asked to call back later; the answer cancels. */
  later?: (run: () => void, delayMs: number) => () => void
}

export type Pause = 'none' | 'offline' | 'signed_out'

const KEEP_RECEIVED_MS = 30 * 86_400_000

export class Outbox {
  #operations: Operation[] = []
  #listeners = new Set<() => void>()
  #running: Promise<void> | undefined
  #again = false
  #closed = false
  #cancelLater: (() => void) | undefined
  #onOnline = () => void this.retryNow()
  pause: Pause = 'none'
  lastContactAt: number | undefined

  private constructor(
    private store: OperationStore,
    private options: Required<OutboxOptions>,
  ) {}

  static async open(given: OutboxOptions): Promise<Outbox> {
    const options: Required<OutboxOptions> = {
      now: () => Date.now(),
      random: () => Math.random(),
      online: () => typeof navigator === 'undefined' || navigator.onLine !== false,
      later: (run, delayMs) => {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
      ...given,
    }
    const outbox = new Outbox(await openOperationStore(options.account), options)
    await outbox.#recover()
    if (typeof addEventListener === 'function') addEventListener('online', outbox.#onOnline)
    return outbox
  }

  /** What was on its way when the phone died may or may not have arrived: the same id is sent again. */
  async #recover(): Promise<void> {
    this.#operations = await this.store.all()
    const longAgo = this.options.now() - KEEP_RECEIVED_MS
    for (const old of this.#operations.filter((one) => one.state === 'received' && one.answer!.at < longAgo)) {
      await this.store.forget(old.id)
    }
    this.#operations = this.#operations.filter((one) => one.state !== 'received' || one.answer!.at >= longAgo)
    for (const lost of this.#operations.filter((one) => one.state === 'sending')) {
      await this.#update(lost, { state: 'saved' })
    }
  }

  list(): readonly Operation[] {
    return this.#operations
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  async #update(operation: Operation, change: Partial<Operation>): Promise<Operation> {
    const updated = { ...operation, ...change } as Operation
    await this.store.put(updated)
    this.#operations = this.#operations.map((one) => (one.id === updated.id ? updated : one))
    this.#changed()
    return updated
  }

  /** Resolves when the operation lies whole on this phone; the network is not waited for. */
  async add(operation: NewOperation): Promise<Operation> {
    const now = this.options.now()
    const kept = await this.store.append({
      ...operation,
      id: makeCommandId(now),
      savedAt: now,
      state: 'saved',
      attempts: 0,
      nextAttemptAt: 0,
    })
    if (!this.#operations.some((one) => one.id === kept.id)) this.#operations = [...this.#operations, kept]
    this.#changed()
    void this.flush()
    return kept
  }

  /** After a refusal: the same work, changed by the worker, under a new id; that there was a refused one stays to be seen. */
  async revise(id: string, operation: NewOperation): Promise<Operation> {
    const added = await this.add(operation)
    const refused = this.#operations.find((one) => one.id === id)
    if (refused) await this.#update(refused, { ...wordless(refused), state: 'set_aside', replacedBy: added.id })
    for (const waiting of this.#operations) {
      const follows = waiting.kind === 'command' && 'reportedBy' in waiting.matter && waiting.matter.reportedBy === id
      if (follows && waiting.state !== 'received') {
        await this.#update(waiting, { matter: { reportedBy: added.id } } as Partial<Operation>)
      }
    }
    void this.flush()
    return added
  }

  /** The worker has dealt with it another way; it stays in the list. */
  async setAside(id: string): Promise<void> {
    const operation = this.#operations.find((one) => one.id === id)
    if (operation?.state === 'needs_attention') await this.#update(operation, { state: 'set_aside' })
  }

  async retryNow(): Promise<void> {
    this.pause = 'none'
    for (const waiting of this.#operations.filter((one) => one.state === 'saved' && one.nextAttemptAt > 0)) {
      await this.#update(waiting, { nextAttemptAt: 0, attempts: 0 })
    }
    await this.flush()
  }

  flush(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#alone(() => this.#drain()).finally(() => {
      this.#running = undefined
      if (this.#again) {
        this.#again = false
        void this.flush()
      }
    })
    return this.#running
  }

  /** Two tabs of one phone must not send side by side, or the order is lost. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
    if (!locks) return work()
    await locks.request(`fengsi.outbox.${this.options.account}`, work)
  }

  async #drain(): Promise<void> {
    this.#cancelLater?.()
    while (!this.#closed) {
      if (!this.options.online()) return this.#setPause('offline')
      const next = this.#operations.find((one) => one.state === 'saved' && !this.#waitsForRefused(one))
      if (!next) return this.#setPause('none')
      const delayMs = next.nextAttemptAt - this.options.now()
      if (delayMs > 0) {
        this.#cancelLater = this.options.later(() => void this.flush(), delayMs)
        return
      }
      const goOn = await this.#send(next)
      if (!goOn) return
    }
  }

  #setPause(pause: Pause): void {
    if (this.pause === pause) return
    this.pause = pause
    this.#changed()
  }

  #waitsForRefused(operation: Operation): boolean {
    if (operation.kind !== 'command' || !('reportedBy' in operation.matter)) return false
    const { reportedBy } = operation.matter
    return this.#operations.some((one) => one.id === reportedBy && one.state !== 'received')
  }

  async #send(operation: Operation): Promise<boolean> {
    // Another tab may have sent it since this one read the list.
    const stored = await this.store.get(operation.id)
    if (stored && stored.state !== 'saved' && stored.state !== 'sending') {
      await this.#update(stored, {})
      return true
    }
    const sending = await this.#update(operation, { state: 'sending' })
    try {
      const answer = await this.#carry(sending)
      this.lastContactAt = this.options.now()
      await this.#update(this.#current(sending.id), { ...wordless(this.#current(sending.id)), state: 'received', answer })
      return true
    } catch (cause) {
      return this.#failed(this.#current(sending.id), cause)
    }
  }

  #current(id: string): Operation {
    return this.#operations.find((one) => one.id === id)!
  }

  async #carry(operation: Operation): Promise<OperationAnswer> {
    const { carrier } = this.options
    for (const [index, photo] of operation.photos.entries()) {
      if (photo.photoId || !photo.blob) continue
      const photoId = await carrier.uploadPhoto(photo.blob)
      const photos = this.#current(operation.id).photos.map((one, at) => (at === index ? { ...one, photoId } : one))
      await this.#update(this.#current(operation.id), { photos })
    }
    const photos = this.#current(operation.id).photos.flatMap(({ photoId }) => (photoId ? [photoId] : []))
    const withPhotos = photos.length > 0 ? { photos } : {}
    if (operation.kind === 'report') return carrier.sendReport({ ...operation.body, id: operation.id, ...withPhotos })
    if (operation.kind === 'talk') {
      const base_version = this.#newest(operation, operation.day)
      return carrier.sendTalk(operation.day, { id: operation.id, base_version, command: operation.command })
    }
    const body = {
      id: operation.id,
      base_version: this.#baseVersion(operation),
      command: { ...operation.command, ...withPhotos },
    }
    return carrier.sendCommand(this.#matterId(operation)!, body)
  }

  #matterId(operation: Operation & { kind: 'command' }): string | undefined {
    if ('id' in operation.matter) return operation.matter.id
    const { reportedBy } = operation.matter
    return this.#operations.find((one) => one.id === reportedBy)?.answer?.matterId
  }

  /** The worker knows their own earlier steps on the same matter, so those do not make a later one stale. */
  #baseVersion(operation: Operation & { kind: 'command' }): number {
    return this.#newest(operation, this.#matterId(operation))
  }

  #newest(operation: Operation & { baseVersion: number }, recordId: string | undefined): number {
    const own = this.#operations.filter((one) => one.sequence < operation.sequence && one.answer?.matterId === recordId)
    return Math.max(operation.baseVersion, ...own.map((one) => one.answer?.version ?? 0))
  }

  async #failed(operation: Operation, cause: unknown): Promise<boolean> {
    const problem = cause instanceof Problem ? cause : new Problem(0, { code: 'unreachable' })
    if (problem.status === 401 || problem.code === 'csrf') {
      await this.#update(operation, { state: 'saved' })
      this.#setPause('signed_out')
      return false
    }
    if (problem.worthRetrying) {
      const attempts = operation.attempts + 1
      const delayMs = backoffMs(attempts, this.options.random(), problem.retryAfterSeconds)
      await this.#update(operation, { state: 'saved', attempts, nextAttemptAt: this.options.now() + delayMs })
      return true
    }
    this.lastContactAt = this.options.now()
    await this.#update(operation, { state: 'needs_attention', problem: recordOf(problem) })
    return true
  }

  close(): void {
    this.#closed = true
    this.#cancelLater?.()
    if (typeof removeEventListener === 'function') removeEventListener('online', this.#onOnline)
    this.store.close()
  }
}

/** What the server has, or what goes on under another id, is not kept twice: of its words and photos this phone keeps none. */
function wordless(operation: Operation): Partial<Operation> {
  const photos = operation.photos.map(({ photoId }) => ({ photoId }))
  const bare = { photos, problem: undefined }
  return operation.kind === 'report' ? { ...bare, body: {} } : { ...bare, command: { type: operation.command.type } }
}

/** At the end of a stay: what the server has and what was set aside leaves this phone, what waits to be sent stays. */
export async function forgetDone(account: string): Promise<void> {
  const store = await openOperationStore(account)
  const done = (await store.all()).filter(({ state }) => state === 'received' || state === 'set_aside')
  for (const { id } of done) await store.forget(id)
  store.close()
}

function recordOf(problem: Problem): ProblemRecord {
  const { status, code, message, params, fields, changed, currentVersion } = problem
  return { status, code, message, params, fields, changed, currentVersion }
}
