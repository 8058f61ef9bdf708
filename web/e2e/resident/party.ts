// A mediation with two parties, arranged over the interface, and how a party opens its own page.
import type { Page } from '@playwright/test'
import { makeId, Stay } from '../api.ts'
import { VILLAGE } from '../resident.ts'
import { expect } from '../site.ts'

const COMMITTEE = '421321117.mediation'
const PHONES = { one: '13800001234', other: '13800005678' }
const DAY_MS = 86_400_000
const digitsOf = (no: 1 | 2): string => PHONES[no === 1 ? 'one' : 'other'].slice(-4)

/** A dispute before the town's committee, which has not taken it on. */
export async function openedAt(address: string, category: string) {
  const body = { id: makeId(), place: { area: VILLAGE }, words: '两家为宅基地的滴水起了争执', class: 'dispute' }
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`${address}/api/v1/public/reports`, sent)
  const { matter_id: matter, code: reporter } = (await response.json()) as { matter_id: string; code: string }
  const [dispatcher, mediator] = await Promise.all([Stay.of(address, 'dispatcher'), Stay.of(address, 'mediation')])
  await (await Stay.of(address, 'intake')).act(matter, { type: 'admit', category })
  await dispatcher.act(matter, { type: 'open_mediation', unit: COMMITTEE })
  return { matter, reporter, mediator }
}

/** A mediation that its committee has taken on. */
export class Arranged {
  private constructor(
    readonly address: string,
    readonly mediator: Stay,
    readonly matter: string,
    /** The query code of the report. */
    readonly reporter: string,
    /** The parties' access codes, by their numbers. */
    readonly codes: Record<number, string>,
  ) {}

  static async at(address: string, category = '0401'): Promise<Arranged> {
    const { matter, reporter, mediator } = await openedAt(address, category)
    const parties = [
      { side: 'applicant', name: '甲女士', phone: PHONES.one },
      { side: 'respondent', name: '乙先生', phone: PHONES.other },
    ]
    await mediator.act(matter, { type: 'accept_mediation', origin: 'application', parties })
    const code = async (no: number) =>
      (await mediator.read<{ code: string }>(`/api/v1/matters/${matter}/parties/${no}?purpose=${encodeURIComponent('送达通知')}`)).code
    return new Arranged(address, mediator, matter, reporter, { 1: await code(1), 2: await code(2) })
  }

  act(command: { type: string; [field: string]: unknown }): Promise<void> {
    return this.mediator.act(this.matter, command)
  }

  /** Both have consented and may sit together. */
  async consented(): Promise<void> {
    await this.act({ type: 'record_consent', parties: [1, 2], way: 'spoken', rights: 'spoken' })
    for (const party of [1, 2]) await this.act({ type: 'answer_safety', party, violence: false })
  }

  /** A party says something on its page. */
  async says(no: 1 | 2, command: { type: string; [field: string]: unknown }, one_time_code?: string): Promise<void> {
    const headers = { 'content-type': 'application/json', 'x-party-phone': digitsOf(no) }
    const body = JSON.stringify({ id: makeId(), command, one_time_code })
    const sent = { method: 'POST', headers, body }
    const response = await fetch(`${this.address}/api/v1/public/mediations/${this.codes[no]}/commands`, sent)
    expect(response.ok, await response.text()).toBe(true)
  }

  /** Proposed, signed by both, sealed. */
  async agreed(): Promise<void> {
    await this.consented()
    await this.propose()
    for (const no of [1, 2] as const) await this.says(no, { type: 'sign', version: 1 }, await this.signingCode(no))
    await this.act({ type: 'seal_agreement', version: 1 })
  }

  /** Closed, taken up again by its reporter, and before the committee for a second time. */
  async again(): Promise<void> {
    await this.says(2, { type: 'refuse' })
    const body = JSON.stringify({ id: makeId(), words: '又吵起来了' })
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    const response = await fetch(`${this.address}/api/v1/public/reports/${this.reporter}/reopen`, sent)
    expect(response.ok, await response.text()).toBe(true)
    const dispatcher = await Stay.of(this.address, 'dispatcher')
    await dispatcher.act(this.matter, { type: 'open_mediation', unit: COMMITTEE })
  }

  /** A session in some days of the site's clock. */
  async sessionIn(days: number): Promise<void> {
    const { now } = await this.mediator.read<{ now: string }>('/api/v1/site')
    const starts_at = new Date(Math.floor(new Date(now).getTime() / DAY_MS) * DAY_MS + days * DAY_MS + 2 * 3_600_000)
    await this.act({ type: 'set_session', starts_at, minutes: 90, form: 'together', venue: 'talk_room', place: '村委会一楼' })
  }

  async propose(): Promise<void> {
    const { now } = await this.mediator.read<{ now: string }>('/api/v1/site')
    const due_on = new Date(new Date(now).getTime() + 20 * DAY_MS).toISOString().slice(0, 10)
    const clauses = [
      { by: 2, words: '把屋檐的滴水改到自家院里', due_on },
      { by: 2, words: '赔偿墙面损失', due_on, fen: 120_050 },
      { by: 1, words: '收到后不再追究此事', due_on },
    ]
    await this.act({ type: 'propose_agreement', facts: '双方的房屋相邻，滴水落在对方墙上。', clauses })
  }

  async signingCode(no: number): Promise<string> {
    return (await this.mediator.read<{ code: string }>(`/api/v1/matters/${this.matter}/parties/${no}/one-time-code`)).code
  }

  /** Opens a party's page by the link of its notice. */
  async enter(page: Page, no: 1 | 2): Promise<void> {
    await page.goto(`${this.address}/party/${this.codes[no]}`)
    await page.locator('#party-digits').fill(digitsOf(no))
    await page.locator('form button[type=submit]').click()
    await expect(page.locator('article.party')).toBeVisible()
  }
}
