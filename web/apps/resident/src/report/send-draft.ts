import { Problem, sendReport, type Receipt, type Report } from '@fengsi/api-client'
import { client } from '../site'
import { draft, reportFrom } from './draft'
import { draftPhotos } from './draft-form'

export interface Sent {
  receipt: Receipt
  /** The server had taken an earlier try whose answer was lost, without what was changed since. */
  earlierTry: boolean
}

async function sendKeeping(report: Report): Promise<Receipt> {
  draft.tried = report
  return sendReport(client, report)
}

/** Sends the draft once, however often this is called: every try carries the draft's id. */
export async function sendDraft(): Promise<Sent> {
  const earlier = draft.tried ? (JSON.parse(JSON.stringify(draft.tried)) as Report) : undefined
  await draftPhotos.uploadAll()
  try {
    return { receipt: await sendKeeping(reportFrom(draftPhotos.ids())), earlierTry: false }
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    if (cause.code === 'command_id_reused' && earlier) {
      return { receipt: await sendReport(client, earlier), earlierTry: true }
    }
    const photosGone = cause.code === 'unknown_photo'
    if (!photosGone) throw cause
    draftPhotos.uploadAgain()
    await draftPhotos.uploadAll()
    return { receipt: await sendKeeping(reportFrom(draftPhotos.ids())), earlierTry: false }
  }
}
