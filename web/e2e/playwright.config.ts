// Walks through the built pages, carried by a real server, in a real Chromium. No browser is downloaded.
import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const OWN_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const browser = process.env.CHROMIUM_BIN ?? OWN_PLACES.find((place) => existsSync(place))

export default defineConfig({
  testDir: '.',
  outputDir: 'results/failures',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list', { printSteps: false }]],
  use: {
    launchOptions: {
      executablePath: browser,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
    },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
