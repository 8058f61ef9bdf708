// Disputes from the first word to the last, in real pages, on both databases.
import { createDatabase, postgres, startServer, type Server } from '../server.ts'
import { test } from '../site.ts'
import { atCourtAlready, handedToArbitration, refusedBeforeConsent, stoppedInSession, violenceAtHome } from './endings.ts'
import { Neighbours } from './neighbours.ts'
import { People } from './people.ts'

/** In the order of the site's time. */
const ENDINGS = {
  'a no before consent ends it': refusedBeforeConsent,
  'a party stops in mid-session': stoppedInSession,
  'what failed goes to labour arbitration, and its answer comes back': handedToArbitration,
  'who speaks of violence is told of help and sits apart': violenceAtHome,
  'what a court has already is not taken': atCourtAlready,
}
const WALK_MS = 240_000
const DATABASES = postgres ? (['SQLite', 'PostgreSQL'] as const) : (['SQLite'] as const)

test.describe.configure({ mode: 'parallel' })

for (const database of DATABASES) {
  test.describe(database, () => {
    test.describe.configure({ mode: 'default', timeout: WALK_MS })
    // The pages are the same on both: one set of pictures is enough to look at.
    const pictured = database === 'SQLite'
    let server: Server
    test.beforeAll(async () => {
      server = await startServer(database === 'PostgreSQL' ? await createDatabase() : undefined, '2024-01-04T09:10')
    })
    test.afterAll(() => server.stop())

    test(`neighbours come to an agreement that the court confirms on ${database}`, async ({ open }) => {
      const walk = new Neighbours(new People(server, open, pictured ? 'neighbours' : undefined))
      await test.step('raised on a talk day', () => walk.raised())
      await test.step('screened and handed to the committee of the village', () => walk.dispatched())
      await test.step('taken on', () => walk.accepted())
      await test.step('consented to on two phones, with another mediator', () => walk.consented())
      await test.step('a time is set', () => walk.set())
      await test.step('each speaks to the mediator alone', () => walk.saidApart())
      await server.later('2024-01-05T11:00')
      await test.step('two sittings', () => walk.met())
      await test.step('nobody else reads what was said', () => walk.keptApart())
      await test.step('agreed in writing', () => walk.agreed())
      await test.step('signed by link and on paper', () => walk.signed())
      await server.later('2024-01-07T09:05')
      await test.step('reminded before the day', () => walk.reminded())
      await server.later('2024-01-12T10:00')
      await test.step('performed late', () => walk.performed())
      await test.step('confirmed by the court', () => walk.confirmed())
      await test.step('the dossier', () => walk.filed())
    })

    for (const [name, ending] of Object.entries(ENDINGS)) {
      test(`${name} on ${database}`, ({ open }) => ending(new People(server, open, pictured ? ending.name : undefined)))
    }
  })
}
