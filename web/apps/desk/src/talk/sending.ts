import { makeCommandId, planTalkDay, Problem, recordMatter, sendTalkCommand, unreachable } from '@fengsi/api-client'
import { ref, shallowRef } from 'vue'
import { client } from '../session'
import { commandFrom, matterFrom, planFrom, type TalkStep, type TalkValues, type Target } from './steps'

/** The id of a step stays the same until the server has judged it, so that a retry is harmless. */
export function useTalkSending() {
  let id = makeCommandId()
  const busy = ref(false)
  const problem = shallowRef<Problem>()

  function sent(step: TalkStep, target: Target, values: TalkValues, version: number): Promise<unknown> {
    if (step === 'plan') return planTalkDay(client, { id, plan: planFrom(target, values) })
    if (step === 'matter') return recordMatter(client, { id, ...matterFrom(target, values) })
    return sendTalkCommand(client, target.row.id, { id, base_version: version, command: commandFrom(step, target, values) })
  }

  async function send(step: TalkStep, target: Target, values: TalkValues, version: number): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = undefined
    try {
      await sent(step, target, values, version)
      id = makeCommandId()
      return true
    } catch (cause) {
      problem.value = cause instanceof Problem ? cause : unreachable()
      if (!problem.value.worthRetrying) id = makeCommandId()
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, send }
}
