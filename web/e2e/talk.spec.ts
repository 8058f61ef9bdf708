// A village lead holds a talk day on the phone: three things are raised, one of them without a network; one becomes a matter,
// one is promised and kept; the answers are published, and a resident reads them.
import { expectAccessible } from './accessibility.ts'
import { Stay } from './api.ts'
import { signInAtDesk } from './desk.ts'
import { signInInTheField } from './field.ts'
import { DESK, expect, PHONE, shot, test } from './site.ts'
import type { Page } from '@playwright/test'
import ICAL from 'ical.js'

const VILLAGE = '421321118002'
const LEAD = `${VILLAGE}.village_lead`

const received = (page: Page) => expect(page.getByText('都已收到')).toBeVisible()

async function note(page: Page, topic: string, words: string): Promise<void> {
  await page.getByRole('button', { name: '记一件事' }).click()
  const form = page.getByRole('form', { name: '记一件事' })
  await form.getByText(topic, { exact: true }).click()
  await form.getByLabel('说了什么').fill(words)
  await form.getByRole('button', { name: '存下' }).click()
}

/** A step about one thing, through the outbox to the server's word. */
async function about(page: Page, said: string, step: string, fill: (form: ReturnType<Page['getByRole']>) => Promise<void>) {
  const item = page.getByRole('listitem').filter({ hasText: said }).last()
  await item.getByRole('button', { name: step }).click()
  const form = page.getByRole('form', { name: step })
  await fill(form)
  await form.getByRole('button', { name: '存下' }).click()
  await received(page)
}

test('a talk day on the phone, from what is raised to what everybody reads', async ({ open, server }) => {
  const { address } = server
  const lead = await Stay.of(address, LEAD)
  const { now, zone } = (await (await fetch(`${address}/api/v1/site`)).json()) as { now: string; zone: string }
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(now))
  await lead.plan({ area: VILLAGE, slot: today, begins: '09:00', ends: '11:00', place_words: '打谷场，带凳子' })

  const page = await open(PHONE)
  await signInInTheField(page, address, LEAD)
  await page.getByRole('link', { name: '说事日' }).click()
  await expectAccessible(page)
  await page.getByRole('link').filter({ hasText: '打谷场' }).click()
  await page.getByRole('button', { name: '开始说事' }).click()
  await page.getByLabel('来了多少人').fill('19')
  await page.getByRole('form', { name: '开始说事' }).getByRole('button', { name: '存下' }).click()
  await expect(page.getByText('来了 19 人')).toBeVisible()

  await note(page, '要求解决', '老王家门口的路灯坏了')
  await received(page)
  await note(page, '村务财务', '修渠的钱怎么花的')
  await received(page)
  await page.context().setOffline(true)
  await note(page, '合理建议', '塘边立个牌子')
  await expect(page.getByText('已存在这部手机上，有网就传。')).toBeVisible()
  await shot(page, 'talk-offline')
  await expectAccessible(page)
  await page.context().setOffline(false)
  await expect(page.getByText('3. 合理建议')).toBeVisible()

  await about(page, '修渠的钱', '当场答复', (form) => form.getByLabel('怎么答复的').fill('会计念了账'))
  await about(page, '塘边立个牌子', '作出承诺', async (form) => {
    await form.getByLabel('哪天前办好').fill('2024-01-20')
    await form.getByLabel('承诺了什么').fill('这周立牌')
  })
  await about(page, '老王家', '转成事项', (form) => form.getByLabel('是什么事').fill('村口路灯坏了'))
  await expect(page.getByRole('link', { name: /转成事项 SZ-421321118-/ })).toBeVisible()

  await page.getByRole('button', { name: '公布答复' }).click()
  const form = page.getByRole('form', { name: '公布答复' })
  await expect(form.getByLabel('第 1 件写给大家看的话')).toHaveValue('')
  await form.getByLabel('第 1 件写给大家看的话').fill('村口路灯已报镇里修')
  await form.getByLabel('第 2 件写给大家看的话').fill('修渠收支当场念过')
  await form.getByLabel('第 3 件写给大家看的话').fill('塘边这周立牌')
  await form.getByRole('button', { name: '公布答复' }).click()
  await expect(page.getByText('已公布：塘边这周立牌')).toBeVisible()
  await about(page, '塘边立个牌子', '承诺办了没有', (form) => form.getByLabel('办得怎么样').fill('牌子立好了'))
  await expect(page.getByText('已兑现')).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'talk-published')

  const resident = await open(PHONE)
  await resident.goto(`${address}/talk/${VILLAGE}`)
  await expect(resident.getByText('塘边这周立牌')).toBeVisible()
  await expect(resident.getByText('来了 19 人')).toBeVisible()
  await expect(resident.getByText('已兑现')).toBeVisible()
  await expectAccessible(resident)
  const all = await resident.locator('body').innerText()
  for (const said of ['老王', '会计念了账', '这周立牌', '牌子立好了']) {
    expect(all.replaceAll('塘边这周立牌', ''), `${said} was said, not published`).not.toContain(said)
  }
  await shot(resident, 'talk-resident')
})

test('a resident chooses a village, and home shows its next talk days', async ({ open, server }) => {
  const page = await open(PHONE)
  await page.goto(`${server.address}/`)
  await page.getByRole('link', { name: '选我的村' }).click()
  await page.getByLabel('县（区）').selectOption({ label: '随县' })
  await page.getByLabel('镇（街道）').selectOption({ label: '柳林镇' })
  await page.getByLabel('村（社区）').selectOption({ label: '雁子河村' })
  await expect(page.getByRole('heading', { level: 1, name: /雁子河村/ })).toBeVisible()
  await page.goto(`${server.address}/`)
  const talk = page.getByRole('region', { name: /雁子河村/ })
  await expect(talk).toContainText('1月4日（周四） 09:00–11:00')
  await expect(talk).toContainText('逢四说事室')
  await expectAccessible(page)
})

test('the calendar feed is read by a reader of another language', async ({ server }) => {
  const text = await (await fetch(`${server.address}/api/v1/public/areas/421321117204/talk-days.ics`)).text()
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
  const first = events.find(({ uid }) => uid === '421321117204-20240104@talk-days.fengsi')!
  expect(first.startDate.toJSDate().toISOString()).toBe('2024-01-04T01:00:00.000Z')
  expect(first.endDate.toJSDate().toISOString()).toBe('2024-01-04T03:00:00.000Z')
  expect(first.summary).toBe('逢四说事 · 雁子河村')
  expect(first.location).toBe('逢四说事室（村部一楼）')
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length)
})

test('the director sees what is owed, and sets when and where villages talk', async ({ open, server }) => {
  const { address } = server
  const village = '421321117206'
  const lead = await Stay.of(address, `${village}.village_lead`)
  await lead.plan({ area: village, slot: '2023-12-31', place_words: '打谷场' })
  const page = await open(DESK)
  await signInAtDesk(page, address, 'director')
  await page.getByRole('link', { name: '说事', exact: true }).click()
  await expect(page.getByRole('heading', { name: '没有等答复的事，也没有未了的承诺。' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: '以往的' }).click()
  await page.getByRole('link', { name: /12月31日/ }).click()
  await expect(page.getByText('这一次没有人提事。')).toBeVisible()
  await expectAccessible(page)

  await page.goto(`${address}/desk/talk/habits`)
  await page.getByRole('button', { name: '登记一个地点' }).click()
  await page.getByLabel('村（社区）').selectOption(village)
  await page.getByLabel('名称').fill('祠堂')
  await page.getByRole('form', { name: '登记一个地点' }).getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('cell', { name: '祠堂', exact: true })).toBeVisible()
  const rule = page.getByRole('form', { name: '什么时候说事' })
  await rule.getByLabel('用在哪里').selectOption(village)
  await rule.getByLabel('什么时候说事').selectOption({ label: '另写一条规则（RFC 5545）' })
  await rule.getByLabel('规则', { exact: true }).fill('每月逢四')
  await rule.getByRole('button', { name: '保存' }).click()
  await expect(rule.getByRole('alert')).toContainText('这条规则看不懂')
  await rule.getByLabel('什么时候说事').selectOption({ label: '每周四' })
  await rule.locator('#rule-place').selectOption({ label: '祠堂' })
  await expectAccessible(page)
  await rule.getByRole('button', { name: '保存' }).click()
  await page.goto(`${address}/talk/${village}`)
  await expect(page.getByText('1月11日（周四）')).toBeVisible()
  await expect(page.getByText('祠堂').first()).toBeVisible()
})
