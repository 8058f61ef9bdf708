const STORE = 'reads'
const MOST_KEPT = 600

interface KeptRead {
  key: string
  value: unknown
  at: number
}

const databaseName = (account: string): string => `fengsi.reads.${account}`

function open(account: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName(account), 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: 'key' }).createIndex('at', 'at')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function within<T>(
  account: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T> | void,
): Promise<T | undefined> {
  try {
    const database = await open(account)
    return await new Promise<T | undefined>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = work(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request ? request.result : undefined)
      transaction.onabort = transaction.onerror = () => reject(transaction.error)
    }).finally(() => database.close())
  } catch {
    // A phone that keeps no reads still works while it has network.
    return undefined
  }
}

export const keptRead = (account: string, key: string): Promise<KeptRead | undefined> =>
  within(account, 'readonly', (store) => store.get(key) as IDBRequest<KeptRead | undefined>)

export async function keepRead(account: string, key: string, value: unknown): Promise<void> {
  await within(account, 'readwrite', (store) => {
    store.put({ key, value, at: Date.now() } satisfies KeptRead)
    const counted = store.count()
    counted.onsuccess = () => {
      let over = counted.result - MOST_KEPT
      if (over <= 0) return
      const oldestFirst = store.index('at').openCursor()
      oldestFirst.onsuccess = () => {
        const cursor = oldestFirst.result
        if (!cursor || over-- <= 0) return
        cursor.delete()
        cursor.continue()
      }
    }
  })
}

export const forgetRead = (account: string, key: string) =>
  within(account, 'readwrite', (store) => store.delete(key) as unknown as IDBRequest<undefined>)

export const keptKeys = async (account: string): Promise<string[]> =>
  ((await within(account, 'readonly', (store) => store.getAllKeys())) ?? []) as string[]

export async function forgetReads(account: string): Promise<void> {
  indexedDB.deleteDatabase(databaseName(account))
  if ('caches' in globalThis) await caches.delete('photos')
}
