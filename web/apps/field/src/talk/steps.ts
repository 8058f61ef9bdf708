import type { TalkDayRow, TalkItem } from '@fengsi/api-client'
import type { Operation } from '@fengsi/outbox'
import { forTalkDay, outbox } from '../sync/outbox'

type Command = { type: string; [field: string]: unknown }

/** Keeps a step at a talk day on this phone; it is sent when there is a network. A refused one that was mended is replaced. */
export async function keepStep(day: string, version: number, title: string, command: Command, again?: Operation): Promise<void> {
  const step = { kind: 'talk' as const, day, baseVersion: version, title, photos: [], command }
  await (again ? outbox.value?.revise(again.id, step) : outbox.value?.add(step))
}

/** A refused step that its writer wants to mend, by its id. */
export const refusedStep = (day: string, id: unknown): Operation | undefined =>
  forTalkDay(day).find((one) => one.id === id && one.state === 'needs_attention')

/** What was written in a refused step. */
export const written =
  (again: Operation | undefined) =>
  (field: string): string =>
    again?.kind === 'talk' ? String(again.command[field] ?? '') : ''

interface Moved {
  date: string
  begins: string
  ends: string
  place: string
  reason: string
}
/** A place that is not written anew stays where it is. */
export function moveOf(row: TalkDayRow, { date, begins, ends, place, reason }: Moved): Command {
  const stays = row.place ? { place: row.place.id } : { place_words: row.place_words }
  const where = place.trim() ? { place_words: place.trim() } : stays
  return { type: 'move', date, begins: begins || undefined, ends: ends || undefined, ...where, reason: reason.trim() }
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
