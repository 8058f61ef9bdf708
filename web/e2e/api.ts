// What tests arrange and look up beside the pages, over the same interface.
import { randomUUID } from 'node:crypto'
import { expect, PASSWORD } from './site.ts'

/** Ids that sort by time, as the pages make them. */
export function makeId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

export interface Reported {
  matter_id: string
  code: string
  number: string
}

export interface Row {
  id: string
  number: string
  preview: string
  stage: string
}

async function answered<T>(response: Response): Promise<T> {
  const text = await response.text()
  expect(response.ok, `${response.url}: ${text}`).toBe(true)
  return JSON.parse(text) as T
}

const JSON_HEADER = { 'content-type': 'application/json' }

type Place = string | { lon: number; lat: number }

/** Reports from a place: a point, or the code of an area. */
export async function reportBy(address: string, from: Place, words: string): Promise<Reported> {
  const place = typeof from === 'string' ? { area: from } : from
  const body = JSON.stringify({ id: makeId(), place, words, class: 'service' })
  return answered(await fetch(`${address}/api/v1/public/reports`, { method: 'POST', headers: JSON_HEADER, body }))
}

interface Shapes {
  features: { geometry: { coordinates: [number, number][][] } }[]
}

/** A point in the middle of a town's first village. */
export async function middleOf(address: string, town: string): Promise<{ lon: number; lat: number }> {
  const shapes = await answered<Shapes>(await fetch(`${address}/api/v1/areas/shapes?parent=${town}`))
  const corners = shapes.features[0]!.geometry.coordinates[0]!.slice(1)
  const middle = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length
  return { lon: middle(0), lat: middle(1) }
}

/** A stay of a member of staff. */
export class Stay {
  private constructor(
    private readonly address: string,
    private readonly headers: Record<string, string>,
  ) {}

  static async of(address: string, name: string): Promise<Stay> {
    const body = JSON.stringify({ name, password: PASSWORD })
    const response = await fetch(`${address}/api/v1/sign-in`, { method: 'POST', headers: JSON_HEADER, body })
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { csrf } = await answered<{ csrf: string }>(response)
    return new Stay(address, { ...JSON_HEADER, cookie, 'x-csrf-token': csrf })
  }

  async matters(query: string): Promise<Row[]> {
    const response = await fetch(`${this.address}/api/v1/matters?${query}`, { headers: this.headers })
    return (await answered<{ items: Row[] }>(response)).items
  }

  async read<T>(path: string): Promise<T> {
    return answered<T>(await this.ask(path))
  }

  /** Whatever the answer is. */
  ask(path: string): Promise<Response> {
    return fetch(this.address + path, { headers: this.headers })
  }

  async put(path: string, body: unknown): Promise<void> {
    const sent = { method: 'PUT', headers: this.headers, body: JSON.stringify(body) }
    await answered(await fetch(this.address + path, sent))
  }

  async act(matter: string, command: { type: string; [field: string]: unknown }): Promise<void> {
    const path = `${this.address}/api/v1/matters/${matter}`
    const page = await answered<{ matter: { version: number } }>(await fetch(path, { headers: this.headers }))
    const body = JSON.stringify({ id: makeId(), base_version: page.matter.version, command })
    await answered(await fetch(`${path}/commands`, { method: 'POST', headers: this.headers, body }))
  }

  /** Plans a talk day. */
  async plan(plan: { [field: string]: unknown }): Promise<void> {
    const body = JSON.stringify({ id: makeId(), plan })
    await answered(await fetch(`${this.address}/api/v1/talk-days`, { method: 'POST', headers: this.headers, body }))
  }

  /** Takes a step about a talk day, on whatever stands. */
  async talk(day: string, command: { type: string; [field: string]: unknown }): Promise<void> {
    const path = `${this.address}/api/v1/talk-days/${day}`
    const { version } = await answered<{ version: number }>(await fetch(path, { headers: this.headers }))
    const body = JSON.stringify({ id: makeId(), base_version: version, command })
    await answered(await fetch(`${path}/commands`, { method: 'POST', headers: this.headers, body }))
  }

  /** Reading a contact is recorded with its purpose. */
  async readContact(matter: string, purpose: string): Promise<void> {
    const path = `${this.address}/api/v1/matters/${matter}/contact?purpose=${encodeURIComponent(purpose)}`
    await answered(await fetch(path, { headers: this.headers }))
  }
}
