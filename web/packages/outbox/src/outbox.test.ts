import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { Problem } from '@fengsi/api-client'
import { backoffMs } from './backoff'
import { forgetDone, Outbox, type Carrier, type OutboxOptions } from './outbox'
import type { CommandStart, ReportStart, TalkStart } from './operation'

/** A server that keeps what it was sent by id, and can lose the request or the answer. */
class Server implements Carrier {
  received = new Map<string, unknown>()
  order: string[] = []
  uploads = 0
  mood: ('up' | 'lose_request' | 'lose_answer' | Problem)[] = []
  versions = new Map<string, number>()
  baseVersions: number[] = []

  async uploadPhoto() {
    this.#mood()
    this.uploads++
    return `photo-${this.uploads}`
  }
  async sendReport(body: Record<string, unknown>) {
    const id = String(body.id)
    this.#keep(id, body)
    return { matterId: `421321-${id}`, number: 'SZ-1', version: 1, at: 0 }
  }
  async sendCommand(matterId: string, body: { id: string; base_version: number; command: CommandStart['command'] }) {
    this.baseVersions.push(body.base_version)
    this.#keep(body.id, { matterId, ...body.command })
    const version = body.base_version + 1
    this.versions.set(matterId, version)
    return { matterId, version, at: 0 }
  }
  /** Talk days and matters take commands alike. */
  sendTalk(day: string, body: { id: string; base_version: number; command: CommandStart['command'] }) {
    return this.sendCommand(day, body)
  }
  #mood() {
    const mood = this.mood.shift() ?? 'up'
    if (mood === 'lose_request') throw new Problem(0, { code: 'unreachable' })
    if (mood instanceof Problem) throw mood
    return mood
  }
  #keep(id: string, body: unknown) {
    const mood = this.#mood()
    if (!this.received.has(id)) this.order.push(id)
    this.received.set(id, body)
    if (mood === 'lose_answer') throw new Problem(0, { code: 'unreachable' })
  }
}

let accounts = 0
const opened: Outbox[] = []
async function open(server: Server, more: Partial<OutboxOptions> = {}) {
  const outbox = await Outbox.open({ account: `a${++accounts}`, carrier: server, random: () => 0, later: (run) => {
    const timer = setTimeout(run, 0)
    return () => clearTimeout(timer)
  }, ...more })
  opened.push(outbox)
  return outbox
}
afterEach(() => opened.splice(0).forEach((outbox) => outbox.close()))

const report = (words: string, photos: Blob[] = []): ReportStart => ({
  kind: 'report',
  title: words,
  body: { words },
  photos: photos.map((blob) => ({ blob })),
})
const command = (type: string, matter: CommandStart['matter'] = { id: '421321-m' }, baseVersion = 3): CommandStart => ({
  kind: 'command',
  title: type,
  matter,
  baseVersion,
  command: { type },
  photos: [],
})
const states = (outbox: Outbox) => outbox.list().map((one) => one.state)
const settled = async (outbox: Outbox, want: string[]) => {
  await expect.poll(() => states(outbox)).toEqual(want)
}

describe('outbox', () => {
  it('keeps work whole without network and sends it later in order', async () => {
    const server = new Server()
    let online = false
    const outbox = await open(server, { online: () => online })
    for (const words of ['one', 'two', 'three']) await outbox.add(report(words))
    await outbox.flush()
    expect(states(outbox)).toEqual(['saved', 'saved', 'saved'])
    expect(outbox.pause).toBe('offline')
    online = true
    await outbox.retryNow()
    await settled(outbox, ['received', 'received', 'received'])
    expect(server.order.map((id) => (server.received.get(id) as { words: string }).words)).toEqual(['one', 'two', 'three'])
  })

  it('sends the steps of a talk day in order, the plan first and each based on the last', async () => {
    const server = new Server()
    let online = false
    const outbox = await open(server, { online: () => online })
    const step = (type: string): TalkStart => ({
      kind: 'talk',
      title: type,
      day: '421321-d',
      baseVersion: 0,
      command: { type },
      photos: [],
    })
    for (const type of ['plan', 'hold', 'note_item']) await outbox.add(step(type))
    online = true
    await outbox.retryNow()
    await settled(outbox, ['received', 'received', 'received'])
    const sent = server.order.map((id) => (server.received.get(id) as { type: string }).type)
    expect(sent).toEqual(['plan', 'hold', 'note_item'])
    expect(server.baseVersions).toEqual([0, 1, 2])
  })

  it('sends the same id again when an answer was lost', async () => {
    const server = new Server()
    server.mood = ['lose_answer', 'lose_request']
    const clock = { now: 1_000 }
    const outbox = await open(server, { now: () => (clock.now += 400_000) })
    await outbox.add(report('once'))
    await settled(outbox, ['received'])
    expect(server.received.size).toBe(1)
  })

  it('goes on after the phone died in the middle of sending', async () => {
    const server = new Server()
    let stop: (() => void) | undefined
    const hanging: Carrier = {
      uploadPhoto: () => server.uploadPhoto(),
      sendReport: () => new Promise(() => stop?.()),
      sendTalk: (day, body) => server.sendTalk(day, body),
      sendCommand: (matterId, body) => server.sendCommand(matterId, body),
    }
    const account = 'dies'
    const first = await open(server, { account, carrier: hanging })
    const reached = new Promise<void>((resolve) => (stop = resolve))
    const kept = await first.add(report('survives'))
    await reached
    first.close()
    const second = await open(server, { account })
    await second.flush()
    await settled(second, ['received'])
    expect([...server.received.keys()]).toEqual([kept.id])
  })

  it('uploads each photo once and names it in the body', async () => {
    const server = new Server()
    server.mood = ['up', 'lose_request']
    const clock = { now: 1_000 }
    const outbox = await open(server, { now: () => (clock.now += 400_000) })
    const added = await outbox.add(report('photos', [new Blob(['a']), new Blob(['b'])]))
    await settled(outbox, ['received'])
    expect(server.uploads).toBe(2)
    expect(server.received.get(added.id)).toMatchObject({ photos: ['photo-1', 'photo-2'] })
    expect(outbox.list()[0]?.photos.every((photo) => photo.blob === undefined)).toBe(true)
  })

  it('shows a refusal, keeps it, and goes on with the rest', async () => {
    const server = new Server()
    server.mood = [new Problem(422, { code: 'wrong_stage', detail: 'no' })]
    const outbox = await open(server)
    await outbox.add(command('pass'))
    await outbox.add(report('next'))
    await settled(outbox, ['needs_attention', 'received'])
    expect(outbox.list()[0]?.problem?.code).toBe('wrong_stage')
  })

  it('sends a revised command under a new id and keeps the refused one', async () => {
    const server = new Server()
    server.mood = [new Problem(409, { code: 'stale', current_version: 9 })]
    const outbox = await open(server)
    const refused = await outbox.add(command('note'))
    await settled(outbox, ['needs_attention'])
    const revised = await outbox.revise(refused.id, command('note', { id: '421321-m' }, 9))
    await settled(outbox, ['set_aside', 'received'])
    expect(revised.id).not.toBe(refused.id)
    expect(server.baseVersions).toEqual([3, 9])
    expect(outbox.list()[0]).toMatchObject({ replacedBy: revised.id })
  })

  it('lets a command follow a report that has no matter yet', async () => {
    const server = new Server()
    let online = false
    const outbox = await open(server, { online: () => online })
    const made = await outbox.add(report('found and fixed'))
    await outbox.add(command('settle', { reportedBy: made.id }, 1))
    await outbox.flush()
    online = true
    await outbox.retryNow()
    await settled(outbox, ['received', 'received'])
    expect(server.received.get(server.order[1]!)).toMatchObject({ matterId: `421321-${made.id}`, type: 'settle' })
  })

  it('builds on its own earlier step on the same matter', async () => {
    const server = new Server()
    const outbox = await open(server)
    await outbox.add(command('progress'))
    await outbox.add(command('note'))
    await settled(outbox, ['received', 'received'])
    expect(server.baseVersions).toEqual([3, 4])
  })

  it('waits for a sign-in instead of failing', async () => {
    const server = new Server()
    server.mood = [new Problem(401, { code: 'not_signed_in' })]
    const outbox = await open(server)
    await outbox.add(report('later'))
    await expect.poll(() => outbox.pause).toBe('signed_out')
    expect(states(outbox)).toEqual(['saved'])
    await outbox.retryNow()
    await settled(outbox, ['received'])
  })

  it('keeps no words once the server has them, and nothing that is done after signing out', async () => {
    const server = new Server()
    server.mood = ['up', new Problem(422, { code: 'unknown_session' }), new Problem(422, { code: 'unknown_session' })]
    let online = true
    const outbox = await open(server, { account: 'mediator', online: () => online })
    const words = { type: 'note_caucus', party: 1, words: 'three thousand at most' }
    const note = { ...command('note_caucus'), command: words }
    const sent = await outbox.add(note)
    const refused = await outbox.add(note)
    await outbox.add(note)
    await settled(outbox, ['received', 'needs_attention', 'needs_attention'])
    expect(server.received.get(sent.id)).toMatchObject(words)
    online = false
    await outbox.revise(refused.id, note)
    expect(outbox.list().map((one) => one.kind === 'command' && one.command.words)).toEqual([
      undefined,
      undefined,
      words.words,
      words.words,
    ])
    outbox.close()
    await forgetDone('mediator')
    const again = await open(server, { account: 'mediator', online: () => false })
    expect(states(again)).toEqual(['needs_attention', 'saved'])
  })

  it('keeps accounts apart', async () => {
    const server = new Server()
    const one = await open(server, { account: 'one', online: () => false })
    await one.add(report('mine'))
    const other = await open(server, { account: 'other' })
    await other.flush()
    expect(other.list()).toEqual([])
    expect(server.received.size).toBe(0)
  })
})

describe('backoff', () => {
  it('grows from one second to five minutes and obeys the server', () => {
    expect(backoffMs(1, 1)).toBe(1_000)
    expect(backoffMs(3, 1)).toBe(4_000)
    expect(backoffMs(40, 1)).toBe(300_000)
    expect(backoffMs(1, 0)).toBe(500)
    expect(backoffMs(1, 0, 60)).toBe(60_000)
  })
})
