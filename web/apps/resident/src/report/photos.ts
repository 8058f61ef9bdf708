import { reactive } from 'vue'
import { makeCommandId, Problem, uploadPublicPhoto } from '@fengsi/api-client'
import { redrawPhoto, type DraftPhotos } from '@fengsi/photos'
import { client, online } from '../site'

export const MOST_PHOTOS = 6

export interface PickedPhoto {
  key: string
  blob: Blob
  preview: string
  state: 'uploading' | 'uploaded' | 'waiting' | 'refused'
  photoId?: string
  problem?: Problem
}

/** Photos of one form: drawn anew on the phone, uploaded at once, tried again when the form is sent. */
export function createPhotos(draftPhotos?: DraftPhotos) {
  const list = reactive<PickedPhoto[]>([])
  const underway = new Map<string, Promise<void>>()

  function begin(key: string, blob: Blob): PickedPhoto {
    list.push({ key, blob, preview: URL.createObjectURL(blob), state: 'waiting' })
    return list[list.length - 1]!
  }

  async function uploadOne(photo: PickedPhoto): Promise<void> {
    photo.state = 'uploading'
    photo.problem = undefined
    try {
      photo.photoId = (await uploadPublicPhoto(client, photo.blob)).photo_id
      photo.state = 'uploaded'
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      photo.problem = cause
      photo.state = cause.worthRetrying ? 'waiting' : 'refused'
    }
  }

  function upload(photo: PickedPhoto): Promise<void> {
    const going = underway.get(photo.key) ?? uploadOne(photo).finally(() => underway.delete(photo.key))
    underway.set(photo.key, going)
    return going
  }

  async function add(files: Iterable<File>): Promise<Problem | undefined> {
    let problem: Problem | undefined
    for (const file of [...files].slice(0, MOST_PHOTOS - list.length)) {
      try {
        const photo = begin(makeCommandId(), await redrawPhoto(file))
        await draftPhotos?.keep({ key: photo.key, blob: photo.blob })
        if (online.value) void upload(photo)
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause
        problem = cause
      }
    }
    return problem
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
    add,
    upload,
    remove,
    async restore(): Promise<void> {
      for (const { key, blob } of (await draftPhotos?.all()) ?? []) {
        if (!list.some((photo) => photo.key === key)) begin(key, blob)
      }
    },
    async uploadAll(): Promise<void> {
      await Promise.all(list.filter((photo) => photo.state !== 'uploaded').map(upload))
    },
    ids: (): string[] => list.flatMap((photo) => (photo.photoId ? [photo.photoId] : [])),
    unsent: (): PickedPhoto[] => list.filter((photo) => photo.state !== 'uploaded'),
    /** The server may have tidied up photos that no report took within its time. */
    uploadAgain(): void {
      for (const photo of list) {
        photo.photoId = undefined
        photo.state = 'waiting'
      }
    },
    clear(): void {
      for (const photo of [...list]) remove(photo.key)
    },
  }
}
export type Photos = ReturnType<typeof createPhotos>
