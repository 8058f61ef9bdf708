// What of a matter stays on this phone to be read without network. What was said in private, and the records of sessions, do not:
// they are shown while there is a network and then gone.
import type { MatterPage } from '@fengsi/api-client'

const PRIVATE_ROOM = ['caucus_noted', 'spoken_in_private']
const RECORD = 'session_held'

export function withoutPrivateWords(page: MatterPage): MatterPage {
  const { mediation } = page.matter
  if (!mediation) return page
  const sessions = mediation.sessions.map((session) => ({ ...session, words: undefined }))
  const timeline = page.timeline
    .filter(({ event }) => !PRIVATE_ROOM.includes(event))
    .map((entry) => (entry.event === RECORD ? { ...entry, words: undefined, photos: [] } : entry))
  const scans = page.timeline.filter(({ event }) => event === RECORD).flatMap(({ photos }) => photos.map(({ id }) => id))
  const photo_list = page.matter.photo_list.filter(({ id }) => !scans.includes(id))
  return { ...page, timeline, matter: { ...page.matter, photo_list, mediation: { ...mediation, said: [], sessions } } }
}
