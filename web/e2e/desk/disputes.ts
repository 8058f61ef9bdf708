// Disputes before a committee, arranged over the interface.
import { middleOf, reportBy, Stay } from '../api.ts'

/** A dispute that waits at a town's committee. */
export async function disputeAt(address: string, town: string, words: string): Promise<string> {
  const { matter_id } = await reportBy(address, await middleOf(address, town), words)
  const intake = await Stay.of(address, `${town}.intake`)
  await intake.act(matter_id, { type: 'reclassify', class: 'dispute', category: '0202', reason: '邻里纠纷' })
  await intake.act(matter_id, { type: 'admit' })
  const dispatcher = await Stay.of(address, `${town}.dispatcher`)
  await dispatcher.act(matter_id, { type: 'open_mediation', unit: `${town}.mediation` })
  return matter_id
}
