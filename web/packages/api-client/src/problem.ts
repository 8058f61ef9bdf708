import type { TimelineEntry } from './contract'

export interface ProblemField {
  field: string
  code: string
  params?: Record<string, unknown>
}

interface ProblemBody {
  title?: string
  status?: number
  code?: string
  detail?: string
  params?: Record<string, unknown>
  fields?: ProblemField[]
  changed?: TimelineEntry[]
  current_version?: number
}

/** An answer other than yes. `code` is stable; pages translate it. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly params: Record<string, unknown>
  readonly fields: ProblemField[]
  readonly changed: TimelineEntry[]
  readonly currentVersion: number | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, body: ProblemBody, retryAfterSeconds?: number) {
    super(body.detail ?? body.title ?? body.code ?? String(status))
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? fallbackCode(status)
    this.params = { ...body.params }
    if (retryAfterSeconds !== undefined) this.params.seconds ??= retryAfterSeconds
    this.fields = body.fields ?? []
    this.changed = body.changed ?? []
    this.currentVersion = body.current_version
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** True when the server gave no judgement, so that the same bytes may be sent again. */
  get worthRetrying(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

export const unreachable = (): Problem => new Problem(0, { code: 'unreachable' })

function fallbackCode(status: number): string {
  if (status === 401) return 'not_signed_in'
  if (status === 403) return 'not_allowed'
  if (status === 404) return 'not_found'
  if (status === 413) return 'too_large'
  if (status === 429) return 'slow_down'
  return status >= 500 ? 'failed' : 'invalid'
}

export async function problemFrom(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get('retry-after'))
  const seconds = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined
  let body: ProblemBody = {}
  try {
    const parsed: unknown = await response.json()
    if (parsed && typeof parsed === 'object') body = parsed as ProblemBody
  } catch {
    // A proxy's HTML page says nothing a person could use; the status does.
  }
  return new Problem(response.status, body, seconds)
}
