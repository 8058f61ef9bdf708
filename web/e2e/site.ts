// What every test has: a server, contexts for phones and desks, and an eye on what the browser complains about.
import { fileURLToPath } from 'node:url'
import { expect, test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { startServer, type Server } from './server.ts'

export const PASSWORD = 'pingan-2023'
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
export const DESK = { viewport: { width: 1440, height: 900 } }
const RESULTS = fileURLToPath(new URL('results/', import.meta.url))

/** A picture of the whole page for people to look at. */
export const shot = (page: Page, name: string) =>
  page.screenshot({ path: `${RESULTS}${name}.png`, fullPage: true, animations: 'disabled' })

export interface Opener {
  (options: BrowserContextOptions): Promise<Page>
}

interface Fixtures {
  /** Opens a page in a browser of its own: another phone, another desk. */
  open: Opener
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // eslint-style destructuring is what the runner reads its dependencies from.
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  open: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const complaints: string[] = []
    await use(async (options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      const page = await context.newPage()
      listen(page, complaints)
      return page
    })
    for (const context of contexts) await context.close()
    expect(complaints, 'what the browser complained about').toEqual([])
  },
})

/** A refused request is part of many tests, and a machine without a graphics card draws maps slowly; the rest is a fault of ours. */
const EXPECTED = /^Failed to load resource|GL Driver Message/

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (!EXPECTED.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`)
  })
}

export { expect }
