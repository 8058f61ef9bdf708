// What a resident does at the resident site.
import type { Page } from '@playwright/test'
import type { PictureFile } from './picture.ts'
import { expect } from './site.ts'

export const TOWN = '421321117'
export const VILLAGE = '421321117204'

export interface Told {
  words: string
  address?: string
  photos?: PictureFile[]
  phone?: string
}

export async function fillReport(page: Page, address: string, told: Told): Promise<void> {
  await page.goto(`${address}/report`)
  await page.getByLabel('什么事（必填）').fill(told.words)
  if (told.photos) {
    await page.locator('#photos').setInputFiles(told.photos)
    await expect(page.locator('.picker img')).toHaveCount(told.photos.length)
  }
  await page.getByLabel('镇（街道）').selectOption(TOWN)
  await page.getByLabel('村（社区）').selectOption(VILLAGE)
  if (told.address) await page.getByLabel(/具体在什么位置/).fill(told.address)
  if (told.phone) await page.getByLabel(/手机号/).fill(told.phone)
}

export interface Receipt {
  code: string
  number: string
}

export async function readReceipt(page: Page): Promise<Receipt> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText('收到了')
  const read = (term: string) => page.locator('dt', { hasText: term }).locator('xpath=following-sibling::dd[1]').innerText()
  return { code: await read('查询码'), number: await read('编号') }
}

/** Reports the way a resident does and reads the receipt. */
export async function report(page: Page, address: string, told: Told): Promise<Receipt> {
  await fillReport(page, address, told)
  await page.getByRole('button', { name: '看一遍再提交' }).click()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  return readReceipt(page)
}

export const openFollow = async (page: Page, address: string, code: string): Promise<void> => {
  await page.goto(`${address}/follow/${code}`)
}

export interface Truth {
  /** The large sentence: who owes what. */
  now: RegExp
  /** The step of the line that is current; none once all are done. */
  step?: string
  /** The newest entry of the record. */
  newest: RegExp
}

/** Opens the follow page afresh and holds it against what has happened. */
export async function expectTruth(page: Page, address: string, code: string, truth: Truth): Promise<void> {
  await openFollow(page, address, code)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(truth.now)
  await expect(page.locator('ol[aria-label="办理步骤"] li[aria-current=step] .name')).toHaveText(truth.step ? [truth.step] : [])
  await expect(page.getByRole('region', { name: '办理记录' }).locator('li').first()).toContainText(truth.newest)
}
