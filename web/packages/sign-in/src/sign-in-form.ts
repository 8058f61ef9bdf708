import { computed, ref } from 'vue'
import { Problem, type Client, type Me } from '@fengsi/api-client'
import type { Session } from './session'

type FieldName = 'name' | 'password'

/** The state of a sign-in form. The page draws it and moves the focus. */
export function useSignInForm(session: Session, client: Client) {
  const name = ref('')
  const password = ref('')
  const shown = ref(false)
  const busy = ref(false)
  const attempted = ref(false)
  const problem = ref<Problem>()

  const missing = computed<FieldName[]>(() => {
    if (!attempted.value) return []
    const fields: FieldName[] = []
    if (name.value.trim() === '') fields.push('name')
    if (password.value === '') fields.push('password')
    return fields
  })

  async function submit(): Promise<Me | undefined> {
    attempted.value = true
    problem.value = undefined
    if (busy.value || missing.value.length > 0) return undefined
    busy.value = true
    try {
      return await session.signIn(client, name.value.trim(), password.value)
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      // Here 401 means the pair was wrong, not that a stay has ended.
      problem.value = cause.status === 401 ? new Problem(401, { code: 'wrong_name_or_password' }) : cause
      password.value = ''
      attempted.value = false
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { name, password, shown, busy, missing, problem, submit }
}
