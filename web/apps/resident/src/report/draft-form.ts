import { whenForgotten } from './draft'
import { createPhotos } from './photos'

/** The photos of the draft outlive the report page, because the check page sends them. */
export const draftPhotos = createPhotos(true)
void draftPhotos.restore()
whenForgotten(() => draftPhotos.clear())
