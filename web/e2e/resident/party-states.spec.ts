// A party's page in each state of its mediation: what it says first, in both languages, on a phone, in large type on a narrow one,
// at a desk. Each is looked at by axe, and by people in the pictures that it leaves.
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility.ts'
import { Arranged } from './party.ts'
import { expect, PHONE, shot, test } from '../site.ts'

interface State {
  name: string
  no?: 1 | 2
  arrange: (at: Arranged) => Promise<void>
  /** What stands first. */
  zh: string
  en: string
  /** Something else that must be there, in Chinese. */
  shows?: RegExp
}

const PAID = { type: 'record_performance', result: 'performed', on: '2024-01-02' }
const asked = async (at: Arranged): Promise<void> => {
  await at.agreed()
  await at.act({ type: 'ask_parties', about: { kind: 'confirmation' } })
}
const applied = async (at: Arranged): Promise<void> => {
  await asked(at)
  for (const no of [1, 2] as const) await at.says(no, { type: 'answer_question', question: 1, yes: true })
}
const answered = (result: string) => async (at: Arranged) => {
  await applied(at)
  await at.act({ type: 'record_confirmation', result, words: '（2024）鄂1321民特1号' })
}
/** Each at an hour of its own: they have one mediator. */
const handed = (days: number) => async (at: Arranged) => {
  await at.consented()
  await at.sessionIn(days)
  await at.act({ type: 'hand_over', channel: 'court', words: '谈了两次没有谈拢，转法院诉前调解窗口。' })
}
const END = { zh: '已经达成协议', en: 'There is an agreement' }
const LOOK = { zh: '现在请您看这件事', en: 'This is for you to look at now' }
const NOTHING = { zh: '现在不用您做什么', en: 'There is nothing for you to do now' }

const STATES: State[] = [
  { name: 'not-yet-asked', arrange: (at) => at.again(), ...NOTHING, shows: /还没有接下/ },
  { name: 'asked', no: 2, arrange: async () => {}, ...LOOK, shows: /您愿意吗/ },
  {
    name: 'consented',
    arrange: async (at) => {
      await at.says(1, { type: 'consent' })
      await at.says(1, { type: 'answer_safety', violence: false })
    },
    ...NOTHING,
    shows: /还在等另一方/,
  },
  {
    name: 'violence',
    arrange: async (at) => {
      await at.says(1, { type: 'consent' })
      await at.says(1, { type: 'answer_safety', violence: true })
    },
    ...NOTHING,
  },
  { name: 'refused', arrange: (at) => at.says(2, { type: 'refuse' }), zh: '没有调解：有一方不愿意', en: 'There is no mediation: one side did not want it' },
  {
    name: 'session',
    arrange: async (at) => {
      await at.consented()
      await at.sessionIn(12)
      await at.act({ type: 'move_session', session: 1, starts_at: '2024-01-09T02:00:00Z', minutes: 60, reason: '村里修路' })
    },
    ...LOOK,
    shows: /改过时间，因为：村里修路/,
  },
  {
    name: 'stopped',
    arrange: async (at) => {
      await at.consented()
      await at.sessionIn(13)
      await at.says(2, { type: 'refuse', words: '不想谈了' })
    },
    zh: '调解停止了',
    en: 'The mediation was stopped',
  },
  {
    name: 'failed',
    arrange: async (at) => {
      await at.consented()
      await at.act({ type: 'conclude_mediation', result: 'failed', words: '两边差得太远，谈了两次没有谈拢。', roads: ['court', 'legal_aid'] })
    },
    zh: '这一次没有谈成',
    en: 'It was not settled this time',
    shows: /书面告诉了您这些路/,
  },
  { name: 'declined', arrange: (at) => at.act({ type: 'decline_mediation', bar: 'at_court', words: '法院上月已经立案，请按传票到庭。' }), zh: '这件事调委会不能调', en: 'The committee cannot mediate this', shows: /法院已经受理/ },
  { name: 'handed-over', arrange: handed(5), ...NOTHING, shows: /等那边接下/ },
  {
    name: 'answer-back',
    arrange: async (at) => {
      await handed(6)(at)
      await at.act({ type: 'answer_hand_over', accept: true, words: '收到材料' })
      await at.act({ type: 'report_result', settled: true, words: '双方在窗口和解，滴水改道。' })
    },
    zh: '转过去以后，已经有了结果',
    en: 'It went to another body, and there is a result',
  },
  {
    name: 'proposed',
    arrange: async (at) => {
      await at.consented()
      await at.propose()
    },
    ...LOOK,
    shows: /请看过再决定签不签/,
  },
  { name: 'agreed', arrange: (at) => at.agreed(), ...END, shows: /一起向法院申请确认/ },
  {
    name: 'performed',
    arrange: async (at) => {
      await at.agreed()
      for (const clause of [1, 2, 3]) await at.act({ ...PAID, clause })
    },
    zh: '协议都做到了',
    en: 'Everything that was agreed is done',
  },
  {
    name: 'not-performed',
    arrange: async (at) => {
      await at.agreed()
      await at.act({ type: 'record_performance', clause: 2, result: 'not_performed' })
    },
    zh: '协议有的没有做到',
    en: 'Some of what was agreed was not done',
  },
  { name: 'confirmation-asked', arrange: asked, ...END, shows: /要不要一起向法院申请司法确认/ },
  { name: 'confirmation-applied', arrange: applied, ...END, shows: /双方已经申请/ },
  { name: 'confirmed', arrange: answered('confirmed'), ...END, shows: /法院已经确认有效/ },
  { name: 'dismissed', arrange: answered('dismissed'), ...END, shows: /法院没有确认/ },
  {
    name: 'mediator-gone',
    arrange: async (at) => {
      await at.consented()
      await at.says(1, { type: 'speak_in_private', words: '其实两千块就可以' })
      await at.sessionIn(14)
      await at.says(2, { type: 'ask_other_mediator' })
    },
    ...LOOK,
    shows: /请换一个新的进入码/,
  },
]

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const fits = async (page: Page): Promise<void> => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide, 'the page is wider than the screen').toBeLessThanOrEqual(0)
}

/** In Chinese on a phone, in English and large type on a narrow one, at a desk in both. */
async function lookAt(page: Page, { name, zh, en, shows }: State): Promise<void> {
  await expect(heading(page)).toHaveText(zh)
  if (shows) await expect(page.locator('article.party').getByText(shows).first()).toBeVisible()
  expect(await page.locator('.asked-now > .ask:not(.quiet-ask)').count(), 'one thing at a time').toBeLessThanOrEqual(1)
  await expectAccessible(page)
  await fits(page)
  await shot(page, `state-${name}-zh`)
  await page.setViewportSize({ width: 1366, height: 900 })
  await fits(page)
  await shot(page, `state-${name}-desk-zh`)
  await page.locator('header .tool[lang]').click()
  await expect(heading(page)).toHaveText(en)
  await shot(page, `state-${name}-desk-en`)
  await page.setViewportSize({ width: 320, height: 700 })
  await page.getByRole('button', { name: 'Large type' }).click()
  await expectAccessible(page)
  await fits(page)
  await shot(page, `state-${name}-narrow-en`)
}

for (const state of STATES) {
  test(`a party is told where it stands: ${state.name}`, async ({ open, server }) => {
    const arranged = await Arranged.at(server.address)
    await state.arrange(arranged)
    const page = await open(PHONE)
    await arranged.enter(page, state.no ?? 1)
    await lookAt(page, state)
  })
}
