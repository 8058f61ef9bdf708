// The papers of a mediation: what is missing, what one takes with a purpose, how the file is put together; and a party's own copy.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility.ts'
import { form, send, signInAtDesk } from '../desk.ts'
import { Arranged } from '../resident/party.ts'
import { DESK, expect, PHONE, shot, test, type Opener } from '../site.ts'

const part = (page: Page) => page.getByRole('region', { name: '卷宗' })

/** Signed by both with their codes, and sealed. */
async function agreed(address: string): Promise<Arranged> {
  const arranged = await Arranged.at(address)
  await arranged.consented()
  const present = { present: [1, 2], words: '双方当面说了滴水的经过，都愿意让一步。' }
  await arranged.act({ type: 'hold_session', minutes: 1, form: 'together', venue: 'talk_room', ...present })
  await arranged.propose()
  return arranged
}

async function signedOnPhones(open: Opener, arranged: Arranged): Promise<void> {
  for (const no of [1, 2] as const) {
    const page = await open(PHONE)
    await arranged.enter(page, no)
    await page.getByLabel('签字码').fill(await arranged.signingCode(no))
    await page.getByRole('button', { name: '我看过了，签字', exact: true }).click()
    await expect(page.getByText('您已签字。')).toBeVisible()
  }
  await arranged.act({ type: 'seal_agreement', version: 1 })
}

/** A site that has no program for PDF. */
async function withoutPdf(page: Page): Promise<void> {
  const body = JSON.stringify({ code: 'paper_missing', status: 503, detail: 'there is no fengsi-paper', params: {} })
  const answer = { status: 503, contentType: 'application/problem+json', body }
  await page.route(/format=pdf/, (route) => route.fulfill(answer))
}

async function noted(page: Page, name: string, paper: string): Promise<void> {
  await part(page).getByRole('button', { name: '登记看过的证件' }).click()
  const card = form(page, '登记看过的证件')
  await card.getByLabel(name).check()
  await card.getByLabel(paper).check()
  await send(page, '登记看过的证件', '记下')
}

test('a dossier says what is missing, is put together and taken with a purpose', async ({ open, server }) => {
  const arranged = await agreed(server.address)
  await signedOnPhones(open, arranged)
  const page = await open(DESK)
  await withoutPdf(page)
  await signInAtDesk(page, server.address, 'mediation')
  await page.goto(`${server.address}/desk/matters/${arranged.matter}`)
  await part(page).getByRole('button', { name: '打开卷宗' }).click()
  await expect(part(page)).toContainText('没有看过甲女士的证件')
  await expect(part(page)).toContainText('还没有立卷')
  await expectAccessible(page)

  const whole = part(page).getByRole('listitem').filter({ hasText: '整卷' })
  await whole.getByRole('button', { name: 'Word' }).click()
  await expect(part(page).getByRole('alert')).toContainText('请写明拿去做什么')
  await part(page).getByLabel('拿去做什么').fill('立卷归档')
  await whole.getByRole('button', { name: 'PDF' }).click()
  await expect(part(page)).toContainText('本站没有装生成 PDF 的程序')
  await expect(part(page).getByRole('button', { name: 'PDF' })).toHaveCount(0)
  const [file] = await Promise.all([page.waitForEvent('download'), whole.getByRole('button', { name: 'Word' }).click()])
  expect(file.suggestedFilename()).toMatch(/-volume\.docx$/)
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK')

  await noted(page, '甲女士', '居民身份证')
  await noted(page, '乙先生', '户口簿')
  await part(page).getByRole('button', { name: '立卷', exact: true }).click()
  const card = form(page, '立卷')
  await card.getByLabel('调解记录', { exact: true }).check()
  await card.getByLabel('受理登记表').check()
  await card.getByLabel('权利义务告知书').check()
  await card.getByLabel('长期').check()
  await expectAccessible(page)
  await send(page, '立卷', '立卷')
  await expect(part(page).locator('header')).toContainText('齐了')
  await part(page).getByRole('button', { name: '收起' }).scrollIntoViewIfNeeded()
  await shot(page, 'desk-dossier')
  await page.getByRole('button', { name: 'EN' }).click()
  await expect(page.getByRole('region', { name: 'Dossier' }).locator('header')).toContainText('complete')
  await shot(page, 'desk-dossier-english')
})

test('a party takes home its own copy of the agreement', async ({ open, server }) => {
  const arranged = await agreed(server.address)
  const page = await open(PHONE)
  await withoutPdf(page)
  await arranged.enter(page, 1)
  await expect(page.getByRole('heading', { name: '我的一份协议书' })).toHaveCount(0)
  await signedOnPhones(open, arranged)
  await page.getByRole('button', { name: '看看有没有新的' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载 Word' }).click()])
  expect(file.suggestedFilename()).toMatch(/-agreement\.docx$/)
  await expect(page.getByText('已经下载：')).toBeVisible()
  await page.getByRole('button', { name: '下载 PDF' }).click()
  await expect(page.getByText('这里做不了 PDF')).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'party-copy')
})
