// A mediator takes a dispute on, asks both sides, sits with them, and puts an agreement before them; the page says what calls
// for a second look.
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility.ts'
import { Stay } from '../api.ts'
import { begin, form, openFromQueue, send, signInAtDesk } from '../desk.ts'
import { DESK, expect, shot, test } from '../site.ts'
import { disputeAt } from './disputes.ts'

const section = (page: Page) => page.getByRole('region', { name: '调解', exact: true })
const stands = (page: Page) => section(page).locator('.stands')

async function accept(page: Page): Promise<void> {
  await begin(page, '接下调解')
  const card = form(page, '接下调解')
  await card.getByRole('button', { name: '接下', exact: true }).click()
  await expect(card.getByRole('alert')).toContainText('每一方都要写姓名或单位')
  const first = card.getByRole('group', { name: '当事人 1' })
  await first.getByLabel('姓名或单位全称').fill('甲某')
  await first.getByLabel('手机号').fill('13800000001')
  await card.getByRole('group', { name: '当事人 2' }).getByLabel('姓名或单位全称').fill('乙某')
  await expectAccessible(page)
  await send(page, '接下调解', '接下')
}

/** Each party is asked alone, from its own line. */
async function answersNo(page: Page, name: string): Promise<void> {
  await section(page).getByRole('button', { name: new RegExp(`回答安全问题.*${name}`) }).click()
  const card = form(page, '回答安全问题')
  await expect(card.getByRole('radio', { name })).toBeChecked()
  await card.getByLabel('没有', { exact: true }).check()
  await send(page, '回答安全问题', '记下回答')
}

test('a dispute is taken on, talked over and agreed', async ({ open, server }) => {
  const words = '邻居砌院墙占了我家地界一尺多'
  await disputeAt(server.address, '421321110', words)
  const page = await open(DESK)
  await signInAtDesk(page, server.address, '421321110.mediation')
  await openFromQueue(page, server.address, words)
  await expect(stands(page)).toContainText('还没有接下')
  await accept(page)
  await expect(stands(page)).toContainText('等甲某、乙某同意调解')
  await expect(page.locator('.commands')).toContainText('要每一方都同意，才能往下走')

  await begin(page, '记下同意调解')
  const consent = form(page, '记下同意调解')
  await consent.getByLabel('甲某').check()
  await consent.getByLabel('乙某').check()
  await send(page, '记下同意调解', '记下同意')
  await expect(stands(page)).toContainText('等甲某、乙某单独回答')
  await answersNo(page, '甲某')
  await answersNo(page, '乙某')
  await expectAccessible(page)

  await begin(page, '约定调解时间')
  const set = form(page, '约定调解时间')
  await set.getByLabel('什么时候：哪天').fill('2024-01-04')
  await set.getByLabel('什么时候：几点').fill('09:30')
  await set.getByLabel('具体地方').fill('村委会二楼')
  await expectAccessible(page)
  await send(page, '约定调解时间', '约定')
  await expect(stands(page)).toContainText('约好1月4日（周四）09:30–10:30调解')

  await holdOnTheSpot(page)
  await propose(page)
  await expectAccessible(page)
  await shot(page, 'desk-mediation')
})

/** The one that was set lies ahead; they met in the yard before. */
async function holdOnTheSpot(page: Page): Promise<void> {
  await begin(page, '记录调解')
  const held = form(page, '记录调解')
  await held.getByLabel('不是约好的，是临时谈的').check()
  await held.getByLabel('谈了多少分钟').fill('30')
  await held.getByLabel('甲某').check()
  await held.getByLabel('乙某').check()
  await held.getByLabel('谈的经过').fill('在院墙边量了界，双方都说愿意让一步。')
  await send(page, '记录调解', '记下')
  await expect(section(page).getByRole('region', { name: '调解安排和记录' })).toContainText('在院墙边量了界')
}

async function propose(page: Page): Promise<void> {
  await begin(page, '拟定协议')
  const card = form(page, '拟定协议')
  await card.getByLabel('事实、争议和各方的责任').fill('院墙越界一尺二寸，双方核对过老界石。')
  const first = card.getByRole('group', { name: '第 1 条' })
  await first.getByLabel('谁来做').selectOption('乙某')
  await first.getByLabel('做什么').fill('把越界的一段墙拆掉，补偿甲某')
  await first.getByLabel('最晚哪天').fill('2024-01-20')
  await first.getByLabel('金额').fill('3000.50')
  await card.getByRole('button', { name: '＋ 加一条' }).click()
  const second = card.getByRole('group', { name: '第 2 条' })
  await second.getByLabel('谁来做').selectOption('甲某')
  await second.getByLabel('做什么').fill('把东边的空地过户给乙某')
  await second.getByLabel('最晚哪天').fill('2024-02-20')
  await expect(second.getByRole('status')).toContainText('要登记才算数')
  await expectAccessible(page)
  await send(page, '拟定协议', '请各方看')
  await expect(stands(page)).toContainText('协议第 1 稿还差：甲某签字、乙某签字、调解员签字盖章')
  const clauses = section(page).getByRole('table', { name: '协议各条' })
  await expect(clauses.getByRole('row').nth(1)).toContainText('3,000.50 元')
  await expect(clauses.getByRole('row').nth(2)).toContainText('再看一眼：不动产和知识产权的归属要登记才算数')
}

test('a time that is taken is refused with those that are free', async ({ open, server }) => {
  const town = '421321111'
  const words = ['两家为排水沟争起来', '两家为晒谷场争起来'] as const
  for (const one of words) await disputeAt(server.address, town, one)
  const mediator = await Stay.of(server.address, `${town}.mediation`)
  for (const { id } of await mediator.matters('owed_by=me')) {
    const party = (side: string, name: string) => ({ side, name })
    const parties = [party('applicant', '甲某'), party('respondent', '乙某')]
    await mediator.act(id, { type: 'accept_mediation', origin: 'application', parties })
    await mediator.act(id, { type: 'record_consent', parties: [1, 2], way: 'spoken', rights: 'spoken' })
    for (const no of [1, 2]) await mediator.act(id, { type: 'answer_safety', party: no, violence: false })
  }
  const page = await open(DESK)
  await signInAtDesk(page, server.address, `${town}.mediation`)
  for (const one of words) {
    await openFromQueue(page, server.address, one)
    await begin(page, '约定调解时间')
    const set = form(page, '约定调解时间')
    await set.getByLabel('什么时候：哪天').fill('2024-01-05')
    await set.getByLabel('什么时候：几点').fill('09:00')
    await set.getByRole('button', { name: '约定', exact: true }).click()
    if (one === words[0]) await expect(set).toHaveCount(0)
  }
  const set = form(page, '约定调解时间')
  await expect(set.getByRole('alert')).toContainText('请从空闲的时间里选')
  await expectAccessible(page)
  await set.getByRole('button', { name: /1月5日（周五）10:00/ }).click()
  await expect(set.getByLabel('什么时候：几点')).toHaveValue('10:00')
  await send(page, '约定调解时间', '约定')
  await expect(stands(page)).toContainText('10:00–11:00')
})
