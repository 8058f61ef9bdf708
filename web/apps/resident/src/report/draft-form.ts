import { createDraftPhotos } from '@fengsi/photos'
import { whenForgotten } from './draft'
import { createPhotos } from './photos'

const kept = createDraftPhotos('fengsi.draft')

/** The photos of the draft outlive the report page, because the check page sends them. */
export const draftPhotos = createPhotos(kept)
void draftPhotos.restore()
whenForgotten(() => {
  draftPhotos.clear()
  void kept.forgetAll()
})
