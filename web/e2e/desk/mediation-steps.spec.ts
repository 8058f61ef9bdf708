// The steps of a mediation that are rarer: signatures on paper, performance, the court, visits; sessions moved and called off, the
// police, another road and its answer, stepping back. Each form is opened, sent and read back.
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility.ts'
import { Stay } from '../api.ts'
import { addPhoto, begin, form, send, signInAtDesk, toast } from '../desk.ts'
import { picture } from '../picture.ts'
import { DESK, expect, shot, test } from '../site.ts'
import { disputeAt } from './disputes.ts'

const section = (page: Page) => page.getByRole('region', { name: '调解', exact: true })
const part = (page: Page, name: string | RegExp) => section(page).getByRole('region', { name })

/** A dispute whose two parties consented and said that there is no violence. */
async function talking(address: string, town: string, words: string): Promise<{ id: string; mediator: Stay }> {
  const id = await disputeAt(address, town, words)
  const mediator = await Stay.of(address, `${town}.mediation`)
  const parties = ['applicant', 'respondent'].map((side, nth) => ({ side, name: ['甲某', '乙某'][nth] }))
  await mediator.act(id, { type: 'accept_mediation', origin: 'application', parties })
  await mediator.act(id, { type: 'record_consent', parties: [1, 2], way: 'spoken', rights: 'spoken' })
  for (const no of [1, 2]) await mediator.act(id, { type: 'answer_safety', party: no, violence: false })
  return { id, mediator }
}

async function openMatter(page: Page, address: string, id: string): Promise<void> {
  await page.goto(`${address}/desk/matters/${id}`)
  await expect(page.getByRole('heading', { name: '现在可以做' })).toBeVisible()
}

test('signed on paper, performed, confirmed by the court, and visited', async ({ open, server }) => {
  const town = '421321116'
  const { id, mediator } = await talking(server.address, town, '合伙收粮算不清账')
  await mediator.act(id, { type: 'hold_session', minutes: 30, form: 'together', present: [1, 2], words: '对了账' })
  const clauses = [
    { by: 2, words: '付清粮款', due_on: '2024-01-10', fen: 300_000 },
    { by: 1, words: '交回账本', due_on: '2024-01-20' },
  ]
  await mediator.act(id, { type: 'propose_agreement', facts: '合伙两年', clauses })
  const page = await open(DESK)
  await signInAtDesk(page, server.address, `${town}.mediation`)
  await openMatter(page, server.address, id)

  const agreement = part(page, /协议/).first()
  for (const [nth, name] of ['甲某', '乙某'].entries()) {
    await section(page).getByRole('button', { name: new RegExp(`登记纸面签字.*${name}`) }).click()
    await expect(form(page, '登记纸面签字').getByRole('radio', { name })).toBeChecked()
    if (nth === 0) {
      await form(page, '登记纸面签字').getByRole('button', { name: '登记签字', exact: true }).click()
      await expect(form(page, '登记纸面签字').getByRole('alert')).toContainText('签字页的照片')
      await expectAccessible(page)
    }
    await addPhoto(page, '登记纸面签字', picture(`sign-${nth}`, 10 + nth * 30))
    await send(page, '登记纸面签字', '登记签字')
    await expect(agreement.getByRole('button', { name: /看大图/ })).toHaveCount(nth + 1)
  }
  await begin(page, '签字盖章')
  await send(page, '签字盖章', '签字盖章')
  await expect(agreement).toContainText('生效')

  await begin(page, '登记履行')
  const performed = form(page, '登记履行')
  await performed.getByRole('button', { name: '登记', exact: true }).click()
  await expect(performed.getByRole('alert')).toContainText('哪一条')
  await performed.getByLabel('付清粮款').check()
  await performed.getByLabel('做到了', { exact: true }).check()
  await performed.getByLabel('哪天做到的').fill('2024-01-02')
  await performed.getByLabel('情况').fill('当面点清')
  await expectAccessible(page)
  await shot(page, 'desk-step-performance')
  await send(page, '登记履行', '登记')
  await expect(section(page).getByRole('table', { name: '协议各条' }).getByRole('row').nth(1)).toContainText('做到')

  await begin(page, '征求各方意见')
  await form(page, '征求各方意见').getByLabel('申请司法确认').check()
  await expectAccessible(page)
  await send(page, '征求各方意见', '请各方回答')
  for (const name of ['甲某', '乙某']) {
    await section(page).getByRole('button', { name: new RegExp(`${name}`) }).filter({ hasText: '回答' }).first().click()
    await form(page, '回答').getByLabel('同意', { exact: true }).check()
    await send(page, '回答', '记下回答')
  }
  await begin(page, '登记法院结果')
  const court = form(page, '登记法院结果')
  await court.getByLabel('裁定有效').check()
  await court.getByLabel('案号和说法').fill('（2024）鄂1321民特1号')
  await expectAccessible(page)
  await shot(page, 'desk-step-court')
  await send(page, '登记法院结果', '登记')
  await expect(section(page)).toContainText('（2024）鄂1321民特1号')

  await begin(page, '回访履行')
  await form(page, '回访履行').getByLabel('回访看到的情况').fill('两家照常来往')
  await send(page, '回访履行', '记下回访')
  await expect(page.getByText('两家照常来往').first()).toBeVisible()
  await expectAccessible(page)
  await shot(page, 'desk-steps-agreed')
})

test('moved, called off, told to the police, handed over and back, and left to a colleague', async ({ open, server }) => {
  const town = '421321119'
  const { id, mediator } = await talking(server.address, town, '两家为排水沟动了手')
  const session = { type: 'set_session', minutes: 60, form: 'together', venue: 'committee' }
  await mediator.act(id, { ...session, starts_at: '2024-01-04T09:00:00+08:00' })
  const page = await open(DESK)
  await signInAtDesk(page, server.address, `${town}.mediation`)
  await openMatter(page, server.address, id)

  await begin(page, '改调解时间')
  const move = form(page, '改调解时间')
  await move.getByRole('button', { name: '改时间', exact: true }).click()
  await expect(move.getByRole('alert')).toContainText('什么时候')
  await move.getByLabel('什么时候：哪天').fill('2024-01-05')
  await move.getByLabel('什么时候：几点').fill('15:00')
  await move.getByLabel('原因').fill('甲某要赶集')
  await expectAccessible(page)
  await send(page, '改调解时间', '改时间')
  await expect(section(page)).toContainText('15:00–16:00')
  await begin(page, '取消调解')
  await form(page, '取消调解').getByLabel('原因').fill('乙某生病')
  await send(page, '取消调解', '取消这一次')
  await expect(section(page)).toContainText('取消')

  await begin(page, '报告公安')
  await expect(form(page, '报告公安')).toContainText('先打 110')
  await form(page, '报告公安').getByLabel('报告了什么').fill('扬言要带人来')
  await send(page, '报告公安', '记下报告')
  await expect(page.getByText('扬言要带人来').first()).toBeVisible()

  await begin(page, '转到别的渠道')
  const over = form(page, '转到别的渠道')
  await over.getByRole('button', { name: '转过去', exact: true }).click()
  await expect(over.getByRole('alert')).toContainText('转到哪里')
  await expectAccessible(page)
  await shot(page, 'desk-step-hand-over')
  await over.getByRole('combobox', { name: '转到哪里' }).selectOption('court')
  await over.getByLabel('写给当事人的话').fill('谈了两次没谈拢，可以起诉')
  await send(page, '转到别的渠道', '转过去')
  await expect(part(page, /渠道|途径|别处/)).toContainText('诉讼')
  await begin(page, '答复是否接收')
  await form(page, '答复是否接收').getByLabel('收了').check()
  await form(page, '答复是否接收').getByLabel('怎么答复的').fill('已登记立案')
  await expectAccessible(page)
  await send(page, '答复是否接收', '登记答复')
  await begin(page, '登记办理结果')
  await form(page, '登记办理结果').getByLabel('没有解决').check()
  await form(page, '登记办理结果').getByLabel('怎么定的').fill('撤诉回来再谈')
  await send(page, '登记办理结果', '登记结果')
  await expect(section(page)).toContainText('撤诉回来再谈')
  await expectAccessible(page)
  await shot(page, 'desk-steps-handed-over')

  await begin(page, '指定调解员')
  await expectAccessible(page)
  await shot(page, 'desk-step-mediator')
  await form(page, '指定调解员').getByRole('button', { name: '先收起' }).click()
  await begin(page, '申明回避')
  await form(page, '申明回避').getByRole('button', { name: '回避', exact: true }).click()
  await expect(form(page, '申明回避').getByRole('alert')).toContainText('有什么关系或利害')
  await form(page, '申明回避').getByLabel('有什么关系或利害').fill('与甲某是表亲')
  await form(page, '申明回避').getByRole('button', { name: '回避', exact: true }).click()
  await expect(toast(page)).toContainText('申明回避')
  await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible()
  await page.goto(`${server.address}/desk/matters/${id}`)
  await expect(page.getByRole('heading', { name: '没有找到' })).toBeVisible()
})
