// One matter through all hands, in real pages. After each step the reporter's page is opened and must tell the truth.
import type { Page } from '@playwright/test'
import { addPhoto, begin, chooseUnit, form, openFromQueue, send, signInAtDesk, toast } from './desk.ts'
import { carryOut, openTask, signInInTheField } from './field.ts'
import { picture } from './picture.ts'
import { expectTruth, openFollow, report, VILLAGE, type Truth } from './resident.ts'
import { createDatabase, postgres, startServer, type Server } from './server.ts'
import { DESK, expect, PHONE, shot, test, type Opener } from './site.ts'

const WORDS = '雁子河村村口的路灯坏了三天，晚上看不见路'
const NEAR = '村口公路东侧第二根灯杆'
const OFFICE = '柳林镇村镇建设办'
const WALK_MS = 150_000

test.describe.configure({ mode: 'parallel' })
const DATABASES = postgres ? (['SQLite', 'PostgreSQL'] as const) : (['SQLite'] as const)

for (const database of DATABASES) {
  test(`a broken street lamp goes through all hands on ${database}`, async ({ open }) => {
    test.setTimeout(WALK_MS)
    const server = await startServer(database === 'PostgreSQL' ? await createDatabase() : undefined)
    try {
      await new Walk(server, open, database.toLowerCase()).go()
    } finally {
      await server.stop()
    }
  })
}

class Walk {
  private phone!: Page
  private code = ''
  private taken = 0
  private readonly people = new Map<string, Page>()

  constructor(
    private readonly server: Server,
    private readonly open: Opener,
    private readonly name: string,
  ) {}

  async go(): Promise<void> {
    await test.step('reported', () => this.reported())
    await test.step('screened, dispatched and returned', () => this.returned())
    await test.step('objected to and ruled on', () => this.ruled())
    await test.step('signed for, extended and completed', () => this.handled())
    await test.step('verified by one who finds it undone and one who finds it done', () => this.verified())
    await test.step('rated unhappy, done again, closed', () => this.closed())
  }

  private async reported(): Promise<void> {
    const { address } = this.server
    this.phone = await this.open(PHONE)
    const photo = picture('lamp', 0)
    const receipt = await report(this.phone, address, { words: WORDS, address: NEAR, photos: [photo], phone: '13800000000' })
    await this.look(this.phone, 'receipt')
    this.code = receipt.code
    expect(receipt.code).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect(receipt.number).toMatch(/^SZ-421321117-20240102-\d{4}$/)
    await this.truth({ now: /^现在由柳林镇综治中心看，应在.+前答复。$/, step: '收到', newest: /您反映了这件事/ })
    await expect(this.phone.getByText(NEAR)).toBeVisible()
  }

  private async returned(): Promise<void> {
    const intake = await this.at('intake')
    await this.queue(intake)
    await intake.keyboard.press('a')
    await expect(toast(intake)).toContainText(/受理.*筛选/)
    await this.truth({ now: /^现在由柳林镇综治中心看/, step: '收到', newest: /柳林镇综治中心收到并受理了/ })

    await this.dispatch()
    await this.truth({ now: /^已交给柳林镇村镇建设办办理，应在.+前接手。$/, step: '分派', newest: /交给柳林镇村镇建设办办理/ })

    const office = await this.at('construction')
    await openFromQueue(office, this.server.address, WORDS)
    await begin(office, '退回')
    await form(office, '退回').getByLabel('退回的依据').selectOption({ index: 1 })
    await form(office, '退回').getByLabel('原因').fill('灯杆归供电所管')
    await this.look(office, 'return')
    await send(office, '退回', '退回')
    await this.truth({ now: /^现在由柳林镇综治中心看/, step: '收到', newest: /柳林镇村镇建设办退回.*灯杆归供电所管/ })
    await this.dispatch()
    await this.truth({ now: /^已交给柳林镇村镇建设办办理/, step: '分派', newest: /交给柳林镇村镇建设办办理/ })
  }

  private async ruled(): Promise<void> {
    const office = await this.at('construction')
    await openFromQueue(office, this.server.address, WORDS)
    await expect(office.getByText('已退回过一次，不能再退回')).toBeVisible()
    await begin(office, '提出异议')
    await form(office, '提出异议').getByLabel('原因').fill('路灯移交手续没有办完')
    await send(office, '提出异议', '提出异议')
    await this.truth({ now: /由随县综治中心裁定，应在.+前定下来。$/, newest: /柳林镇村镇建设办认为不该由本单位办/, step: '分派' })

    const county = await this.at('421321.dispatcher')
    await openFromQueue(county, this.server.address, WORDS)
    await begin(county, '裁定')
    await chooseUnit(county, '裁定', OFFICE)
    await form(county, '裁定').getByLabel('原因').fill('日常维护归村镇建设办，手续另办')
    await this.look(county, 'rule')
    await send(county, '裁定', '裁定')
    await this.truth({ now: /^已交给柳林镇村镇建设办办理/, step: '分派', newest: /随县综治中心裁定由柳林镇村镇建设办办理/ })
  }

  private async handled(): Promise<void> {
    const office = await this.at('construction')
    await this.queue(office)
    await office.keyboard.press('Enter')
    await expect(toast(office)).toContainText(/签收.*办理中/)
    await this.truth({ now: /^现在由柳林镇村镇建设办办理/, step: '办理', newest: /柳林镇村镇建设办签收，开始办理/ })

    await openFromQueue(office, this.server.address, WORDS)
    await begin(office, '申请延期')
    await form(office, '申请延期').getByLabel(/延长几个工作日/).fill('5')
    await form(office, '申请延期').getByLabel('原因').fill('灯头要从市里调')
    await send(office, '申请延期', '申请延期')
    await this.truth({ now: /^现在由柳林镇村镇建设办办理/, step: '办理', newest: /申请延长办理时间.*灯头要从市里调/ })

    const dispatcher = await this.at('dispatcher')
    await openFromQueue(dispatcher, this.server.address, WORDS)
    await begin(dispatcher, '审批延期')
    await form(dispatcher, '审批延期').getByLabel('同意', { exact: true }).check()
    await this.look(dispatcher, 'extension')
    await send(dispatcher, '审批延期', '决定')
    await this.truth({ now: /^现在由柳林镇村镇建设办办理/, step: '办理', newest: /柳林镇综治中心同意延期/ })

    await this.complete('换了灯头，已经亮了', 1)
  }

  private async verified(): Promise<void> {
    const worker = await this.inTheField(`${VILLAGE}001.grid_worker`)
    await openTask(worker, this.server.address, WORDS)
    await this.look(worker, 'task')
    await carryOut(worker, '核查不通过', '哪里没办好', '晚上去看，灯还是不亮', picture('still-dark', 2))
    await this.truth({ now: /^现在由柳林镇村镇建设办办理/, step: '办理', newest: /核查没有通过，要重新办.*晚上去看，灯还是不亮/ })

    await this.complete('线路接头也换了，夜里试过', 3)
    const lead = await this.inTheField(`${VILLAGE}.village_lead`)
    await openTask(lead, this.server.address, WORDS)
    await carryOut(lead, '核查通过', '现场看到什么', '夜里八点看过，亮着', picture('lit', 4))
    await this.truth({ now: /^办完了，请您评价/, step: '您评价', newest: /雁子河村综治中心核查通过/ })
  }

  private async closed(): Promise<void> {
    const intake = await this.at('intake')
    await openFromQueue(intake, this.server.address, WORDS)
    await begin(intake, '回访')
    await form(intake, '回访').getByLabel('没有联系上').check()
    await send(intake, '回访', '记下回访')
    await this.truth({ now: /^办完了，请您评价/, step: '您评价', newest: /柳林镇综治中心回访，没有联系上/ })

    await this.rate('不满意', '下雨又灭了')
    await this.truth({ now: /^现在由柳林镇村镇建设办办理/, step: '办理', newest: /您评价：不满意.*下雨又灭了/ })
    await this.complete('换了防水灯头', 5)
    const lead = await this.inTheField(`${VILLAGE}.village_lead`)
    await openTask(lead, this.server.address, WORDS)
    await carryOut(lead, '核查通过', '现场看到什么', '雨天看过，亮着', picture('rain', 6))
    await this.rate('满意')
    await this.truth({ now: /^这件事已经办结：已办好。$/, newest: /办结：已办好/ })
    await expect(this.phone.getByText('您评价过：满意')).toBeVisible()
  }

  /** The suggestion is the town's wardens; the dispatcher knows better and chooses another unit. */
  private async dispatch(): Promise<void> {
    const dispatcher = await this.at('dispatcher')
    await this.queue(dispatcher)
    await expect(dispatcher.getByRole('button', { name: '分给柳林镇城管中队' })).toBeVisible()
    await this.look(dispatcher, 'queue')
    await dispatcher.keyboard.press('d')
    await chooseUnit(dispatcher, '分派', OFFICE)
    await this.look(dispatcher, 'dispatch')
    await send(dispatcher, '分派', '分派')
    await expect(toast(dispatcher)).toContainText(/分派.*已分派/)
  }

  private async complete(words: string, shade: number): Promise<void> {
    const office = await this.at('construction')
    await openFromQueue(office, this.server.address, WORDS)
    await begin(office, '办结')
    await form(office, '办结').getByLabel('写给反映人的话').fill(words)
    await addPhoto(office, '办结', picture(`after-${shade}`, shade))
    await this.look(office, 'complete')
    await send(office, '办结', '办结，交核查')
    const reply = new RegExp(`柳林镇村镇建设办办完了.*${words}`)
    await this.truth({ now: /^办完了，现在由雁子河村综治中心核查，应在.+前查完。$/, step: '核查', newest: reply })
    await expect(this.phone.getByRole('region', { name: '给您的答复' })).toContainText(words)
  }

  private async rate(answer: string, words?: string): Promise<void> {
    await openFollow(this.phone, this.server.address, this.code)
    await this.phone.getByRole('button', { name: '评价', exact: true }).click()
    await this.phone.getByLabel(answer, { exact: true }).check()
    if (words) await this.phone.getByLabel('哪里不满意').fill(words)
    await this.look(this.phone, 'rate')
    await this.phone.getByRole('button', { name: '交评价' }).click()
    await expect(this.phone.getByText('收到了。')).toBeVisible()
  }

  /** The queue with this matter in it, read and ready for keys. */
  private async queue(page: Page): Promise<void> {
    await page.goto(`${this.server.address}/desk/queue`)
    await expect(page.getByRole('heading', { level: 2, name: WORDS })).toBeVisible()
  }

  private async at(name: string): Promise<Page> {
    const known = this.people.get(name)
    if (known) return known
    const page = await this.open(DESK)
    await signInAtDesk(page, this.server.address, name)
    this.people.set(name, page)
    return page
  }

  private async inTheField(name: string): Promise<Page> {
    const known = this.people.get(name)
    if (known) return known
    const page = await this.open(PHONE)
    await signInInTheField(page, this.server.address, name)
    this.people.set(name, page)
    return page
  }

  private async truth(truth: Truth): Promise<void> {
    await expectTruth(this.phone, this.server.address, this.code, truth)
    await this.look(this.phone, 'follow')
  }

  private look(page: Page, what: string): Promise<unknown> {
    this.taken++
    return shot(page, `walk-${this.name}-${String(this.taken).padStart(2, '0')}-${what}`)
  }
}
