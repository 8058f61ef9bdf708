// A mediator's week on the desk and as an agenda on a phone; its address for other calendars, read by a reader of another language.
import type { Page } from '@playwright/test'
import ICAL from 'ical.js'
import { expectAccessible } from '../accessibility.ts'
import { Stay } from '../api.ts'
import { signInAtDesk } from '../desk.ts'
import { DESK, expect, PHONE, shot, test } from '../site.ts'
import { disputeAt } from './disputes.ts'

const TOWN = '421321112'
const NARROW = { viewport: { width: 320, height: 720 } }

/** A dispute with a session that is moved and one that is called off. */
async function arranged(address: string): Promise<string> {
  await disputeAt(address, TOWN, '两家为共用的巷子争起来')
  const mediator = await Stay.of(address, `${TOWN}.mediation`)
  const { id, number } = (await mediator.matters('owed_by=me'))[0]!
  const parties = ['applicant', 'respondent'].map((side, nth) => ({ side, name: ['甲某', '乙某'][nth] }))
  await mediator.act(id, { type: 'accept_mediation', origin: 'application', parties })
  await mediator.act(id, { type: 'record_consent', parties: [1, 2], way: 'spoken', rights: 'spoken' })
  for (const no of [1, 2]) await mediator.act(id, { type: 'answer_safety', party: no, violence: false })
  const session = { type: 'set_session', minutes: 60, form: 'together', venue: 'talk_room', place: '村部一楼东头' }
  await mediator.act(id, { ...session, starts_at: '2024-01-03T09:00:00+08:00' })
  await mediator.act(id, { ...session, starts_at: '2024-01-05T14:00:00+08:00' })
  const moved = { session: 1, starts_at: '2024-01-04T09:30:00+08:00', minutes: 90, reason: '甲某要赶集' }
  await mediator.act(id, { type: 'move_session', ...moved })
  await mediator.act(id, { type: 'cancel_session', session: 2, reason: '乙某生病' })
  return number
}

const day = (page: Page, name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })

async function feedOf(address: string): Promise<ICAL.Event[]> {
  const calendar = new ICAL.Component(ICAL.parse(await (await fetch(address)).text()))
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

test('a week with what is free, and its address for other calendars', async ({ open, server }) => {
  const { address } = server
  const number = await arranged(address)
  const page = await open(DESK)
  await signInAtDesk(page, address, `${TOWN}.mediation`)
  await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '日程' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '我的日程' })).toBeVisible()
  const thursday = day(page, '1月4日（周四）')
  await expect(thursday).toContainText('09:30–11:00')
  await expect(thursday).toContainText('改过 1 次时间')
  await expect(thursday).toContainText('空闲 08:00–09:30、11:00–18:00')
  await expect(thursday).toContainText('个村说事')
  await expect(day(page, '1月5日（周五）')).toContainText('已取消')
  await expect(day(page, '1月5日（周五）')).toContainText('空闲 08:00–18:00')
  await expectAccessible(page)
  await shot(page, 'desk-calendar')

  await page.getByRole('button', { name: '生成地址' }).click()
  const feed = page.getByLabel('这是您的地址，只显示这一次')
  await expect(feed).toHaveValue(/\/api\/v1\/public\/calendars\//)
  await expectAccessible(page)
  const first = await feed.inputValue()
  const events = await feedOf(first)
  const moved = events.find(({ summary }) => summary === `调解 · ${number}`)!
  expect(moved.startDate.toJSDate().toISOString()).toBe('2024-01-04T01:30:00.000Z')
  expect(events.map((event) => event.component.getFirstPropertyValue('status')).sort()).toEqual(['CANCELLED', 'CONFIRMED'])
  const text = await (await fetch(first)).text()
  for (const said of ['甲某', '乙某', '赶集', '生病', '东头']) expect(text).not.toContain(said)
  await page.getByRole('button', { name: '换一个新地址' }).click()
  await expect(feed).not.toHaveValue(first)
  expect((await fetch(first)).status).toBe(404)
  await expect(page.getByRole('button', { name: '停用' })).toBeVisible()
  const second = await feed.inputValue()
  await page.getByRole('button', { name: '停用' }).click()
  await expect(page.getByText('现在没有地址。')).toBeVisible()
  expect((await fetch(second)).status).toBe(404)

  await page.getByRole('link', { name: number }).first().click()
  await expect(page.getByRole('heading', { name: '现在可以做' })).toBeVisible()
})

test('on a phone it is an agenda, in English too', async ({ open, server }) => {
  const town = '421321113'
  for (const [name, size] of [
    ['phone', PHONE],
    ['narrow', NARROW],
  ] as const) {
    const page = await open(size)
    await signInAtDesk(page, server.address, `${town}.mediation`)
    await page.goto(`${server.address}/desk/calendar?from=2024-01-10`)
    await expect(page.getByText('这一周没有约谈')).toBeVisible()
    await page.getByRole('button', { name: /English/ }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByRole('heading', { name: 'My calendar' })).toBeVisible()
    await expect(page.getByText('Monday 8 January')).toBeVisible()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide, 'it scrolls sideways').toBeLessThanOrEqual(0)
    await expectAccessible(page)
    await shot(page, `desk-calendar-${name}`)
  }
})
