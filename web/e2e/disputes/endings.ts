// The short ways: a no before consent, a stop in mid-session, another road and its answer, violence at home, a court that has it
// already. They begin over HTTP where pages were walked before; the step in question is walked.
import { expectAccessible } from '../accessibility.ts'
import { begin, chooseUnit, form, send } from '../desk.ts'
import { openFollow } from '../resident.ts'
import { Arranged, openedAt } from '../resident/party.ts'
import { expect, PHONE } from '../site.ts'
import { again, does, everythingOn, heading, People, press, section, stands, told } from './people.ts'

const MEDIATOR = 'mediation'
const ONE = '甲女士'
const THERE = '随县人力资源和社会保障局'

/** The reporter reads how it stands, and nothing of who said what. */
async function follows(people: People, code: string, now: RegExp): Promise<string> {
  const page = await people.open(PHONE)
  await openFollow(page, people.server.address, code)
  await expect(heading(page)).toHaveText(now)
  await people.look(page, 'follow')
  return page.locator('main').innerText()
}

/** RMTJF art. 17: one no, and it is over; the other side has not even answered. */
export async function refusedBeforeConsent(people: People): Promise<void> {
  const arranged = await Arranged.at(people.server.address)
  const [one, other] = [await people.open(PHONE), await people.open(PHONE)]
  await arranged.enter(one, 1)
  await arranged.enter(other, 2)
  await press(other, '不愿意')
  await press(other, '不愿意调解')
  await expect(heading(other)).toHaveText('没有调解：有一方不愿意')
  await press(one, '我愿意调解')
  await expect(told(one)).toHaveText(/^您说之前，事情已经有了变化/)
  await expect(heading(one)).toHaveText('没有调解：有一方不愿意')
  await press(one, '可以走的路')
  await expect(one.getByText('诉讼（人民法院）')).toBeVisible()
  await people.look(one, 'refused-other-side')
  const desk = await people.matter(MEDIATOR, arranged.matter)
  await expect(stands(desk)).toHaveText('有一方不愿调解，已经结束。')
  await expect(desk.getByRole('button', { name: '约定调解时间' })).toHaveCount(0)
  await people.look(desk, 'refused')
  const follow = await follows(people, arranged.reporter, /^这件事已经办结：/)
  expect(follow).toContain('调解结束')
  expect(follow, 'who said no is not the reporter’s').not.toMatch(/当事人\s*\d|申请人/)
}

/** RMTJF art. 23: a party stops while they sit together. */
export async function stoppedInSession(people: People): Promise<void> {
  const arranged = await Arranged.at(people.server.address)
  await arranged.consented()
  const desk = await people.matter(MEDIATOR, arranged.matter)
  await does(desk, '约定调解时间', '约定', async (card) => {
    await card.getByLabel('什么时候：哪天').fill('2024-01-15')
    await card.getByLabel('什么时候：几点').fill('14:00')
  })
  await people.server.later('2024-01-15T14:20')
  const one = await people.open(PHONE)
  await arranged.enter(one, 1)
  await one.getByRole('navigation').getByRole('button', { name: '不调了' }).click()
  await press(one, '不调了，现在就停')
  await one.locator('#roads form').getByRole('button', { name: '不调了，现在就停' }).click()
  await expect(heading(one)).toHaveText('调解停止了')
  await people.look(one, 'stopped')
  await people.matter(MEDIATOR, arranged.matter)
  await expect(stands(desk)).toHaveText('有一方中途不调了，已经结束。')
  await expect(section(desk)).toContainText(/1月15日（周一）14:00–15:00\s*已取消/)
  await expect(desk.getByRole('button', { name: '记录调解' })).toHaveCount(0)
  await people.look(desk, 'stopped')
  const calendar = await arranged.mediator.read('/api/v1/calendar?from=2024-01-15&until=2024-01-16')
  expect(JSON.stringify(calendar), 'the hour is free again').not.toContain(arranged.matter)
}

/** RMTJF art. 26: what failed about wages goes to arbitration; there it is taken, decided, and the answer is on the same matter. */
export async function handedToArbitration(people: People): Promise<void> {
  const arranged = await Arranged.at(people.server.address, '0701')
  await arranged.consented()
  await arranged.act({ type: 'hold_session', minutes: 1, form: 'together', present: [1, 2], words: '差得太远，没有谈拢' })
  const desk = await people.matter(MEDIATOR, arranged.matter)
  await begin(desk, '转到别的渠道')
  const card = form(desk, '转到别的渠道')
  await card.getByLabel('转到哪里').selectOption('labour_arbitration')
  await chooseUnit(desk, '转到别的渠道', THERE)
  await card.getByLabel('写给当事人的话').fill('谈不拢，可以申请仲裁，一年内有效')
  await people.look(desk, 'hand-over')
  await send(desk, '转到别的渠道', '转过去')
  await expect(stands(desk)).toHaveText('已转到劳动人事争议仲裁，等那边说收不收。')
  const other = await people.open(PHONE)
  await arranged.enter(other, 2)
  await expect(other.getByText('这件事转到了别的渠道，正在等那边的答复。您随时可以不调。')).toBeVisible()
  await people.look(other, 'handed-over')

  const there = await people.matter('421321.labour', arranged.matter)
  await people.look(there, 'there')
  await does(there, '答复是否接收', '登记答复', async (answer) => {
    await answer.getByLabel('收了').check()
    await answer.getByLabel('怎么答复的').fill('材料齐全，已经立案')
  })
  await does(there, '登记办理结果', '登记结果', async (answer) => {
    await answer.getByLabel('解决了', { exact: true }).check()
    await answer.getByLabel('怎么定的').fill('裁决支付工资八千元')
  })
  await people.matter(MEDIATOR, arranged.matter)
  await expect(stands(desk)).toHaveText('没有调成，后来在劳动人事争议仲裁解决了。')
  await expect(section(desk)).toContainText('裁决支付工资八千元')
  await expectAccessible(desk)
  await people.look(desk, 'answer-back')
  await again(other)
  await expect(other.getByText('裁决支付工资八千元')).toBeVisible()
  await people.look(other, 'answer-back')
  expect(await follows(people, arranged.reporter, /^办完了，/)).toContain('别处已经解决')
}

/** Anti-DV Act art. 14, 35: who says yes is told of 110 and the protection order; nobody sits together, the other side learns nothing. */
export async function violenceAtHome(people: People): Promise<void> {
  const arranged = await Arranged.at(people.server.address, '0101')
  await arranged.act({ type: 'record_consent', parties: [1, 2], way: 'spoken', rights: 'spoken' })
  const [one, other] = [await people.open(PHONE), await people.open(PHONE)]
  await arranged.enter(one, 1)
  await arranged.enter(other, 2)
  const desk = await people.matter(MEDIATOR, arranged.matter)
  await expect(stands(desk)).toHaveText('等甲女士、乙先生单独回答有没有家庭暴力，答了才能坐到一起。')
  await press(one, '有')
  await expect(one.getByRole('link', { name: '打 110' })).toBeVisible()
  await expect(one.getByText('人身安全保护令：')).toBeVisible()
  await people.look(one, 'help')
  await press(other, '没有')
  await expect(told(other)).toHaveText('收到了。对方看不到您的回答。')
  await people.matter(MEDIATOR, arranged.matter)
  await expect(stands(desk)).toHaveText('有人说到家庭暴力，只能分开谈。有危险先打 110，再往下走。')
  await expect(section(desk)).toContainText('说有家庭暴力或害怕：只能分开谈')
  await begin(desk, '约定调解时间')
  const set = form(desk, '约定调解时间')
  await set.getByLabel('什么时候：哪天').fill('2024-01-18')
  await set.getByLabel('什么时候：几点').fill('09:00')
  await set.getByLabel('一起谈').check()
  await set.getByRole('button', { name: '约定', exact: true }).click()
  await expect(set.getByRole('alert')).toContainText('有人说到家庭暴力，只能分开谈。有危险请打 110。')
  await people.look(desk, 'apart-only')
  await set.getByLabel('分开谈').check()
  await set.getByRole('radio', { name: ONE }).check()
  await send(desk, '约定调解时间', '约定')
  await does(desk, '报告公安', '记下报告', (card) => card.getByLabel('报告了什么，为什么').fill('怕对方动手，已经报给派出所'))
  await people.look(desk, 'apart-set')
  await again(one)
  await expect(one.getByText('调解员单独和您谈').first()).toBeVisible()
  const page = await everythingOn(other)
  for (const hidden of ['"violence":true', '"apart"', '调解员单独和您谈', '派出所', '1月18日', '2024-01-18']) expect(page).not.toContain(hidden)
  await people.look(other, 'other-side')
}

/** What a court has accepted no committee takes; the reporter reads why, and which road it is. */
export async function atCourtAlready(people: People): Promise<void> {
  const { matter, reporter } = await openedAt(people.server.address, '0201')
  const desk = await people.matter(MEDIATOR, matter)
  await does(desk, '不能调解', '告知并办结', async (card) => {
    await card.getByLabel('法院已经受理').check()
    await card.getByLabel('写给当事人的话').fill('法院已经立案，请等开庭；要调解可以请法官主持')
    await people.look(desk, 'decline')
  })
  await expect(stands(desk)).toHaveText('没有接下就结束了，原因和该走的路写在办理经过里。')
  await people.look(desk, 'declined')
  const follow = await follows(people, reporter, /^这件事已经办结：/)
  expect(follow).toContain('法院已经立案，请等开庭；要调解可以请法官主持')
}
