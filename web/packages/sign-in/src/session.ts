import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { Problem, readMe, signIn, signOut, type Client, type Me, type Role } from '@fengsi/api-client'

/** `offline` is signed in on this phone's word only: the server could not be asked. */
export type SessionState = 'unknown' | 'signed_in' | 'signed_out' | 'offline'

export interface SessionMemory {
  load(): Me | undefined
  store(me: Me | undefined): void
}

export interface Session {
  state: Readonly<Ref<SessionState>>
  me: Readonly<Ref<Me | undefined>>
  csrf(): string | undefined
  has(...roles: Role[]): boolean
  displayName: ComputedRef<string>
  load(client: Client): Promise<SessionState>
  signIn(client: Client, name: string, password: string): Promise<Me>
  signOut(client: Client): Promise<void>
  /** The server said 401 to something else: the stay has ended, what waits to be sent stays. */
  ended(): void
}

const forgetful: SessionMemory = { load: () => undefined, store: () => undefined }

export function createSession(memory: SessionMemory = forgetful): Session {
  const state = ref<SessionState>('unknown')
  const me = ref<Me>()

  function become(next: SessionState, account?: Me): SessionState {
    me.value = account
    state.value = next
    if (next !== 'offline') memory.store(account)
    return next
  }

  return {
    state,
    me,
    csrf: () => me.value?.csrf,
    has: (...roles) => me.value?.grants.some((grant) => roles.includes(grant.role)) ?? false,
    displayName: computed(() => me.value?.account.display_name ?? ''),
    async load(client) {
      try {
        return become('signed_in', await readMe(client))
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause
        if (!cause.worthRetrying) return become('signed_out')
        const remembered = memory.load()
        return remembered ? become('offline', remembered) : become('signed_out')
      }
    },
    async signIn(client, name, password) {
      const account = await signIn(client, name, password)
      become('signed_in', account)
      return account
    },
    async signOut(client) {
      try {
        await signOut(client)
      } catch (cause) {
        const endedAlready = cause instanceof Problem && cause.status === 401
        if (!endedAlready) throw cause
      }
      become('signed_out')
    },
    ended() {
      become('signed_out')
    },
  }
}
