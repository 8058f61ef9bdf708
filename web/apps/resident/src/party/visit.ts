import { computed, inject, provide, ref, shallowRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import {
  createPartyClient,
  makeCommandId,
  Problem,
  readOwnAgreement,
  readPartyPage,
  sendPartyCommand,
  type Command,
  type NamedFile,
  type Party,
  type PartyPage,
} from '@fengsi/api-client'
import { problemSentence, useWords } from '@fengsi/words'
import type { Mistake } from '@fengsi/parts/ErrorSummary.vue'
import { rememberEntry, type Entry } from './entry'

/** A party's stay on its page: what the page says now, and the one way of saying something. */
export interface Visit {
  page: ShallowRef<PartyPage>
  /** What was just done, told to who listens to the page instead of seeing it. */
  told: Ref<string>
  /** The access code that it has just taken. */
  given: Ref<string | undefined>
  /** Some form on the page is wrong: its title says so. */
  wrong: Ref<boolean>
  read: () => Promise<void>
  say: (id: string, command: Command, oneTimeCode?: string) => Promise<void>
  /** Its own copy of the agreement that holds. */
  copy: (format: 'docx' | 'pdf') => Promise<NamedFile>
}

const VISIT: InjectionKey<Visit> = Symbol('visit')

export function beginVisit(entry: Entry, first: PartyPage): Visit {
  const client = createPartyClient(entry.digits)
  const page = shallowRef(first)
  const given = ref<string>()
  let { code } = entry
  const visit: Visit = {
    page,
    told: ref(''),
    given,
    wrong: ref(false),
    read: async () => void (page.value = await readPartyPage(client, code)),
    copy: (format) => readOwnAgreement(client, code, format),
    async say(id, command, oneTimeCode) {
      const answer = await sendPartyCommand(client, code, { id, command, one_time_code: oneTimeCode })
      if (answer.code) {
        code = given.value = answer.code
        rememberEntry({ ...entry, code, opened: entry.opened ?? entry.code })
      }
      page.value = answer
    },
  }
  provide(VISIT, visit)
  return visit
}

export function useVisit() {
  const visit = inject(VISIT)
  if (!visit) throw new Error('a part of the party page stands outside of it')
  const { page } = visit
  const me = computed(() => page.value.mediation.parties.find(({ no }) => no === page.value.me))
  const others = computed(() => page.value.mediation.parties.filter(({ no }) => no !== page.value.me))
  const may = (command: string): boolean => page.value.can.includes(command)
  return { ...visit, me, others, may }
}

/** You, or a party by its name. */
export function usePartyName() {
  const { t } = useWords()
  const { page } = useVisit()
  const named = ({ no, name }: Party): string => name || t('actor.party', { no })
  return (no: number): string => {
    if (no === page.value.me) return t('actor.you')
    const party = page.value.mediation.parties.find((one) => one.no === no)
    return party ? named(party) : t('actor.party', { no })
  }
}

/**
 * One thing that a party says: once, with its mistakes; what was typed stays until it has arrived.
 * `words` are a form's own for problems, by their codes.
 */
export function useSaying(owed: () => Mistake[] = () => [], words: Record<string, string> = {}) {
  const { t, has } = useWords()
  const visit = useVisit()
  const sending = ref(false)
  const attempt = ref(0)
  const problem = ref<Problem>()
  let id = makeCommandId()

  const mistakes = computed<Mistake[]>(() => {
    if (attempt.value === 0) return []
    const missing = owed()
    if (missing.length > 0) return missing
    if (!problem.value) return []
    const own = words[problem.value.code]
    return [{ text: own ? t(own) : problemSentence(problem.value, { t, has }) }]
  })

  async function say(command: Command, told: string, oneTimeCode?: string): Promise<boolean> {
    if (sending.value) return false
    attempt.value++
    problem.value = undefined
    visit.told.value = ''
    visit.wrong.value = owed().length > 0
    if (visit.wrong.value) return false
    sending.value = true
    try {
      await visit.say(id, command, oneTimeCode)
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      // An earlier try had arrived after all: what it did is on the page already.
      if (cause.code === 'command_id_reused') await visit.read().catch(() => undefined)
      else if (cause.code === 'not_in_this_stage' && (await reread())) {
        visit.told.value = t('resident.party.went_on')
        return false
      } else {
        problem.value = cause
        visit.wrong.value = true
        attempt.value++
        return false
      }
    } finally {
      sending.value = false
    }
    attempt.value = 0
    id = makeCommandId()
    visit.told.value = told
    return true
  }

  /** Somebody else ended it meanwhile: the page says how it stands now. */
  const reread = (): Promise<boolean> =>
    visit.read().then(
      () => true,
      () => false,
    )

  function forgive(): void {
    attempt.value = 0
    problem.value = undefined
    visit.wrong.value = false
  }

  return { sending, attempt, mistakes, problem, say, forgive }
}
