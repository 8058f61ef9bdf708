import type { TalkDayRow, TalkItem } from '@fengsi/api-client'
import { outbox } from '../sync/outbox'

type Command = { type: string; [field: string]: unknown }

/** Keeps a step at a talk day on this phone; it is sent when there is a network. */
export async function keepStep(day: string, version: number, title: string, command: Command): Promise<void> {
  await outbox.value?.add({ kind: 'talk', day, baseVersion: version, title, photos: [], command })
}

/** The plan that the rule suggests, at its usual place or where the lead says. */
export function planOf(row: TalkDayRow, placeWords: string): Command {
  const { village, slot, begins, ends, place } = row
  const where = placeWords.trim() ? { place_words: placeWords.trim() } : { place: place?.id }
  return { type: 'plan', area: village.code, slot, date: row.date, begins, ends, ...where }
}

/** One tap: what was raised goes the way of every report, and names the talk day it comes from. */
export async function keepMatter(row: TalkDayRow, item: TalkItem, day: string, words: string): Promise<void> {
  const body = {
    source: 'talk_day',
    place: { area: row.village.code },
    words,
    talk_day: { day, item: item.no },
    ...(item.topic === 'dispute' ? { class: 'dispute' } : {}),
  }
  await outbox.value?.add({ kind: 'report', title: words.slice(0, 20), photos: [], body })
}
