// What a grid worker or village lead does in the field app.
import type { Page } from '@playwright/test'
import type { PictureFile } from './picture.ts'
import { expect, PASSWORD } from './site.ts'

export async function signInInTheField(page: Page, address: string, name: string): Promise<void> {
  await page.goto(`${address}/field/`)
  await page.getByLabel('账号').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '任务' })).toBeVisible()
}

/** The app is on the phone once its service worker answers for the page. */
export const kept = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })

export async function openTask(page: Page, address: string, words: string): Promise<void> {
  await page.goto(`${address}/field/tasks`)
  await page.getByRole('listitem').filter({ hasText: words }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: '现在可以做' })).toBeVisible()
}

/** Carries out a step through the outbox and waits for the server's word. */
export async function carryOut(page: Page, command: string, label: string, words: string, photo?: PictureFile): Promise<void> {
  await page.getByRole('button', { name: command, exact: true }).click()
  const form = page.getByRole('form', { name: command, exact: true })
  if (photo) {
    await form.locator('input[type=file]').setInputFiles(photo)
    await expect(form.getByRole('img')).toHaveCount(1)
  }
  await form.getByLabel(label).fill(words)
  await form.getByRole('button', { name: command, exact: true }).click()
  await expect(page.getByText('已存在这部手机上，有网就上传。')).toBeVisible()
  await expect(page.getByText('都已收到')).toBeVisible()
}
