// What somebody at a desk does.
import type { Page } from '@playwright/test'
import type { PictureFile } from './picture.ts'
import { expect, PASSWORD } from './site.ts'

export async function signInAtDesk(page: Page, address: string, name: string): Promise<void> {
  await page.goto(`${address}/desk/`)
  await page.getByLabel('账号').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible()
}

/** Goes to the queue and opens the matter from there, as one does. */
export async function openFromQueue(page: Page, address: string, words: string): Promise<void> {
  await page.goto(`${address}/desk/queue`)
  const row = page.getByRole('region', { name: '待办事项' }).getByRole('listitem').filter({ hasText: words }).first()
  await row.getByRole('link').first().click()
  await page.getByRole('link', { name: '打开全部情况' }).click()
  await expect(page.getByRole('heading', { name: '现在可以做' })).toBeVisible()
}

/** Opens the form of a command on the matter's page. */
export async function begin(page: Page, command: string): Promise<void> {
  await page.locator('.commands').getByRole('button', { name: command }).first().click()
  await expect(form(page, command)).toBeVisible()
}

export const form = (page: Page, command: string) => page.getByRole('form', { name: command, exact: true })

export async function addPhoto(page: Page, command: string, photo: PictureFile): Promise<void> {
  const inside = form(page, command)
  await inside.locator('input[type=file]').setInputFiles(photo)
  await expect(inside.getByRole('img')).toHaveCount(1)
}

/** The line that says what has just been done. */
export const toast = (page: Page) => page.locator('.toasts .toast').last()

/** Chooses a unit by typing part of its name. */
export async function chooseUnit(page: Page, command: string, name: string): Promise<void> {
  const box = form(page, command).locator('input[role=combobox]').first()
  await box.click()
  await box.fill(name)
  await form(page, command).getByRole('option', { name }).first().click()
}

/** Sends the open form and waits for the page to say that it was done. */
export async function send(page: Page, command: string, button: string): Promise<void> {
  await form(page, command).getByRole('button', { name: button, exact: true }).click()
  await expect(form(page, command)).toHaveCount(0)
}
