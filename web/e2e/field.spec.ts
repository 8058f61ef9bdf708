// The field app on a phone: what is done without a network is sent exactly once when it comes back.
import { expectAccessible } from './accessibility.ts'
import { reportBy, Stay } from './api.ts'
import { kept, signInInTheField } from './field.ts'
import { picture } from './picture.ts'
import { expect, PHONE, shot, test } from './site.ts'

const VILLAGE = '421321118001'
const LEAD = `${VILLAGE}.village_lead`

test('what is reported without a network survives a reload and is sent exactly once', async ({ open, server }) => {
  const words = '断网时记的：桥栏杆松了'
  const page = await open(PHONE)
  await signInInTheField(page, server.address, LEAD)
  await kept(page)
  await page.goto(`${server.address}/field/report`)
  await expect(page.getByLabel('村（社区）或网格')).toBeVisible()
  await page.context().setOffline(true)
  await page.locator('#photos').setInputFiles(picture('bridge', 20))
  await page.getByLabel('什么事').fill(words)
  await page.getByLabel('村（社区）或网格').selectOption({ index: 1 })
  await page.getByRole('button', { name: '记下来' }).click()
  const card = page.getByRole('listitem').filter({ hasText: words })
  await expect(card).toContainText('存在这部手机上')
  await expect(page.getByText(/未上传 1/)).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'field-offline')
  await page.reload()
  await expect(card).toContainText('存在这部手机上')
  await page.context().setOffline(false)
  await expect(card).toContainText('服务器已收到')
  await expect(card).toContainText(/编号 SZ-421321118-\d{8}-\d{4}/)
  await shot(page, 'field-sent')
  await page.reload()
  await expect(card).toContainText('服务器已收到')
  const lead = await Stay.of(server.address, LEAD)
  const mine = await lead.matters('mine=reported&limit=200')
  expect(mine.filter(({ preview }) => preview === words)).toHaveLength(1)
})

test('a step taken without a network that comes too late comes back with both versions', async ({ open, server }) => {
  const words = '路口积水，想请人疏通'
  const { matter_id } = await reportBy(server.address, VILLAGE, words)
  const page = await open(PHONE)
  await signInInTheField(page, server.address, LEAD)
  await kept(page)
  await page.goto(`${server.address}/field/matters`)
  await page.getByRole('listitem').filter({ hasText: words }).getByRole('link').click()
  await expect(page.getByRole('heading', { name: '现在可以做' })).toBeVisible()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '当场办好', exact: true }).click()
  const form = page.getByRole('form', { name: '当场办好', exact: true })
  await form.getByLabel('怎么解决的（会给反映人看）').fill('和邻居一起通开了')
  await form.getByRole('button', { name: '当场办好', exact: true }).click()
  await expect(page.getByText('已存在这部手机上，有网就上传。')).toBeVisible()
  const intake = await Stay.of(server.address, '421321118.intake')
  await intake.act(matter_id, { type: 'admit' })
  await page.context().setOffline(false)
  await page.getByRole('link', { name: /要处理 1/ }).click()
  const card = page.getByRole('listitem').filter({ hasText: words })
  await expect(card).toContainText('没有被接受，要处理')
  await expect(card).toContainText('和邻居一起通开了')
  await expect(card).toContainText('均川镇综治中心收到并受理了')
  await expectAccessible(page)
  await shot(page, 'field-attention')
  await card.getByRole('button', { name: '不用交了' }).click()
  await expect(card).toContainText('已另作处理')
})

test('every page of the app is open to everybody', async ({ open, server }) => {
  const page = await open(PHONE)
  await page.goto(`${server.address}/field/`)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('alert')).toContainText('请填写账号')
  await expectAccessible(page)
  await signInInTheField(page, server.address, `${VILLAGE}001.grid_worker`)
  await expectAccessible(page)
  await page.goto(`${server.address}/field/report`)
  await page.getByLabel('什么事').waitFor()
  await page.getByRole('button', { name: '记下来' }).click()
  await expect(page.getByRole('alert').first()).toContainText('请写一句是什么事')
  await expectAccessible(page)
  await shot(page, 'field-mistakes')
  for (const path of ['matters', 'sync', 'me', 'nowhere']) {
    await page.goto(`${server.address}/field/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page)
  }
})

test('a task and its form in English on a small dark phone', async ({ open, server }) => {
  const words = '楼道灯不亮，请来看看'
  const { matter_id } = await reportBy(server.address, VILLAGE, words)
  const page = await open({ ...PHONE, viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
  await signInInTheField(page, server.address, LEAD)
  await page.goto(`${server.address}/field/matters/${matter_id}`)
  await page.getByRole('button', { name: '记一笔', exact: true }).click()
  await page.getByRole('form').getByRole('button', { name: '记一笔', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('请填写：记什么')
  await expectAccessible(page)
  await page.goto(`${server.address}/field/me`)
  await page.getByRole('button', { name: 'EN' }).click()
  await page.goto(`${server.address}/field/matters/${matter_id}`)
  await expect(page.getByRole('heading', { name: 'Record' }).or(page.locator('#record'))).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'field-english')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(wide, 'the page is wider than the phone').toBe(false)
})
