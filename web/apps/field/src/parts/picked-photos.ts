import { reactive } from 'vue'
import { makeCommandId, Problem } from '@fengsi/api-client'
import { redrawPhoto, type DraftPhotos } from '@fengsi/photos'

export const MOST_PHOTOS = 6

export interface PickedPhoto {
  key: string
  blob: Blob
  preview: string
}

/** Photos taken for one form. They go into the outbox with it; nothing is uploaded before. */
export function createPickedPhotos(draftPhotos?: DraftPhotos) {
  const list = reactive<PickedPhoto[]>([])

  function hold(blob: Blob, key = makeCommandId()): void {
    list.push({ key, blob, preview: URL.createObjectURL(blob) })
    void draftPhotos?.keep({ key, blob })
  }
  function remove(key: string): void {
    const index = list.findIndex((photo) => photo.key === key)
    if (index < 0) return
    URL.revokeObjectURL(list[index]!.preview)
    list.splice(index, 1)
    void draftPhotos?.forget(key)
  }

  return {
    list,
    hold,
    remove,
    async add(files: Iterable<File>): Promise<Problem | undefined> {
      let problem: Problem | undefined
      for (const file of [...files].slice(0, MOST_PHOTOS - list.length)) {
        try {
          hold(await redrawPhoto(file))
        } catch (cause) {
          if (!(cause instanceof Problem)) throw cause
          problem = cause
        }
      }
      return problem
    },
    async restore(): Promise<void> {
      for (const { key, blob } of (await draftPhotos?.all()) ?? []) hold(blob, key)
    },
    forOutbox: () => list.map(({ blob }) => ({ blob })),
    clear(): void {
      for (const { key } of [...list]) remove(key)
    },
  }
}
export type PickedPhotos = ReturnType<typeof createPickedPhotos>
