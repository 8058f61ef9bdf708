// Those who have to do with a dispute, each in a browser of their own, and what they do again and again.
import type { Locator, Page } from '@playwright/test'
import { begin, form, send, signInAtDesk } from '../desk.ts'
import { signInInTheField } from '../field.ts'
import type { Server } from '../server.ts'
import { expect, PHONE, shot, type Opener } from '../site.ts'

/** As wide as the desk's smallest, and tall, so that a picture shows the whole of a mediation. */
const TALL_DESK = { viewport: { width: 1366, height: 1900 } }
/** The village's committee. */
export const VILLAGE = '421321117204'
export const COMMITTEE = '雁子河村人民调解委员会'
export const MEDIATOR = `${VILLAGE}.mediation`
export const COLLEAGUE = `${VILLAGE}.mediation2`

export interface PartyAt {
  name: string
  phone: string
}
export const ONE: PartyAt = { name: '甲某某', phone: '13872221357' }
export const OTHER: PartyAt = { name: '乙某某', phone: '13987262468' }

export class People {
  private readonly desks = new Map<string, Page>()
  private taken = 0

  constructor(
    readonly server: Server,
    readonly open: Opener,
    /** What the pictures are called by; none are taken without. */
    private readonly walk?: string,
  ) {}

  /** A page at a desk, signed in once. */
  async at(name: string): Promise<Page> {
    const known = this.desks.get(name)
    if (known) return known
    const page = await this.open(TALL_DESK)
    await signInAtDesk(page, this.server.address, name)
    this.desks.set(name, page)
    return page
  }

  async inTheField(name: string): Promise<Page> {
    const page = await this.open(PHONE)
    await signInInTheField(page, this.server.address, name)
    return page
  }

  /** Opens a matter at somebody's desk. */
  async matter(name: string, id: string): Promise<Page> {
    const page = await this.at(name)
    await page.goto(`${this.server.address}/desk/matters/${id}`)
    await expect(page.getByRole('heading', { name: '现在可以做' })).toBeVisible()
    return page
  }

  /** A party's own phone, opened with what its slip says. */
  async phone(party: PartyAt, code: string): Promise<Page> {
    const page = await this.open(PHONE)
    await page.goto(`${this.server.address}/party/${code}`)
    await page.getByLabel('手机号后四位').fill(party.phone.slice(-4))
    await press(page, '进入')
    await expect(page.locator('article.party')).toBeVisible()
    return page
  }

  async look(page: Page, what: string): Promise<void> {
    if (!this.walk) return
    this.taken++
    await shot(page, `${this.walk}-${String(this.taken).padStart(2, '0')}-${what}`)
  }
}

export const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()
export const told = (page: Page): Locator => page.locator('article.party > [role=status]')
export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 })
export const section = (page: Page): Locator => page.getByRole('region', { name: '调解', exact: true })
export const stands = (page: Page): Locator => section(page).locator('.stands')

/** A look at what is new, as somebody takes the phone in hand. */
export async function again(page: Page): Promise<void> {
  await page.reload()
  await expect(page.locator('article.party')).toBeVisible()
}

/** All that a party's page is given, with what it shows. */
export async function everythingOn(page: Page): Promise<string> {
  const answered = page.waitForResponse(/public\/mediations\/[^/]+$/)
  await again(page)
  return (await (await answered).text()) + (await page.locator('body').innerText())
}

/** Carries out a command at the desk: opens its form, fills it, sends it. */
export async function does(page: Page, command: string, button: string, fill: (card: Locator) => Promise<void>): Promise<void> {
  await begin(page, command)
  await fill(form(page, command))
  await send(page, command, button)
}

/** The committee takes the dispute on, with both parties' phones. */
export function accepts(page: Page, parties: readonly PartyAt[] = [ONE, OTHER]): Promise<void> {
  return does(page, '接下调解', '接下', async (card) => {
    for (const [index, party] of parties.entries()) {
      const group = card.getByRole('group', { name: `当事人 ${index + 1}` })
      await group.getByLabel('姓名或单位全称').fill(party.name)
      await group.getByLabel('手机号').fill(party.phone)
    }
  })
}

/** The code of a party, as the mediator reads it out or prints it. */
export async function codeOf(page: Page, party: PartyAt): Promise<string> {
  const line = section(page).locator('.party').filter({ hasText: party.name })
  await line.getByRole('button', { name: /^联系方式和进入码/ }).click()
  await line.getByLabel('为什么要看').fill('把进入码交给本人')
  await line.getByRole('button', { name: '查看', exact: true }).click()
  return (await line.locator('.reach .code').innerText()).trim()
}
