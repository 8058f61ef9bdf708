// @vitest-environment jsdom
import type { Photo } from '@fengsi/api-client'
import { createWords } from '@fengsi/words'
import zh from '@fengsi/words/zh'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createApp, h, nextTick, type App, type Component } from 'vue'
import ErrorSummary from './ErrorSummary.vue'
import LightMark from './LightMark.vue'
import PhotoStrip from './PhotoStrip.vue'

let app: App | undefined
beforeEach(() => {
  // The test's browser draws nothing, so it cannot scroll.
  Element.prototype.scrollIntoView = vi.fn()
})
afterEach(() => {
  app?.unmount()
  document.body.replaceChildren()
})

async function shown(part: Component, props: Record<string, unknown>): Promise<HTMLElement> {
  const source = async () => [{ default: zh }]
  const { i18n } = await createWords({ zh: source, en: source })
  const place = document.createElement('div')
  document.body.append(place)
  app = createApp({ render: () => h(part, props) })
  app.use(i18n).mount(place)
  await nextTick()
  return place
}

it('leads from what is wrong to its field', async () => {
  const field = document.createElement('input')
  field.id = 'words'
  document.body.append(field)
  const place = await shown(ErrorSummary, { mistakes: [{ field: 'words', text: '请写几句' }], attempt: 1 })
  await nextTick()
  expect(document.activeElement).toBe(place.querySelector('[role=alert]'))
  place.querySelector('a')!.click()
  expect(document.activeElement).toBe(field)
})

it('says a light with a shape and a word', async () => {
  const light = await shown(LightMark, { light: 'red' })
  expect(light.querySelector('path')).not.toBeNull()
  expect(light.textContent!.trim()).toBe(zh.light.red)
})

it('says the word of a light to those who only hear it when a date stands in its place', async () => {
  const light = await shown(LightMark, { light: 'red', words: '1月3日' })
  expect(light.querySelector('.unseen')!.textContent).toContain(zh.light.red)
  expect(light.textContent!.trim()).toMatch(/1月3日$/)
})

it('names every photo and fetches it from where the page says', async () => {
  const photos = [{ id: 'one', kind: 'report', at: '2024-03-04T01:00:00Z' }] as unknown as Photo[]
  const place = await shown(PhotoStrip, { photos, addressOf: (id: string, size: string) => `/${id}/${size}` })
  expect(place.querySelector('img')!.getAttribute('src')).toBe('/one/thumb')
  expect(place.querySelector('li button')!.getAttribute('aria-label')).toContain('3月4日')
})
