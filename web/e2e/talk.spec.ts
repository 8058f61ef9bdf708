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

test('a day is moved from the phone, and a note that was refused comes back into its form', async ({ open, server }) => {
  const { address } = server
  const village = '421321118200'
  const name = `${village}.village_lead`
  const lead = await Stay.of(address, name)
  await lead.plan({ area: village, slot: '2024-01-03', begins: '09:00', place_words: '村部' })
  const page = await open(PHONE)
  await signInInTheField(page, address, name)
  await page.getByRole('link', { name: '说事日' }).click()
  await page.getByRole('link').filter({ hasText: '村部' }).first().click()
  await page.getByRole('button', { name: '改期' }).click()
  const move = page.getByRole('form', { name: '改期' })
  await move.getByRole('button', { name: '存下' }).click()
  await expect(move.getByRole('alert')).toContainText('请写为什么')
  await move.getByLabel('改到哪天').fill('2024-01-05')
  await move.getByLabel('几点开始').fill('19:30')
  await move.getByLabel('为什么改期').fill('白天农忙')
  await expectAccessible(page)
  await shot(page, 'field-talk-move')
  await move.getByRole('button', { name: '存下' }).click()
  await received(page)
  await expect(page.getByText('改期：原定 1月3日（周三）。白天农忙')).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: /1月5日（周五） 19:30/ })).toBeVisible()

  const day = page.url().split('/').at(-1)!
  await page.context().setOffline(true)
  await note(page, '要求解决', '水塘没有护栏')
  await lead.talk(day, { type: 'cancel', reason: '大雪封路' })
  await page.context().setOffline(false)
  await page.goto(`${address}/field/sync`)
  const card = page.getByRole('listitem').filter({ hasText: '水塘没有护栏' })
  await expect(card).toContainText('说事日现在是「取消」')
  await expectAccessible(page)
  await card.getByRole('link', { name: '改一改' }).click()
  const again = page.getByRole('form', { name: '记一件事' })
  await expect(again.getByLabel('说了什么')).toHaveValue('水塘没有护栏')
  await expect(again.getByLabel('要求解决')).toBeChecked()
  await expectAccessible(page)
  await shot(page, 'field-talk-again')
})

test('the lead holds a talk day at a desk, and whoever was slower is told what happened meanwhile', async ({ open, server }) => {
  const { address } = server
  const village = '421321118201'
  const name = `${village}.village_lead`
  const page = await open(DESK)
  await signInAtDesk(page, address, name)
  await page.getByRole('link', { name: '说事', exact: true }).click()
  await page.getByRole('link', { name: '接下来的' }).first().click()
  await page.getByRole('link', { name: /1月4日/ }).click()
  await expect(page.getByText('还没有人安排这一次')).toBeVisible()
  const step = (title: string) => page.getByRole('form', { name: title, exact: true })
  const send = async (title: string, button: string) => {
    await step(title).getByRole('button', { name: button, exact: true }).click()
    await expect(step(title)).toHaveCount(0)
  }
  await page.getByRole('button', { name: '安排这一次' }).click()
  await step('安排这一次').getByLabel('哪一天').fill('2024-01-02')
  await step('安排这一次').getByLabel('在哪里').selectOption({ label: '另一处（写在下面）' })
  await step('安排这一次').getByRole('button', { name: '安排好' }).click()
  await expect(step('安排这一次').getByRole('alert')).toContainText('地点（如：老槐树下，自带板凳）：请填写')
  await expectAccessible(page)
  await step('安排这一次').getByLabel('地点（如').fill('老祠堂')
  await send('安排这一次', '安排好')
  await expect(page.getByText('老祠堂').first()).toBeVisible()

  // The words stay while one looks elsewhere, and while somebody else moves the day.
  await page.getByRole('button', { name: '改期' }).click()
  await step('改期').getByLabel('原因').fill('祠堂漏雨')
  await step('改期').getByRole('button', { name: '先收起' }).click()
  const id = page.url().split('/').at(-1)!
  await (await Stay.of(address, name)).talk(id, { type: 'note_item', topic: 'request', words: '路灯不亮' })
  await page.getByRole('button', { name: '改期' }).click()
  await step('改期').getByLabel('在哪里').selectOption({ index: 0 })
  await step('改期').getByRole('button', { name: '改期' }).click()
  await expect(step('改期').getByRole('alert')).toContainText('记下第 1 件：要求解决')
  await expect(step('改期').getByLabel('原因')).toHaveValue('祠堂漏雨')
  await expectAccessible(page)
  await send('改期', '按新的情况再提交一次')
  await expect(page.getByText('祠堂漏雨').first()).toBeVisible()

  await page.getByRole('button', { name: '开始说事' }).click()
  await step('开始说事').getByLabel('来了多少人').fill('12')
  await send('开始说事', '开始')
  for (const [topic, said] of [
    ['dispute', '两家争水'],
    ['suggestion', '塘边立牌'],
  ] as const) {
    await page.getByRole('button', { name: '记一件事' }).click()
    await step('记一件事').getByLabel('哪一种事').selectOption(topic)
    await step('记一件事').getByLabel('说了什么').fill(said)
    await send('记一件事', '记下')
    await expect(page.getByText(said).first()).toBeVisible()
  }
  await page.getByRole('button', { name: '公布答复' }).click()
  for (const no of [1, 2, 3]) await step('公布答复').getByLabel(`第 ${no} 件写给大家看的话`).fill(`第 ${no} 件的答复`)
  await step('公布答复').getByRole('button', { name: '公布', exact: true }).click()
  await expect(step('公布答复').getByRole('alert')).toContainText('3 件')
  await shot(page, 'desk-talk-publish')
  await step('公布答复').getByRole('button', { name: '先收起' }).click()

  await page.getByRole('button', { name: '当场答复：1' }).click()
  await step('当场答复').getByLabel('怎么答复的').fill('电工下午来')
  await send('当场答复', '答复')
  await page.getByRole('button', { name: '转成事项：2' }).click()
  await expect(step('转成事项').getByLabel('是什么事')).toHaveValue('两家争水')
  await send('转成事项', '转成事项')
  await expect(page.getByRole('link', { name: /事项 SZ-421321118-/ })).toBeVisible()
  await page.getByRole('button', { name: '作出承诺：3' }).click()
  await step('作出承诺').getByLabel('哪天前办好').fill('2023-12-30')
  await step('作出承诺').getByLabel('承诺了什么').fill('这周立牌')
  await step('作出承诺').getByRole('button', { name: '承诺', exact: true }).click()
  await expect(step('作出承诺').getByRole('alert')).toContainText('哪天前办好')
  await step('作出承诺').getByLabel('哪天前办好').fill('2024-01-20')
  await send('作出承诺', '承诺')
  await page.getByRole('button', { name: '公布答复' }).click()
  await expect(step('公布答复').getByLabel('第 2 件写给大家看的话')).toHaveValue('第 2 件的答复')
  await send('公布答复', '公布')
  await page.getByRole('button', { name: '承诺办了没有：3' }).click()
  await step('承诺办了没有').getByLabel('做到了', { exact: true }).check()
  await step('承诺办了没有').getByLabel('办得怎么样').fill('立好了')
  await send('承诺办了没有', '记下结果')
  const story = page.getByRole('region', { name: '经过' })
  await expect(story.getByRole('listitem').first()).toContainText('第 3 件的承诺做到了')
  await expect(story).toContainText('公布了 3 件的答复')
  await expectAccessible(page)
  await shot(page, 'desk-talk-day')

  const small = await open({ viewport: { width: 320, height: 720 } })
  await signInAtDesk(small, address, name)
  for (const path of [`talk/days/${id}`, 'talk?show=past', 'talk?show=next']) {
    await small.goto(`${address}/desk/${path}`)
    await expect(small.getByRole('link', { name: '说事', exact: true })).toBeVisible()
    await expect(small.getByRole('heading', { level: 1 })).toBeVisible()
    const wide = await small.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
    await expectAccessible(small)
    await shot(small, `desk-talk-narrow-${path.replaceAll(/\W/g, '-').slice(0, 16)}`)
  }
  await small.getByRole('button', { name: /English/ }).click()
  await expect(small.locator('html')).toHaveAttribute('lang', 'en')
  await small.goto(`${address}/desk/talk/days/${id}`)
  await expect(small.getByText('The promise about number 3 was kept')).toBeVisible()
  await shot(small, 'desk-talk-narrow-english')
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
