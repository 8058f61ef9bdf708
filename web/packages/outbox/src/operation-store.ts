import type { Operation } from './operation'

const STORE = 'operations'

export const databaseName = (account: string): string => `fengsi.outbox.${account}`

export interface OperationStore {
  all(): Promise<Operation[]>
  get(id: string): Promise<Operation | undefined>
  /** Keeps it under the next place in line, and resolves only when the phone has it on disk. */
  append(operation: Omit<Operation, 'sequence'>): Promise<Operation>
  put(...operations: Operation[]): Promise<void>
  forget(id: string): Promise<void>
  close(): void
}

const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })

/** One database per account: a phone passed on never shows or sends another person's work. */
export async function openOperationStore(account: string): Promise<OperationStore> {
  const request = indexedDB.open(databaseName(account), 1)
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { keyPath: 'sequence', autoIncrement: true })
    store.createIndex('id', 'id', { unique: true })
  }
  const database = await asPromise(request)

  const reading = () => database.transaction(STORE, 'readonly').objectStore(STORE)
  const writing = () => database.transaction(STORE, 'readwrite', { durability: 'strict' })

  return {
    all: () => asPromise(reading().getAll() as IDBRequest<Operation[]>),
    get: (id) => asPromise(reading().index('id').get(id) as IDBRequest<Operation | undefined>),
    async append(operation) {
      const transaction = writing()
      const key = asPromise(transaction.objectStore(STORE).add(operation))
      await finished(transaction)
      return { ...operation, sequence: Number(await key) } as Operation
    },
    async put(...operations) {
      const transaction = writing()
      for (const operation of operations) transaction.objectStore(STORE).put(operation)
      await finished(transaction)
    },
    async forget(id) {
      const found = await asPromise(reading().index('id').getKey(id))
      if (found === undefined) return
      const transaction = writing()
      transaction.objectStore(STORE).delete(found)
      await finished(transaction)
    },
    close: () => database.close(),
  }
}
