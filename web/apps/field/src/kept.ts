/** What this phone keeps. A private window may refuse storage: then it lasts as long as the page. */
const inMemory = new Map<string, string>()

function storage(place: 'local' | 'session'): Storage | undefined {
  try {
    return place === 'local' ? localStorage : sessionStorage
  } catch {
    return undefined
  }
}

function keeper(place: 'local' | 'session') {
  return {
    read: (key: string): string | undefined => storage(place)?.getItem(key) ?? inMemory.get(key),
    write(key: string, value: string): void {
      inMemory.set(key, value)
      try {
        storage(place)?.setItem(key, value)
      } catch {
        // Full or refused: memory has it.
      }
    },
    keys(prefix: string): string[] {
      const found = new Set([...inMemory.keys(), ...Object.keys(storage(place) ?? {})])
      return [...found].filter((key) => key.startsWith(prefix))
    },
    forget(key: string): void {
      inMemory.delete(key)
      storage(place)?.removeItem(key)
    },
  }
}

export const kept = keeper('local')
export const keptForThisTab = keeper('session')
