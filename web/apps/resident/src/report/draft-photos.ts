const DATABASE = 'fengsi.draft'
const STORE = 'photos'

export interface KeptPhoto {
  key: string
  blob: Blob
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
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

export const keepPhoto = (photo: KeptPhoto) => within('readwrite', (store) => store.put(photo))
export const forgetPhoto = (key: string) => within('readwrite', (store) => store.delete(key))
export const forgetPhotos = () => within('readwrite', (store) => store.clear())
export const keptPhotos = async (): Promise<KeptPhoto[]> =>
  (await within('readonly', (store) => store.getAll() as IDBRequest<KeptPhoto[]>)) ?? []
