// Two neighbours and a ditch: raised on a talk day, mediated by the village's committee, agreed in writing, performed late, confirmed.
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility.ts'
import { addPhoto, begin, form, openFromQueue, send } from '../desk.ts'
import { picture } from '../picture.ts'
import { expect } from '../site.ts'
import {
  accepts,
  again,
  codeOf,
  COLLEAGUE,
  COMMITTEE,
  does,
  everythingOn,
  heading,
  MEDIATOR,
  ONE,
  OTHER,
  People,
  press,
  section,
  stands,
  told,
  VILLAGE,
  type PartyAt,
} from './people.ts'
import { expectDossier } from './dossier.ts'
import { finders } from './readers.ts'

const WORDS = '两家为院墙边的排水沟争了起来，雨水淌进邻居家'

/** What was printed, signed by hand and laid into the folder. */
const BY_HAND = ['受理登记表', '权利义务告知书', '调解记录', '履行凭证', '回访记录', '司法确认申请书']

/** A word for each kind of what is said, found nowhere else. */
export const SECRETS = {
  oneSays: '我这边最少要一千五',
  oneNoted: '甲让到三千也成',
  otherNoted: '乙怕丢面子不肯先开口',
  together: '当面把老界石量了一遍',
  apart: '单独听甲说了旧账',
}

/** What each step is called in the pictures, and the story in order. */
export class Neighbours {
  private id = ''
  /** The query code of the report. */
  private reporter = ''
  private one!: Page
  private other!: Page

  constructor(private readonly people: People) {}

  async raised(): Promise<void> {
    const lead = await this.people.inTheField(`${VILLAGE}.village_lead`)
    await lead.getByRole('link', { name: '说事日' }).click()
    await lead.getByRole('link').filter({ hasText: '1月4日' }).first().click()
    await step(lead, '安排这一次', async () => {})
    await step(lead, '开始说事', () => lead.getByLabel('来了多少人').fill('16'))
    await expect(lead.getByText('来了 16 人')).toBeVisible()
    await step(lead, '记一件事', async () => {
      await lead.getByText('矛盾纠纷', { exact: true }).click()
      await lead.getByLabel('说了什么').fill(WORDS)
    })
    await expect(lead.getByText('1. 矛盾纠纷')).toBeVisible()
    await this.people.look(lead, 'talk-day')
    await step(lead, '转成事项', async () => {})
    const link = lead.getByRole('link', { name: /转成事项 SZ-421321117-/ })
    await expect(link).toBeVisible()
    await this.people.look(lead, 'talk-matter')
    this.id = (await link.getAttribute('href'))!.split('/').at(-1)!
    await lead.goto(`${this.people.server.address}/field/sync`)
    this.reporter = /查询码 (\S+)/.exec(await lead.getByText('查询码').innerText())![1]!
  }

  async dispatched(): Promise<void> {
    const intake = await this.people.at('intake')
    await openFromQueue(intake, this.people.server.address, WORDS)
    await this.people.look(intake, 'intake')
    await does(intake, '受理', '受理', async (card) => void (await card.getByLabel('类别').selectOption('dispute/0201')))
    const dispatcher = await this.people.matter('dispatcher', this.id)
    await begin(dispatcher, '转调解')
    const card = form(dispatcher, '转调解')
    await expect(card.getByRole('status')).toContainText('服务本村')
    await this.people.look(dispatcher, 'committee')
    await send(dispatcher, '转调解', '转调解')
    await expect(stands(dispatcher)).toContainText('还没有接下')
    await expect(dispatcher.locator('.commands, .head, main').first()).toContainText(COMMITTEE)
    await this.people.look(dispatcher, 'opened')
  }

  async accepted(): Promise<void> {
    const mediator = await this.people.at(MEDIATOR)
    await openFromQueue(mediator, this.people.server.address, WORDS)
    await accepts(mediator)
    await expect(stands(mediator)).toContainText('等甲某某、乙某某同意调解')
    const [one, other] = [await codeOf(mediator, ONE), await codeOf(mediator, OTHER)]
    expect(one).not.toBe(other)
    await section(mediator).getByRole('button', { name: '打印给当事人' }).first().click()
    await this.people.look(mediator, 'slip')
    this.one = await this.people.phone(ONE, one)
    this.other = await this.people.phone(OTHER, other)
  }

  async consented(): Promise<void> {
    for (const page of [this.one, this.other]) {
      await this.people.look(page, 'asked')
      await press(page, '我愿意调解')
      await expect(told(page)).toHaveText('记下了：您愿意调解。以后随时可以停。')
      await press(page, '没有')
      await expect(told(page)).toHaveText('收到了。对方看不到您的回答。')
      await this.people.look(page, 'consented')
    }
    await press(this.other, '换一位')
    await this.people.look(this.other, 'other-mediator')
    await press(this.other, '请换一位')
    await expect(this.other.getByText('还没有定调解员。')).toBeVisible()
    const colleague = await this.people.at(COLLEAGUE)
    await openFromQueue(colleague, this.people.server.address, WORDS)
    await expect(stands(colleague)).toContainText('还没有调解员，请指定一位。')
    await does(colleague, '指定调解员', '定下调解员', async (card) => {
      await card.getByLabel('我来调解').check()
      await this.people.look(colleague, 'name-mediator')
    })
    await this.people.look(colleague, 'colleague')
    await again(this.other)
    await expect(this.other.getByText(/^调解员是.*第二位调解员/)).toBeVisible()
    await this.people.look(this.other, 'mediator-changed')
    // Who has gone knows the old codes: the private rooms are shut until each has a new one.
    for (const page of [this.one, this.other]) {
      await again(page)
      await expect(page.getByLabel('想单独告诉调解员什么')).toHaveCount(0)
      await press(page, '换一个新的进入码')
      await expect(page.getByRole('heading', { name: '您的新进入码' })).toBeVisible()
      await press(page, '抄好了')
      await expect(page.getByLabel('想单独告诉调解员什么')).toBeVisible()
    }
  }

  async set(): Promise<void> {
    await press(this.one, '提我方便的时间')
    await this.one.getByLabel('哪一天').fill('2024-01-05')
    await this.one.getByLabel('几点开始').fill('09:30')
    await press(this.one, '告诉调解员')
    await expect(this.one.getByText('1月5日（周五）09:30 到 10:30')).toBeVisible()
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    await expect(section(colleague)).toContainText(/方便的时间：\s*1月5日（周五）09:30–10:30/)
    await does(colleague, '约定调解时间', '约定', async (card) => {
      await card.getByLabel('什么时候：哪天').fill('2024-01-05')
      await card.getByLabel('什么时候：几点').fill('09:30')
      await card.getByLabel('在哪里').selectOption({ label: '说事室' })
      await card.getByLabel('具体地方').fill('村部一楼')
      await this.people.look(colleague, 'set-session')
    })
    await expect(stands(colleague)).toContainText('约好1月5日（周五）09:30–10:30调解')
    for (const page of [this.one, this.other]) {
      await again(page)
      await expect(page.getByText('地点：逢四说事室（村部一楼）').first()).toBeVisible()
    }
    await this.people.look(this.other, 'session')
  }

  /** What each says to the mediator alone, and what the mediator notes of it. */
  async saidApart(): Promise<void> {
    await this.one.getByLabel('想单独告诉调解员什么').fill(SECRETS.oneSays)
    await press(this.one, '只告诉调解员')
    await expect(told(this.one)).toHaveText('只告诉了调解员。')
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    for (const [party, words] of [[ONE, SECRETS.oneNoted], [OTHER, SECRETS.otherNoted]] as const) {
      await lineOf(colleague, party).getByRole('button', { name: /^记单独谈话/ }).click()
      await form(colleague, '记单独谈话').getByLabel('单独说的话').fill(words)
      await send(colleague, '记单独谈话', '记下')
    }
    await expect(section(colleague)).toContainText('只有您和这一方能看')
    await this.people.look(colleague, 'rooms')
  }

  /** One sitting together, which was set, and one apart on the spot. */
  async met(): Promise<void> {
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    await does(colleague, '记录调解', '记下', async (card) => {
      await card.getByLabel('谈了多少分钟').fill('60')
      await card.getByLabel('甲某某').check()
      await card.getByLabel('乙某某').check()
      await card.getByLabel('谈的经过').fill(SECRETS.together)
      await this.people.look(colleague, 'hold-session')
    })
    await does(colleague, '记录调解', '记下', async (card) => {
      await card.getByLabel('谈了多少分钟').fill('20')
      await card.getByLabel('分开谈').check()
      await card.getByRole('group', { name: '和哪一方谈' }).getByRole('radio', { name: '甲某某' }).check()
      await card.getByRole('group', { name: '谁到场了' }).getByRole('checkbox', { name: '甲某某' }).check()
      await card.getByLabel('谈的经过').fill(SECRETS.apart)
      await this.people.look(colleague, 'hold-apart')
    })
    await expect(stands(colleague)).toContainText('已经谈过 2 次')
    await expect(section(colleague)).toContainText('1月5日（周五）09:30–10:30已进行')
    await this.people.look(colleague, 'two-sessions')
  }

  /** Whom what was said reaches: tried with every post's account, as the reporter, and on both parties' pages. */
  async keptApart(): Promise<void> {
    const { together, ...apart } = SECRETS
    const found = await finders(this.people.server, this.id, Object.values(SECRETS))
    expect([...found.keys()], 'who of the staff reads what was said').toEqual([COLLEAGUE])
    expect(found.get(COLLEAGUE)).toEqual(Object.values(SECRETS))
    const { address } = this.people.server
    const reporter = await (await fetch(`${address}/api/v1/public/reports/${this.reporter}`)).text()
    expect(reporter).toContain(WORDS)
    for (const secret of Object.values(SECRETS)) expect(reporter).not.toContain(secret)
    const [one, other] = [await everythingOn(this.one), await everythingOn(this.other)]
    const of = (page: string) => Object.values(SECRETS).filter((secret) => page.includes(secret))
    expect(of(one)).toEqual([apart.oneSays, apart.oneNoted, together, apart.apart])
    expect(of(other)).toEqual([apart.otherNoted, together])
    await this.people.look(this.one, 'one-after')
    await this.people.look(this.other, 'other-after')
  }

  async agreed(): Promise<void> {
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    await does(colleague, '拟定协议', '请各方看', async (card) => {
      await card.getByLabel('事实、争议和各方的责任').fill('排水沟改道，雨水流进甲家院子，双方各有责任。')
      const clauses = [
        [OTHER, '付清修沟的钱', '2024-01-10', '3000'],
        [OTHER, '把排水沟改回原处', '2024-01-20', ''],
        [ONE, '把围栏往里移半米', '2024-01-20', ''],
      ] as const
      for (const [index, [by, words, due, money]] of clauses.entries()) {
        if (index > 0) await card.getByRole('button', { name: '＋ 加一条' }).click()
        const clause = card.getByRole('group', { name: `第 ${index + 1} 条` })
        await clause.getByLabel('谁来做').selectOption(by.name)
        await clause.getByLabel('做什么').fill(words)
        await clause.getByLabel('最晚哪天').fill(due)
        if (money) await clause.getByLabel('金额').fill(money)
      }
      await this.people.look(colleague, 'propose')
    })
    await expect(stands(colleague)).toContainText('协议第 1 稿还差：甲某某签字、乙某某签字、调解员签字盖章')
  }

  /** One by link and code, the other on paper with a scan; the committee's seal is the last. */
  async signed(): Promise<void> {
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    await lineOf(colleague, OTHER).getByRole('button', { name: /^签字码/ }).click()
    const once = (await lineOf(colleague, OTHER).locator('.reach .code').innerText()).trim()
    await again(this.other)
    await expect(heading(this.other)).toHaveText('现在请您看这件事')
    await press(this.other, '看协议')
    await this.people.look(this.other, 'agreement')
    await this.other.getByLabel('签字码').fill(once)
    await press(this.other, '我看过了，签字')
    await expect(told(this.other)).toHaveText('您已签字。')
    await colleague.reload()
    await does(colleague, '登记纸面签字', '登记签字', async (card) => {
      await card.getByLabel('甲某某').check()
      await addPhoto(colleague, '登记纸面签字', picture('signed-page', 12))
      await this.people.look(colleague, 'paper')
    })
    await expect(stands(colleague)).toContainText('协议第 1 稿还差：调解员签字盖章')
    await does(colleague, '签字盖章', '签字盖章', async () => {})
    await expect(section(colleague)).toContainText('起生效。')
    await expect(section(colleague)).toContainText('双方可以在2月4日（周日）前一起向法院申请司法确认，还有 30 天。')
    await expectAccessible(colleague)
    await this.people.look(colleague, 'in-effect')
    const intake = await this.people.matter('intake', this.id)
    await does(intake, '核查通过', '通过', (card) => card.getByLabel('看到的情况').fill('双方都说谈成了'))
    await does(intake, '回访', '记下回访', (card) => card.getByLabel('满意', { exact: true }).check())
    await expect(intake.locator('.stages')).toContainText(/调解 1月4日.*核查 1月5日/)
    await this.people.look(intake, 'closed')
  }

  async reminded(): Promise<void> {
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    await expect(colleague.getByText('提醒第 1 条快到期了')).toBeVisible()
    await again(this.other)
    await this.people.look(this.other, 'reminded')
  }

  /** Past its day both are told; the other side says when it was done, the mediator notes the rest and looks in. */
  async performed(): Promise<void> {
    // The clocks ring a moment after the start; somebody who sees nothing yet looks again.
    for (const page of [this.one, this.other]) {
      await expect(async () => {
        await again(page)
        await expect(page.getByText('过了日子，还没有说做到')).toBeVisible({ timeout: 1_000 })
      }).toPass()
    }
    await this.people.look(this.one, 'overdue')
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    await expect(stands(colleague)).toContainText('第 1 条过了2024年1月10日还没有履行，该找乙某某问一问。')
    await this.people.look(colleague, 'overdue')
    await this.one.locator('#agreement').getByRole('button', { name: '做到了', exact: true }).first().click()
    await press(this.one, '记下：做到了')
    await expect(this.one.getByText('1月12日做到了')).toBeVisible()
    await colleague.reload()
    for (const clause of ['第 2 条', '第 3 条']) {
      await section(colleague).getByRole('button', { name: new RegExp(`^登记履行.*${clause}`) }).click()
      await form(colleague, '登记履行').getByLabel('做到了', { exact: true }).check()
      await send(colleague, '登记履行', '登记')
    }
    await does(colleague, '回访履行', '记下回访', (card) => card.getByLabel('回访看到的情况').fill('沟已改回，钱已付，两家说话了'))
    await expect(stands(colleague)).toContainText('达成了协议，各条都有了结果。')
  }

  async confirmed(): Promise<void> {
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    await section(colleague).getByRole('button', { name: '问各方要不要司法确认' }).click()
    await form(colleague, '征求各方意见').getByLabel('向哪个法院申请').fill('随县人民法院')
    await send(colleague, '征求各方意见', '请各方回答')
    for (const page of [this.one, this.other]) {
      await again(page)
      await expect(page.getByRole('heading', { name: /^要不要一起向随县人民法院申请司法确认/ })).toBeVisible()
      await this.people.look(page, 'confirmation')
      await press(page, '同意')
      await expect(told(page)).toHaveText('记下了您的回答。')
    }
    await colleague.reload()
    await expect(section(colleague)).toContainText('双方已经申请司法确认，等法院的结果。')
    await does(colleague, '登记法院结果', '登记', async (card) => {
      await card.getByLabel('裁定有效').check()
      await card.getByLabel('案号和说法').fill('（2024）鄂1321民特1号')
    })
    await expect(section(colleague)).toContainText('法院已经裁定协议有效。')
    await this.people.look(colleague, 'confirmed')
    for (const page of [this.one, this.other]) {
      await again(page)
      await expect(page.getByText('法院已经确认有效')).toBeVisible()
      await expect(page.getByText('（2024）鄂1321民特1号')).toBeVisible()
    }
    await this.people.look(this.other, 'confirmed')
  }

  /** Identity seen, the papers signed by hand laid in: the list says that nothing is missing. */
  async filed(): Promise<void> {
    const colleague = await this.people.matter(COLLEAGUE, this.id)
    const papers = colleague.getByRole('region', { name: '卷宗' })
    await papers.getByRole('button', { name: '打开卷宗' }).click()
    for (const party of [ONE, OTHER]) {
      await papers.getByRole('button', { name: '登记看过的证件' }).click()
      const card = form(colleague, '登记看过的证件')
      await card.getByLabel(party.name).check()
      await card.getByLabel('居民身份证').check()
      await send(colleague, '登记看过的证件', '记下')
    }
    await papers.getByRole('button', { name: '立卷', exact: true }).click()
    const card = form(colleague, '立卷')
    for (const paper of BY_HAND) await card.getByRole('checkbox', { name: paper }).check()
    await card.getByLabel('长期').check()
    await this.people.look(colleague, 'file')
    await send(colleague, '立卷', '立卷')
    await expect(papers.locator('header')).toContainText('齐了')
    await this.people.look(colleague, 'dossier')
    const { together, ...apart } = SECRETS
    const holds = [ONE.name, OTHER.name, together, '付清修沟的钱', '把排水沟改回原处', '把围栏往里移半米', '（2024）鄂1321民特1号']
    await expectDossier(this.people.server.address, this.id, { holds, keepsOut: Object.values(apart) })
  }
}

/** The line of a party at the mediator's desk. */
const lineOf = (page: Page, party: PartyAt) => section(page).locator('.party').filter({ hasText: party.name })

/** A step of the talk day, kept on the phone and received. */
async function step(page: Page, name: string, fill: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await fill()
  await page.getByRole('form', { name, exact: true }).getByRole('button', { name: '存下' }).click()
  await expect(page.getByText('都已收到')).toBeVisible()
}
