import { beforeEach, describe, expect, it } from 'vitest'
import { draft, draftBegun, forgetDraft, reportFrom } from './draft'
import { mistakesIn } from './mistakes'

const keysOnly = (key: string) => key
beforeEach(() => forgetDraft())

function fill(): void {
  Object.assign(draft, {
    words: '  门前积水。 ',
    town: '421321117',
    place: { area: '421321117201', path: '随县 柳林镇 长岭坡村' },
  })
}

describe('draft', () => {
  it('needs words and a place and nothing else', () => {
    expect(mistakesIn(keysOnly).map(({ field }) => field)).toEqual(['words', 'town'])
    draft.town = '421321117'
    expect(mistakesIn(keysOnly).map(({ field }) => field)).toEqual(['words', 'village'])
    fill()
    expect(mistakesIn(keysOnly)).toEqual([])
  })

  it('minds a phone number only where one is given', () => {
    fill()
    for (const phone of ['', '13800000421', '138 0000 0421', '+8613800000421', '0722-3312345']) {
      draft.phone = phone
      expect(mistakesIn(keysOnly), phone).toEqual([])
    }
    draft.phone = '12'
    expect(mistakesIn(keysOnly).map(({ field }) => field)).toEqual(['phone'])
  })

  it('becomes a report with the point rather than the village, under one id', () => {
    fill()
    expect(reportFrom([])).toEqual({ id: draft.id, words: '门前积水。', place: { area: '421321117201' } })
    draft.place = { ...draft.place!, point: { lon: 113.1, lat: 31.5 } }
    expect(reportFrom(['p1'])).toMatchObject({ id: draft.id, place: { lon: 113.1, lat: 31.5 }, photos: ['p1'] })
  })

  it('asks for the life-danger clock only while there is danger', () => {
    fill()
    draft.emergency = true
    expect(reportFrom([]).urgency).toBe('life')
    draft.stillDanger = false
    expect(reportFrom([]).urgency).toBeUndefined()
  })

  it('gets a new id when it is forgotten', () => {
    fill()
    const { id } = draft
    expect(draftBegun.value).toBe(true)
    forgetDraft()
    expect(draft.id).not.toBe(id)
    expect(draftBegun.value).toBe(false)
  })
})
