// The monthly table of mediations: empty when nothing was concluded, otherwise with its formulas; handed on as a spreadsheet.
import { expectAccessible } from '../accessibility.ts'
import { Stay } from '../api.ts'
import { signInAtDesk } from '../desk.ts'
import { DESK, expect, PHONE, shot, test } from '../site.ts'
import { disputeAt } from './disputes.ts'

const TOWN = '421321114'
const NARROW = { viewport: { width: 320, height: 720 } }
const CLAUSES = [{ by: 2, words: '付清', due_on: '2024-02-01', fen: 300_050 }]

/** Two agreed by word of mouth, one failed, one refused. */
async function concluded(address: string): Promise<void> {
  const mediator = await Stay.of(address, `${TOWN}.mediation`)
  for (const end of ['agreed', 'agreed', 'failed', 'refused']) {
    const id = await disputeAt(address, TOWN, `两家起了争执，${end}`)
    const parties = ['applicant', 'respondent'].map((side) => ({ side, name: '某某' }))
    await mediator.act(id, { type: 'accept_mediation', origin: 'own_initiative', parties })
    await mediator.act(id, { type: 'record_consent', parties: [1, 2], way: 'spoken', rights: 'spoken' })
    if (end === 'agreed') {
      await mediator.act(id, { type: 'hold_session', minutes: 20, form: 'apart', with: 1, present: [1], words: '听了' })
      await mediator.act(id, { type: 'agree_orally', facts: '经过', clauses: CLAUSES })
    } else await mediator.act(id, { type: 'conclude_mediation', result: end, roads: ['court'], words: '没谈拢' })
  }
}

test('a month stands beside its formulas, and goes out as a spreadsheet', async ({ open, server }) => {
  const { address } = server
  await concluded(address)
  const page = await open(DESK)
  await signInAtDesk(page, address, `${TOWN}.director`)
  await page.getByRole('link', { name: '数字', exact: true }).click()
  await page.getByRole('link', { name: '人民调解月报表' }).click()
  await expect(page.getByRole('heading', { name: '2023年12月没有结案的调解' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '下一个月' }).click()
  const table = page.getByRole('table', { name: '人民调解月报表' })
  const numbers = (name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  const cells = ['3', '6', '2', '1', '1', '2', '0', '6,001', '0', '0', '0', '66.7%']
  await expect(numbers('合计').getByRole('cell')).toHaveText(cells)
  for (const name of ['乡镇', '主动调解', '邻里纠纷']) await expect(numbers(name).getByRole('cell')).toHaveText(cells)
  await expect(numbers('医疗纠纷').getByRole('cell').first()).toHaveText('0')
  await expect(page.getByText('2 ÷（2 + 1），另有 1 件一方不愿调解')).toBeVisible()
  await expect(page.getByText('一方不愿调解、中途不调的另列，不算成功，也不算失败').first()).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'desk-month-table')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出表格' }).click()])
  expect(download.suggestedFilename()).toBe(`mediation-${TOWN}-202401.xlsx`)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('link', { name: '导出表格' })).toHaveCount(0)
  await shot(page, 'desk-month-table-print')
})

test('it is read on a phone and in English, and by nobody from elsewhere', async ({ open, server }) => {
  for (const [name, size] of [
    ['phone', PHONE],
    ['narrow', NARROW],
  ] as const) {
    const page = await open(size)
    await signInAtDesk(page, server.address, `${TOWN}.director`)
    await page.goto(`${server.address}/desk/figures/month?month=2024-01`)
    await page.getByRole('button', { name: /English/ }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByRole('heading', { level: 1, name: 'Monthly table of mediations' })).toBeVisible()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide, 'it scrolls sideways').toBeLessThanOrEqual(0)
    await expectAccessible(page)
    await shot(page, `desk-month-table-${name}`)
  }
  const page = await open(DESK)
  await signInAtDesk(page, server.address, '421321115.director')
  await page.goto(`${server.address}/desk/figures/month?area=421303`)
  await expect(page.getByRole('heading', { name: '您的角色看不到这里' })).toBeVisible()
})
