// What happened to a talk day as a sentence.
import type { TalkEntry, TimelineEntry } from '@fengsi/api-client'
import { actorName, dayOf, longDay, unitName, type Teller } from '@fengsi/words'

export function talkSentence(entry: TalkEntry, teller: Teller): string {
  const { t, locale } = teller
  const day = (date: string | null | undefined): string => (date ? longDay(dayOf(date), locale) : '')
  const kept = entry.event === 'promise_settled' ? (entry.kept ? '_kept' : '_broken') : ''
  return t(`talk_desk.told.${entry.event}${kept}`, {
    who: actorName({ actor: entry.actor as TimelineEntry['actor'] }, teller),
    item: entry.item ?? '',
    topic: entry.topic ? t(`talk.topic.${entry.topic}`) : '',
    date: day(entry.date),
    due: day(entry.due),
    unit: unitName(entry.unit, locale) ?? '',
    n: entry.people ?? entry.answers ?? 0,
  })
}
