const STORE = 'photos'

export interface KeptPhoto {
  key: string
  blob: Blob
}

/** Photos of a report that is not finished yet, kept on the phone under the draft's own name. */
export function createDraftPhotos(databaseName: string) {
  function open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(databaseName, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' })
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  }

  async function within<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | undefined> {
    try {
      const database = await open()
      return await new Promise<T>((resolve, reject) => {
        const request = work(database.transaction(STORE, mode).objectStore(STORE))
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      }).finally(() => database.close())
    } catch {
      // Without this store the photo lasts as long as the page, which is no reason to stop a report.
      return undefined
    }
  }

  return {
    keep: (photo: KeptPhoto) => within('readwrite', (store) => store.put(photo)),
    forget: (key: string) => within('readwrite', (store) => store.delete(key)),
    forgetAll: () => within('readwrite', (store) => store.clear()),
    all: async (): Promise<KeptPhoto[]> =>
      (await within('readonly', (store) => store.getAll() as IDBRequest<KeptPhoto[]>)) ?? [],
  }
}
export type DraftPhotos = ReturnType<typeof createDraftPhotos>
