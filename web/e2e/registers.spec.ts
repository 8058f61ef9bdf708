// The registers of mediation: a director adds a mediator, finds what a committee lacks and mends it; others only read.
import { expectAccessible } from './accessibility.ts'
import { middleOf, reportBy, Stay } from './api.ts'
import { begin, form, signInAtDesk, toast } from './desk.ts'
import { DESK, expect, PHONE, shot, test } from './site.ts'

interface Committee {
  version: number
  kind: string
  approved_by: string
  term: { from: string; until: string }
}

test('a director adds a mediator, and ends the term', async ({ open, server }) => {
  const page = await open(DESK)
  await signInAtDesk(page, server.address, '421321106.director')
  await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '调解' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '调解名册' })).toBeVisible()
  const rows = page.getByRole('table', { name: '调解员' }).getByRole('row')
  await expect(rows.nth(1)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '登记调解员' }).click()
  const card = page.getByRole('form', { name: '调解员' })
  await card.getByRole('button', { name: '保存' }).click()
  await expect(card.getByRole('alert')).toContainText('姓名：请填写')
  await expectAccessible(page)
  await card.getByLabel('姓名').fill('袁乐群')
  await card.getByRole('combobox', { name: '调解组织' }).click()
  await card.getByRole('option').first().click()
  await card.getByLabel('志愿者').check()
  await card.getByLabel('任期从').fill('2023-09-01')
  await card.getByLabel('任期到').fill('2024-02-20')
  await card.getByRole('button', { name: '保存' }).click()
  await expect(toast(page)).toContainText('已保存')
  const changing = page.getByRole('form', { name: '修改：袁乐群' })
  await expect(changing).toContainText('任期到2月20日（周二）届满，还有 49 天')
  await expectAccessible(page)
  await changing.getByRole('button', { name: '今天离任' }).click()
  await changing.getByRole('button', { name: '保存' }).click()
  await expect(changing.getByRole('heading', { name: '要补正的' })).toHaveCount(0)
  await expect(changing).toContainText('改了在任、任期')
  await changing.getByRole('button', { name: '收起' }).click()
  await expect(page.getByRole('row').filter({ hasText: '袁乐群' })).toContainText('已离任')
})

test('what a committee lacks is said with its article, and gone once it is mended', async ({ open, server }) => {
  const page = await open({ viewport: { width: 1366, height: 900 } })
  await signInAtDesk(page, server.address, 'director')
  await page.goto(`${server.address}/desk/mediation/committees?mend=1`)
  const row = page.getByRole('row').filter({ hasText: '雁子河村' })
  await expect(row).toContainText('没有妇女委员。应当有妇女成员，请增补。（《人民调解法》第8条）')
  await expectAccessible(page)
  await shot(page, 'desk-committees')
  await row.getByRole('button', { name: /修改/ }).click()
  const card = page.getByRole('form', { name: /修改：雁子河村/ })
  await expect(card.getByRole('heading', { name: '要补正的' })).toBeVisible()
  await shot(page, 'desk-committee')
  await card.getByRole('group', { name: '有妇女委员' }).getByLabel('是').check()
  await card.getByRole('button', { name: '保存' }).click()
  await expect(toast(page)).toContainText('已保存')
  await expect(card.getByRole('heading', { name: '要补正的' })).toHaveCount(0)
  await expect(row).toHaveCount(0)
})

test('of two desks on one entry the second is told, and keeps what it wrote', async ({ open, server }) => {
  const page = await open(DESK)
  await signInAtDesk(page, server.address, '421321107.director')
  await page.goto(`${server.address}/desk/mediation/committees?kind=town`)
  await page.getByRole('button', { name: /修改/ }).first().click()
  const card = page.getByRole('form', { name: /修改：/ })
  await card.getByLabel('主任').fill('何思齐')
  const other = await Stay.of(server.address, '421321107.director')
  const path = '/api/v1/committees/421321107.mediation'
  const { version, kind, approved_by, term } = await other.read<Committee>(path)
  const committee = { unit: '421321107.mediation', kind, approved_by, term, members: 9, includes_a_woman: true }
  await other.put(path, { base_version: version, committee: { ...committee, minority_represented: 'not_relevant' } })
  await card.getByRole('button', { name: '保存' }).click()
  await expect(card.getByRole('alert')).toContainText('别人改了这一条')
  await expect(card.getByLabel('主任')).toHaveValue('何思齐')
  await expectAccessible(page)
  await card.getByRole('button', { name: '保存' }).click()
  await expect(toast(page)).toContainText('已保存')
})

test('who does not keep the registers reads them, on a phone too', async ({ open, server }) => {
  const page = await open(PHONE)
  await signInAtDesk(page, server.address, '421321108.dispatcher')
  for (const register of ['mediators', 'committees', 'studios']) {
    await page.goto(`${server.address}/desk/mediation/${register}?area=421321`)
    await expect(page.getByRole('table')).toBeVisible()
    await expect(page.getByRole('button', { name: /修改|登记/ })).toHaveCount(0)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide, `${register} scrolls sideways`).toBeLessThanOrEqual(0)
    await expectAccessible(page)
    await shot(page, `desk-phone-${register}`)
  }
  const link = page.getByRole('link', { name: '调解员' })
  await link.click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出表格' }).click()])
  expect(download.suggestedFilename()).toBe('mediators.csv')
})

test('the committee that is suggested for a dispute is chosen already, with the reason', async ({ open, server }) => {
  const town = '421321109'
  const { matter_id } = await reportBy(server.address, await middleOf(server.address, town), '邻居砌院墙占了我家地界')
  const intake = await Stay.of(server.address, `${town}.intake`)
  await intake.act(matter_id, { type: 'reclassify', class: 'dispute', category: '0202', reason: '邻里纠纷' })
  await intake.act(matter_id, { type: 'admit' })
  const page = await open(DESK)
  await signInAtDesk(page, server.address, `${town}.dispatcher`)
  await page.goto(`${server.address}/desk/matters/${matter_id}`)
  await begin(page, '转调解')
  const card = form(page, '转调解')
  await expect(card.getByRole('status')).toContainText('建议：')
  await expect(card.getByRole('status')).toContainText('服务本村')
  await expectAccessible(page)
  await shot(page, 'desk-mediation-suggested')
})
