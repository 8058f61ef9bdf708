// A local method from the desk of the director to the mediator's steps; and a committee that does not take a dispute.
import { expectAccessible } from './accessibility.ts'
import { middleOf, reportBy, Stay } from './api.ts'
import { begin, form, signInAtDesk, toast } from './desk.ts'
import { DESK, expect, PHONE, shot, test } from './site.ts'

const NARROW = { viewport: { width: 320, height: 700 } }

/** A dispute about a category, screened in a town. */
async function screened(address: string, town: string, category: string): Promise<string> {
  const { matter_id } = await reportBy(address, await middleOf(address, town), '两家为这件事争了几天')
  const intake = await Stay.of(address, `${town}.intake`)
  await intake.act(matter_id, { type: 'reclassify', class: 'dispute', category, reason: '是纠纷' })
  await intake.act(matter_id, { type: 'admit' })
  return matter_id
}

const widerThanItself = () => document.documentElement.scrollWidth - document.documentElement.clientWidth

test('a director writes a method, and a mediator goes by its steps', async ({ open, server }) => {
  const town = '421321110'
  const page = await open(DESK)
  await signInAtDesk(page, server.address, `${town}.director`)
  await page.goto(`${server.address}/desk/mediation/methods`)
  await expect(page.getByRole('table')).toContainText('六步调解法（示例）')
  await expectAccessible(page)
  await page.getByRole('button', { name: '登记调解方法' }).click()
  const card = page.getByRole('form', { name: '调解方法' })
  await card.getByRole('button', { name: '保存' }).click()
  await expect(card.getByRole('alert')).toContainText('方法名称：请填写')
  await card.getByLabel('方法名称').fill('先看后谈')
  await card.getByLabel('这一步做什么').fill('一起看现场')
  await card.getByLabel('怎么做好').fill('请双方指给您看。')
  await card.getByText('配哪些表单').click()
  await card.getByLabel('记录调解').check()
  await card.getByRole('button', { name: '再加一步' }).click()
  await card.getByLabel('这一步做什么').nth(1).fill('写清楚')
  await expectAccessible(page)
  await shot(page, 'desk-method-form')
  await card.getByRole('button', { name: '保存' }).click()
  await expect(toast(page)).toContainText('已保存')

  const matter = await screened(server.address, town, '0202')
  const dispatcher = await Stay.of(server.address, `${town}.dispatcher`)
  await dispatcher.act(matter, { type: 'open_mediation', unit: `${town}.mediation` })
  const mediator = await Stay.of(server.address, `${town}.mediation`)
  const parties = ['applicant', 'respondent'].map((side) => ({ side, name: `${side === 'applicant' ? '甲' : '乙'}某` }))
  await mediator.act(matter, { type: 'accept_mediation', origin: 'application', parties })
  const desk = await open(DESK)
  await signInAtDesk(desk, server.address, `${town}.mediation`)
  await desk.goto(`${server.address}/desk/matters/${matter}`)
  await begin(desk, '选调解方法')
  await form(desk, '选调解方法').getByLabel('先看后谈').check()
  await form(desk, '选调解方法').getByRole('button', { name: '用这个方法' }).click()
  const steps = desk.getByRole('region', { name: /^方法|^调解方法/ })
  await expect(steps).toContainText('一起看现场')
  await steps.getByRole('checkbox').first().check()
  await expectAccessible(desk)
  await shot(desk, 'desk-method-steps')
  await desk.reload()
  await expect(steps.getByRole('checkbox').first()).toBeChecked()
  await desk.setViewportSize(NARROW.viewport)
  expect(await desk.evaluate(widerThanItself)).toBeLessThanOrEqual(0)
  await shot(desk, 'desk-method-steps-narrow')
})

test('methods are read on a phone, in both languages', async ({ open, server }) => {
  const page = await open(PHONE)
  await signInAtDesk(page, server.address, '421321111.director')
  await page.goto(`${server.address}/desk/mediation/methods?edit=new`)
  await expect(page.getByRole('form')).toBeVisible()
  expect(await page.evaluate(widerThanItself)).toBeLessThanOrEqual(0)
  await shot(page, 'desk-phone-method')
  await page.evaluate(() => localStorage.setItem('fengsi.language', 'en'))
  await page.goto(`${server.address}/desk/mediation/methods`)
  await expect(page.getByRole('table')).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'desk-phone-methods-en')
})

test('a committee that does not take a dispute says why, and who would', async ({ open, server }) => {
  const town = '421321112'
  const matter = await screened(server.address, town, '0202')
  const page = await open(DESK)
  await signInAtDesk(page, server.address, `${town}.dispatcher`)
  await page.goto(`${server.address}/desk/matters/${matter}`)
  await begin(page, '转调解')
  const card = form(page, '转调解')
  await expect(card.getByRole('status')).toContainText('建议：')
  const box = card.getByRole('combobox').first()
  await box.click()
  await box.fill('随县医疗纠纷')
  await card.getByRole('option', { name: /医疗纠纷/ }).first().click()
  await card.locator('button[type=submit]').click()
  await expect(card.getByRole('alert')).toContainText('这个调解组织不受理：这类纠纷不在它的受理范围')
  await expectAccessible(page)
  await shot(page, 'desk-not-admitted')
  await card.getByRole('alert').getByRole('button').first().click()
  await card.locator('button[type=submit]').click()
  await expect(toast(page)).toBeVisible()
})

test('a committee keeps its rules of admission', async ({ open, server }) => {
  const page = await open(DESK)
  await signInAtDesk(page, server.address, '421303.director')
  await page.goto(`${server.address}/desk/mediation/committees?area=421303&kind=medical`)
  await expect(page.getByRole('table')).toContainText('一方是单位')
  await page.getByRole('button', { name: /修改/ }).first().click()
  const card = page.getByRole('form', { name: /修改：/ })
  await card.getByLabel('不限').check()
  await expectAccessible(page)
  await shot(page, 'desk-admission')
  await card.getByRole('button', { name: '保存' }).click()
  await expect(toast(page)).toContainText('已保存')
  const kept = await (await Stay.of(server.address, '421303.director')).read<{ parties: string }>(
    '/api/v1/committees/421303.medical_mediation',
  )
  expect(kept.parties).toBe('any')
})
