// The resident site on a phone: what a reporter may do, what goes wrong, in both languages.
import { expectAccessible } from './accessibility.ts'
import { reportBy, Stay } from './api.ts'
import { picture } from './picture.ts'
import { fillReport, openFollow, readReceipt, report, VILLAGE } from './resident.ts'
import { expect, PHONE, shot, test } from './site.ts'

const TOO_LARGE = Buffer.alloc(21 * 1024 * 1024)
const WUHAN = { longitude: 114.3, latitude: 30.59 }
const LIULIN = { longitude: 113.2, latitude: 32.256 }

test('a report from the first page to the receipt, each page open to everybody', async ({ open, server }) => {
  const page = await open(PHONE)
  await page.goto(`${server.address}/`)
  await expect(page.getByRole('link', { name: /我要反映/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: '您写的谁能看' }).or(page.locator('#privacy'))).toBeVisible()
  await expectAccessible(page)
  await fillReport(page, server.address, {
    words: '小区门口井盖破了，老人差点摔跤',
    photos: [picture('cover', 9)],
    address: '东门外十米',
  })
  await expect(page.getByText(/环境设施|安全隐患/).first()).toBeVisible()
  await expectAccessible(page)
  await page.reload()
  await expect(page.getByLabel('什么事（必填）')).toHaveValue('小区门口井盖破了，老人差点摔跤')
  await expect(page.locator('.picker img')).toHaveCount(1)
  await page.getByRole('button', { name: '看一遍再提交' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('看一遍，没错就提交')
  await expectAccessible(page)
  await shot(page, 'resident-check')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  const { code } = await readReceipt(page)
  await expect(page.getByRole('img', { name: '查进度的二维码' })).toBeVisible()
  await expectAccessible(page)
  await page.goBack()
  await expect(page.getByRole('button', { name: '提交', exact: true })).toHaveCount(0)
  await openFollow(page, server.address, code.toLowerCase().replaceAll('-', ''))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('柳林镇综治中心')
  await expectAccessible(page)
})

test('what is missing is said at the top and at the field', async ({ open, server }) => {
  const page = await open(PHONE)
  await page.goto(`${server.address}/report`)
  await page.getByRole('button', { name: '看一遍再提交' }).click()
  await expect(page).toHaveTitle(/^出错：/)
  const summary = page.getByRole('alert')
  await expect(summary).toBeFocused()
  await summary.getByRole('link').first().click()
  await expect(page.getByLabel('什么事（必填）')).toBeFocused()
  await expectAccessible(page)
  await shot(page, 'resident-mistakes')
})

test('a photo that is too large leaves the words alone', async ({ open, server }) => {
  const page = await open(PHONE)
  await fillReport(page, server.address, { words: '垃圾桶满了没人收' })
  await page.locator('#photos').setInputFiles({ name: 'large.jpg', mimeType: 'image/jpeg', buffer: TOO_LARGE })
  await expect(page.getByText('这张照片超过 20 MB，没有传上去。文字已保存。')).toBeVisible()
  await expect(page.getByLabel('什么事（必填）')).toHaveValue('垃圾桶满了没人收')
  await expectAccessible(page)
})

test('a place outside the site asks for town and village, a place inside fills them in', async ({ open, server }) => {
  const page = await open({ ...PHONE, geolocation: WUHAN, permissions: ['geolocation'] })
  await page.goto(`${server.address}/report`)
  await page.getByRole('button', { name: '用我现在的位置' }).click()
  await expect(page.getByText('您的位置不在本站范围里。请选镇和村。')).toBeVisible()
  await page.context().setGeolocation(LIULIN)
  await page.getByRole('button', { name: '用我现在的位置' }).click()
  await expect(page.getByText(/^地点：.+/)).toBeVisible()
  await expect(page.getByLabel('镇（街道）')).not.toHaveValue('')
  await expect(page.getByRole('region', { name: '地图' })).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'resident-place')
})

test('a wrong code says so and another may be tried', async ({ open, server }) => {
  const page = await open(PHONE)
  await page.goto(`${server.address}/follow`)
  await expectAccessible(page)
  await page.getByLabel('查询码').fill('ABCD-1234')
  await page.getByRole('button', { name: '查', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('查询码是 12 位，现在是 8 位')
  await expectAccessible(page)
  await page.getByLabel('查询码').fill('ABCD-EFGH-JKMN')
  await page.getByRole('button', { name: '查', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有找到这个查询码')
  await expectAccessible(page)
  await page.getByRole('link', { name: '换一个查询码' }).click()
  await expect(page.getByLabel('查询码')).toBeVisible()
})

test('a reporter supplies, urges, withdraws and has it taken up again', async ({ open, server }) => {
  const page = await open(PHONE)
  const { code } = await reportBy(server.address, VILLAGE, '老人一个人在家，想请人帮忙换灯泡')
  await openFollow(page, server.address, code)
  const record = page.getByRole('region', { name: '办理记录' })
  const form = page.locator('#reporter-form')
  await page.getByRole('button', { name: '补充情况' }).click()
  await form.getByRole('button', { name: '交上去' }).click()
  await expect(page.getByRole('alert')).toContainText('请写几句，或者加一张照片')
  await expectAccessible(page)
  await page.getByLabel('补充什么').fill('白天都在家')
  await form.locator('input[type=file]').setInputFiles(picture('bulb', 12))
  await form.getByRole('button', { name: '交上去' }).click()
  await expect(record.locator('li').first()).toContainText('您补充了情况：白天都在家')
  await page.getByRole('button', { name: '催一催' }).click()
  await form.getByRole('button', { name: '催一催' }).click()
  await expect(record.locator('li').first()).toContainText('您催了一次')
  await page.getByRole('button', { name: '不想办了，撤回' }).click()
  await form.getByRole('button', { name: '确认撤回' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('这件事已经办结：已撤回。')
  await expect(page.locator('.stage-line .done')).toHaveCount(1)
  await page.getByRole('button', { name: '重新办理' }).click()
  await form.getByRole('button', { name: '要求重新办理' }).click()
  await expect(page.getByRole('alert')).toContainText('请写几句话')
  await page.getByLabel('为什么').fill('想了想还是要换')
  await form.getByRole('button', { name: '要求重新办理' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('现在由柳林镇综治中心看')
  await expectAccessible(page)
})

test('who read the contact is shown to the reporter', async ({ open, server }) => {
  const page = await open(PHONE)
  const words = '门前水管漏水，想请人看看'
  const { code } = await report(page, server.address, { words, phone: '13800000000' })
  const intake = await Stay.of(server.address, 'intake')
  const [row] = (await intake.matters('owed_by=me&limit=200')).filter(({ preview }) => preview === words)
  await intake.readContact(row!.id, '约时间上门')
  await openFollow(page, server.address, code)
  await expect(page.getByRole('region', { name: '谁看过您的联系方式' })).toContainText('柳林镇综治中心：约时间上门')
})

test('everything speaks English too', async ({ open, server }) => {
  const page = await open({ ...PHONE, viewport: { width: 320, height: 700 }, colorScheme: 'dark', locale: 'en-GB' })
  await page.goto(`${server.address}/`)
  await page.getByRole('button', { name: 'EN' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expectAccessible(page)
  const { code } = await reportBy(server.address, VILLAGE, 'The street is flooded after rain')
  await openFollow(page, server.address, code)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('should answer by')
  await expectAccessible(page)
  await shot(page, 'resident-english')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(wide, 'the page is wider than the phone').toBe(false)
})
