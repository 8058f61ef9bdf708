import type { TimelineEntry } from '@fengsi/api-client'

/** saved: on this phone; sending: on its way; received: the server's word; needs_attention: the server refused. */
export type OperationState = 'saved' | 'sending' | 'received' | 'needs_attention' | 'set_aside'

export interface OperationPhoto {
  blob?: Blob
  photoId?: string
}

export interface ProblemRecord {
  status: number
  code: string
  message: string
  params: Record<string, unknown>
  fields: { field: string; code: string; params?: Record<string, unknown> }[]
  changed: TimelineEntry[]
  currentVersion?: number
}

export interface OperationAnswer {
  matterId: string
  number?: string
  code?: string
  version?: number
  at: number
}

interface OperationStart {
  /** What people call it in lists: the matter's number or the first words. */
  title: string
  photos: OperationPhoto[]
}
export interface ReportStart extends OperationStart {
  kind: 'report'
  body: Record<string, unknown>
}
export interface CommandStart extends OperationStart {
  kind: 'command'
  /** A matter's id, or the report in this outbox that will get one. */
  matter: { id: string } | { reportedBy: string }
  baseVersion: number
  command: { type: string; [field: string]: unknown }
}
/** A step at a talk day; planning the day is one of them. */
export interface TalkStart extends OperationStart {
  kind: 'talk'
  /** The talk day's id: known before anybody planned it. */
  day: string
  baseVersion: number
  command: { type: string; [field: string]: unknown }
}
export type NewOperation = ReportStart | CommandStart | TalkStart

export type Operation = NewOperation & {
  id: string
  sequence: number
  savedAt: number
  state: OperationState
  attempts: number
  nextAttemptAt: number
  problem?: ProblemRecord
  answer?: OperationAnswer
  replacedBy?: string
}
