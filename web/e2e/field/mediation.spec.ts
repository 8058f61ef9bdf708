// A mediator on the road: sessions, private talks and agreements are written down without a network, sent once when it comes back, and
// what was moved or stopped in the meantime is told without losing a word.
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility.ts'
import { kept, signInInTheField } from '../field.ts'
import { picture } from '../picture.ts'
import { Arranged } from '../resident/party.ts'
import { expect, PHONE, shot, test, type Opener } from '../site.ts'

const MEDIATOR = 'mediation'
const SMALL = { ...PHONE, viewport: { width: 320, height: 640 } }
const command = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const form = (page: Page, name: string) => page.getByRole('form', { name, exact: true })
const offline = (page: Page, off: boolean) => page.context().setOffline(off)
const waiting = (page: Page, n: number) => expect(page.getByText(new RegExp(`未上传 ${n}`))).toBeVisible()

/** A mediation whose two sides may sit together, with a session that is set; each test has its own day of the mediator's. */
async function arranged(address: string, days: number): Promise<Arranged> {
  const dispute = await Arranged.at(address)
  await dispute.consented()
  await dispute.sessionIn(days)
  return dispute
}

/** Signs a mediator's phone in and opens the mediation once, so that the phone keeps it. */
async function opened(open: Opener, dispute: Arranged, options: Parameters<Opener>[0] = PHONE): Promise<Page> {
  const page = await open(options)
  await signInInTheField(page, dispute.address, MEDIATOR)
  await kept(page)
  await page.goto(`${dispute.address}/field/mediations/${dispute.matter}`)
  await expect(command(page, '记录调解')).toBeVisible()
  return page
}

async function writesTheRecord(page: Page, course: string): Promise<void> {
  const record = form(page, '记录调解')
  await record.getByRole('group', { name: '谁到场了' }).getByLabel('甲女士').check()
  await record.getByRole('group', { name: '谁到场了' }).getByLabel('乙先生').check()
  await record.getByLabel('谈的经过').fill(course)
}

/** Everything that the phone has on its disk, as one text. */
const onTheDisk = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [{ ...localStorage }]
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error as Error)
      })
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name!))
      for (const store of database.objectStoreNames) found.push(await asked(database.transaction(store).objectStore(store).getAll()))
      database.close()
    }
    return JSON.stringify(found)
  })

test('a session, a private talk and an agreement are written without a network and sent once', async ({ open, server }) => {
  const dispute = await arranged(server.address, 3)
  const page = await open(PHONE)
  await signInInTheField(page, server.address, MEDIATOR)
  await kept(page)
  await page.getByRole('link', { name: '我的调解' }).click()
  const row = page.getByRole('listitem').filter({ hasText: '说事室' }).first()
  await expect(row).toContainText('1月5日（周五）')
  await expectAccessible(page)
  await shot(page, 'field-mediations')
  await page.goto(`${server.address}/field/mediations/${dispute.matter}`)
  await expect(page.getByRole('heading', { name: /下一次：1月5日（周五）/ })).toBeVisible()
  await expect(command(page, '记口头协议')).toHaveCount(0)
  await expectAccessible(page)
  await shot(page, 'field-mediation')

  await offline(page, true)
  await page.reload()
  await expect(page.getByText('没有网络，这是')).toBeVisible()
  await expect(page.getByRole('region', { name: '当事人' })).toContainText('甲女士')
  await command(page, '记录调解').click()
  await form(page, '记录调解').getByRole('button', { name: '存下' }).click()
  await expect(page.getByRole('alert').first()).toContainText('请选谁到场了')
  await expectAccessible(page)
  await shot(page, 'field-mediation-mistakes')
  await writesTheRecord(page, '在滴水处看了现场，双方愿意各让一步。')
  await form(page, '记录调解').getByLabel('结果和下一步').fill('周五签字')
  await form(page, '记录调解').locator('input[type=file]').setInputFiles(picture('record', 12))
  await expect(form(page, '记录调解').getByRole('img')).toHaveCount(1)
  // The phone dies; what was written is still there.
  await page.reload()
  await command(page, '记录调解').click()
  await expect(form(page, '记录调解').getByRole('img')).toHaveCount(1)
  await expect(form(page, '记录调解').getByLabel('谈的经过')).toHaveValue('在滴水处看了现场，双方愿意各让一步。')
  await expect(form(page, '记录调解').getByLabel('甲女士')).toBeChecked()
  await form(page, '记录调解').getByRole('button', { name: '存下' }).click()
  await waiting(page, 1)

  await command(page, '记单独谈话').click()
  await form(page, '记单独谈话').getByLabel('乙先生').check()
  await form(page, '记单独谈话').getByLabel('单独说的话').fill('最多赔一千二')
  await expectAccessible(page)
  await form(page, '记单独谈话').getByRole('button', { name: '存下' }).click()
  await waiting(page, 2)
  await agreesOrally(page)
  await waiting(page, 3)
  await expectAccessible(page)
  await shot(page, 'field-mediation-waiting')

  await offline(page, false)
  await expect(page.getByText('都已收到')).toBeVisible()
  await expect(page.getByRole('heading', { name: '达成了协议，调解已经结束。' })).toBeVisible()
  await expect(page.getByText('您上次看过以后，有变化')).toHaveCount(0)
  await expect(page.getByText('最多赔一千二')).toBeVisible()
  await shot(page, 'field-mediation-sent')
  const { matter } = await dispute.mediator.read<Told>(`/api/v1/matters/${dispute.matter}`)
  expect(matter.mediation.sessions.map(({ words }) => words)).toEqual(['在滴水处看了现场，双方愿意各让一步。\n结果和下一步：周五签字'])
  expect(matter.photo_list).toHaveLength(1)
  expect(matter.mediation.said).toHaveLength(1)
  expect(matter.mediation.agreement.clauses).toMatchObject([{ by: 2, fen: 120_000 }])
  const disk = await onTheDisk(page)
  expect(disk).toContain('甲女士')
  for (const secret of ['最多赔一千二', '在滴水处看了现场']) expect(disk, `${secret} stays on the phone`).not.toContain(secret)
})

interface Told {
  matter: {
    photo_list: unknown[]
    mediation: {
      sessions: { words: string; state: string }[]
      said: unknown[]
      agreement: { clauses: { by: number; fen?: number }[] }
    }
  }
}

/** It follows the session that waits on the phone. */
async function agreesOrally(page: Page): Promise<void> {
  await command(page, '记口头协议').click()
  const card = form(page, '记口头协议')
  await card.getByRole('button', { name: '存下' }).click()
  await expect(card.getByRole('alert')).toContainText('第 1 条：请选谁来做')
  await card.getByLabel('事实、争议和各方的责任').fill('滴水落在对方墙上，双方都认可。')
  await card.getByLabel('谁来做').selectOption('乙先生')
  await card.getByLabel('做什么').fill('赔偿墙面损失')
  await card.getByLabel('最晚哪天').fill('2024-01-20')
  await card.getByLabel('金额').fill('1,200')
  await expectAccessible(page)
  await shot(page, 'field-mediation-oral')
  await card.getByRole('button', { name: '存下' }).click()
}

test('a party who stopped while the phone was away ends it, and nothing that was written is lost', async ({ open, server }) => {
  const dispute = await arranged(server.address, 4)
  const page = await opened(open, dispute)
  await offline(page, true)
  await command(page, '记录调解').click()
  await writesTheRecord(page, '谈到一半，乙先生走了。')
  await form(page, '记录调解').getByRole('button', { name: '存下' }).click()
  await command(page, '记单独谈话').click()
  await form(page, '记单独谈话').getByLabel('单独说的话').fill('还没写完的话')
  await dispute.says(2, { type: 'refuse', words: '不谈了' })
  await offline(page, false)
  await expect(page.getByText('有一方中途不调了，已经结束，不能再谈。').first()).toBeVisible()
  await expect(page.getByText('您写的没有丢')).toBeVisible()
  await expect(form(page, '记单独谈话').getByLabel('单独说的话')).toHaveValue('还没写完的话')
  await expect(page.getByRole('region', { name: '调解安排和记录' })).toContainText('已取消')
  await expectAccessible(page)
  await shot(page, 'field-mediation-stopped')
  await page.getByRole('link', { name: /要处理 1/ }).click()
  const card = page.getByRole('listitem').filter({ hasText: '记录调解' })
  await expect(card).toContainText('谈到一半，乙先生走了。')
  await expectAccessible(page)
  await shot(page, 'field-mediation-refused')
  await card.getByRole('link', { name: '改一改再交' }).click()
  await expect(form(page, '记录调解').getByLabel('谈的经过')).toHaveValue('谈到一半，乙先生走了。')
  await expect(form(page, '记录调解').getByRole('status').first()).toContainText('不能做这一步')
})

test('of two phones that record one session the second hears of it and mends its own', async ({ open, server }) => {
  const dispute = await arranged(server.address, 5)
  const [one, other] = [await opened(open, dispute), await opened(open, dispute)]
  await offline(other, true)
  for (const page of [one, other]) {
    await command(page, '记录调解').click()
    await writesTheRecord(page, page === one ? '第一部手机记的' : '第二部手机记的')
    await form(page, '记录调解').getByRole('button', { name: '存下' }).click()
  }
  await expect(one.getByText('都已收到')).toBeVisible()
  await offline(other, false)
  await expect(other.getByText('那一次已经有人记录了')).toBeVisible()
  await other.getByRole('link', { name: /要处理 1/ }).click()
  await other.getByRole('link', { name: '改一改再交' }).click()
  const record = form(other, '记录调解')
  await expect(record.getByLabel('谈的经过')).toHaveValue('第二部手机记的')
  await record.getByRole('button', { name: '存下' }).click()
  await expect(record.getByRole('alert')).toContainText('请重新选记哪一次')
  await expectAccessible(other)
  await shot(other, 'field-mediation-second-phone')
  await record.getByLabel('不是约好的，临时谈的').check()
  await record.getByLabel('谈了多少分钟').fill('30')
  await record.getByRole('button', { name: '存下' }).click()
  await expect(other.getByText('都已收到')).toBeVisible()
  const { matter } = await dispute.mediator.read<Told>(`/api/v1/matters/${dispute.matter}`)
  expect(matter.mediation.sessions.map(({ words }) => words).sort()).toEqual(['第一部手机记的', '第二部手机记的'])
})

test('a session that was moved is told in English on a small dark phone, and signing out clears it', async ({ open, server }) => {
  const dispute = await arranged(server.address, 6)
  const page = await opened(open, dispute, { ...SMALL, colorScheme: 'dark' })
  await page.goto(`${server.address}/field/me`)
  await page.getByRole('button', { name: 'EN' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Me' })).toBeVisible()
  await page.goto(`${server.address}/field/mediations/${dispute.matter}`)
  await expect(command(page, 'Record a session')).toBeVisible()
  await offline(page, true)
  await dispute.act({ type: 'move_session', session: 1, starts_at: '2024-01-09T02:00:00Z', minutes: 60, reason: '对方出差' })
  await offline(page, false)
  await expect(page.getByText('The session of Monday 8 January, 10:00–11:30 was moved to Tuesday 9 January, 10:00–11:00.')).toBeVisible()
  await command(page, 'Record a session').click()
  await form(page, 'Record a session').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Choose who was there')
  await expectAccessible(page)
  await shot(page, 'field-mediation-english')
  await form(page, 'Record a session').getByLabel('How it went').fill('half a sentence')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(wide, 'the page is wider than the phone').toBe(false)
  await page.goto(`${server.address}/field/me`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('alert')).toContainText('1 unfinished form')
  await page.getByRole('button', { name: 'Sign out all the same' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  const disk = await onTheDisk(page)
  for (const left of ['甲女士', 'half a sentence']) expect(disk, `${left} stays after signing out`).not.toContain(left)
})

test('who spoke of violence is talked with alone, and the phone says so', async ({ open, server }) => {
  const dispute = await Arranged.at(server.address)
  await dispute.act({ type: 'record_consent', parties: [1, 2], way: 'spoken', rights: 'spoken' })
  await dispute.act({ type: 'answer_safety', party: 1, violence: true })
  const page = await opened(open, dispute, SMALL)
  await expect(page.getByRole('region', { name: '现在要办的' })).toContainText('甲女士说到家庭暴力或害怕：只能分开谈。有危险请打 110。')
  await offline(page, true)
  await command(page, '记录调解').click()
  const record = form(page, '记录调解')
  await expect(record.getByLabel('分开谈')).toBeChecked()
  await record.getByLabel('一起谈').check()
  await record.getByLabel('谈了多少分钟').fill('20')
  await writesTheRecord(page, '单独听了她说的。')
  await record.getByRole('button', { name: '存下' }).click()
  await waiting(page, 1)
  await offline(page, false)
  await page.getByRole('link', { name: /要处理 1/ }).click()
  await page.getByRole('link', { name: '改一改再交' }).click()
  await expect(record.getByRole('status').first()).toContainText('只能分开谈')
  await record.getByLabel('分开谈').check()
  await record.getByRole('button', { name: '存下' }).click()
  await expect(record.getByRole('alert')).toContainText('请选和哪一方谈的')
  await record.getByRole('group', { name: '和哪一方谈的' }).getByLabel('甲女士').check()
  await expect(record.getByRole('alert')).toContainText('到场的只能是那一方')
  await record.getByRole('group', { name: '谁到场了' }).getByLabel('乙先生').uncheck()
  await expectAccessible(page)
  await shot(page, 'field-mediation-apart')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(wide, 'the page is wider than the phone').toBe(false)
  await record.getByRole('button', { name: '存下' }).click()
  await expect(page.getByText('都已收到')).toBeVisible()
  await expect(page.getByRole('region', { name: '调解安排和记录' })).toContainText('单独和甲女士谈')
})
