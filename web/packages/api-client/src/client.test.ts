import { describe, expect, it } from 'vitest'
import { createClient } from './client'
import { makeCommandId } from './command-id'
import { Problem } from './problem'

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

function answering(...answers: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch = async (url: RequestInfo | URL, init: RequestInit = {}) => {
    asked.push({ url: String(url), init })
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('no answer left')
    return answer
  }
  return { asked, fetch: fetch as typeof globalThis.fetch }
}

describe('client', () => {
  it('repeats a lost command with the same bytes', async () => {
    const { asked, fetch } = answering(new TypeError('lost'), json(502, {}), json(200, { repeated: true }))
    const client = createClient({ fetch, retryDelaysMs: [0, 0] })
    await expect(client.post('/matters/x/commands', { id: makeCommandId() })).resolves.toEqual({ repeated: true })
    expect(new Set(asked.map((request) => request.init.body)).size).toBe(1)
    expect(asked).toHaveLength(3)
  })

  it('never repeats what carries no id', async () => {
    const { asked, fetch } = answering(new TypeError('lost'))
    const client = createClient({ fetch, retryDelaysMs: [0, 0] })
    await expect(client.post('/sign-in', { name: 'a' })).rejects.toMatchObject({ code: 'unreachable', status: 0 })
    expect(asked).toHaveLength(1)
  })

  it('asks for a file once and keeps its name', async () => {
    const headers = { 'content-disposition': 'attachment; filename="421321-cover.docx"' }
    const { asked, fetch } = answering(new Response('paper', { headers }), json(503, { code: 'paper_missing' }))
    const client = createClient({ fetch, retryDelaysMs: [0, 0] })
    const file = await client.file('/matters/x/dossier/cover', { purpose: '立卷', format: 'docx' })
    expect([file.name, await file.content.text()]).toEqual(['421321-cover.docx', 'paper'])
    await expect(client.file('/matters/x/dossier/cover')).rejects.toMatchObject({ code: 'paper_missing' })
    expect(asked).toHaveLength(2)
  })

  it('turns a problem document into a Problem', async () => {
    const body = { code: 'stale', status: 409, detail: 'd', current_version: 7, changed: [] }
    const { fetch } = answering(json(409, body))
    const failure = createClient({ fetch }).post('/matters/x/commands', { id: makeCommandId() })
    await expect(failure).rejects.toBeInstanceOf(Problem)
    await expect(failure).rejects.toMatchObject({ code: 'stale', currentVersion: 7 })
  })

  it('keeps the wait the server asks for', async () => {
    const { fetch } = answering(json(429, { code: 'slow_down' }, { 'retry-after': '30' }))
    await expect(createClient({ fetch }).get('/x')).rejects.toMatchObject({ retryAfterSeconds: 30 })
  })

  it('sends the csrf token with what changes something', async () => {
    const { asked, fetch } = answering(json(200, {}))
    await createClient({ fetch, csrf: () => 'token' }).post('/x', {})
    expect(asked[0]?.init.headers).toMatchObject({ 'x-csrf-token': 'token' })
  })
})

describe('makeCommandId', () => {
  it('is a UUIDv7 that sorts by time', () => {
    const early = makeCommandId(1_700_000_000_000)
    const late = makeCommandId(1_700_000_000_001)
    expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(early < late).toBe(true)
    expect(early.replaceAll('-', '').slice(0, 12)).toBe((1_700_000_000_000).toString(16).padStart(12, '0'))
  })
})
