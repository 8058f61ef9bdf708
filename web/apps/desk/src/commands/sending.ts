import { makeCommandId, Problem, sendCommand, unreachable, type Command, type CommandAnswer } from '@fengsi/api-client'
import { ref, shallowRef } from 'vue'
import { client } from '../session'

/** The id of a command stays the same until the server has judged it, so that a retry is harmless. */
export function useSending(matterId: () => string) {
  let id = makeCommandId()
  const busy = ref(false)
  const problem = shallowRef<Problem>()

  async function send(command: Command, baseVersion: number): Promise<CommandAnswer | undefined> {
    if (busy.value) return undefined
    busy.value = true
    try {
      const answer = await sendCommand(client, matterId(), { id, base_version: baseVersion, command })
      problem.value = undefined
      id = makeCommandId()
      return answer
    } catch (cause) {
      problem.value = cause instanceof Problem ? cause : unreachable()
      if (!problem.value.worthRetrying) id = makeCommandId()
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, send }
}
