import type { Row } from './contract'

const dueAt = (row: Row): number => (row.now.due_at ? Date.parse(row.now.due_at) : Number.MAX_SAFE_INTEGER)

/** What is due first comes first, what has no date last. It orders what was fetched: the server orders queues alone by date. */
export const dueFirst = (rows: readonly Row[]): Row[] => [...rows].sort((one, other) => dueAt(one) - dueAt(other))
