// What a mediation says in words: who is meant, when and how one sits together.
import { clockTime, dayAndTime, type Locale, type Translate } from '@fengsi/words'
import type { Mediation, Party, Session } from './mediated'
import type { Said } from './standing'

/** Whoever may not read the name reads the side and the number. */
export const partyName = (party: Party, t: Translate): string =>
  party.name ?? t('field.mediation.party_no', { side: t(`field.mediation.side.${party.side}`), no: party.no })

export function partyNamed(mediation: Mediation, no: number, t: Translate): string {
  const party = mediation.parties.find((one) => one.no === no)
  return party ? partyName(party, t) : t('actor.party', { no })
}

/** 1月5日（周五）09:00–10:00 */
export const sessionTime = ({ starts_at, ends_at }: Pick<Session, 'starts_at' | 'ends_at'>, locale: Locale): string =>
  `${dayAndTime(starts_at, locale)}–${clockTime(ends_at)}`

/** Where, with whom, and whether others may listen. */
export function sessionManner(session: Session, mediation: Mediation, t: Translate): string {
  const apart = session.form === 'apart' && session.with
  return [
    [t(`field.mediation.venue.${session.venue}`), session.place].filter(Boolean).join(t('app.comma')),
    apart
      ? t('field.mediation.apart_with', { name: partyNamed(mediation, session.with!, t) })
      : t(`field.mediation.form.${session.form}`),
    t(session.open ? 'field.mediation.open_session' : 'field.mediation.closed_session'),
  ].join(t('app.middot'))
}

export function saidSentence({ key, parties, session, before, n }: Said, t: Translate, locale: Locale): string {
  return t(`field.mediation.${key}`, {
    who: (parties ?? []).map((party) => partyName(party, t)).join(t('app.list')),
    time: session ? sessionTime(session, locale) : '',
    before: before ? sessionTime(before, locale) : '',
    n,
  })
}
