import { describe, expect, it } from 'vitest'
import { createClient, type Me } from '@fengsi/api-client'
import { createSession } from './session'
import { useSignInForm } from './sign-in-form'

const account: Me = {
  account: { id: 'a', name: 'grid.worker', display_name: '网格员' },
  grants: [],
  csrf: 'token',
  now: '2024-01-02T01:00:00Z',
}
const answering = (status: number, body: unknown) =>
  createClient({ retryDelaysMs: [], fetch: async () => new Response(JSON.stringify(body), { status }) })
const silent = () => createClient({ retryDelaysMs: [], fetch: () => Promise.reject(new TypeError('no network')) })

describe('session', () => {
  it('goes on offline with the account this phone remembers', async () => {
    const session = createSession({ load: () => account, store: () => undefined })
    expect(await session.load(silent())).toBe('offline')
    expect(session.me.value?.account.name).toBe('grid.worker')
  })

  it('forgets the account when the server says it is not signed in', async () => {
    const stored: (Me | undefined)[] = []
    const session = createSession({ load: () => account, store: (me) => stored.push(me) })
    expect(await session.load(answering(401, { code: 'not_signed_in' }))).toBe('signed_out')
    expect(stored).toEqual([undefined])
  })
})

describe('sign-in form', () => {
  it('names what is missing before asking the server', async () => {
    const form = useSignInForm(createSession(), silent())
    await form.submit()
    expect(form.missing.value).toEqual(['name', 'password'])
  })

  it('says that the pair is wrong and keeps the name', async () => {
    const form = useSignInForm(createSession(), answering(401, { code: 'not_signed_in' }))
    form.name.value = 'grid.worker'
    form.password.value = 'wrong'
    await form.submit()
    expect(form.problem.value?.code).toBe('wrong_name_or_password')
    expect(form.name.value).toBe('grid.worker')
    expect(form.password.value).toBe('')
  })

  it('signs in', async () => {
    const session = createSession()
    const form = useSignInForm(session, answering(200, account))
    form.name.value = ' grid.worker '
    form.password.value = 'right'
    expect((await form.submit())?.csrf).toBe('token')
    expect(session.state.value).toBe('signed_in')
  })
})
