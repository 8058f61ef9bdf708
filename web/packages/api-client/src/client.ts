import { Problem, problemFrom, unreachable } from './problem'

export type Query = Record<string, string | number | boolean | undefined | null>

export interface ClientOptions {
  base?: string
  csrf?: () => string | undefined
  /** Sent with every request: what must never stand in an address. */
  headers?: Record<string, string>
  fetch?: typeof fetch
  timeoutMs?: number
  retryDelaysMs?: number[]
}

export interface Client {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T>
  /** Writes something whole: the same bytes again are harmless. */
  put<T>(path: string, body: unknown): Promise<T>
  remove(path: string): Promise<void>
  upload<T>(path: string, field: string, file: Blob): Promise<T>
  /** A file to keep: asked for once, since making it costs and is recorded. */
  file(path: string, query?: Query): Promise<NamedFile>
  address(path: string, query?: Query): string
}

export interface NamedFile {
  name: string
  content: Blob
}

export function createClient(options: ClientOptions = {}): Client {
  const base = options.base ?? '/api/v1'
  const doFetch = options.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request))
  const timeoutMs = options.timeoutMs ?? 20_000
  const retryDelaysMs = options.retryDelaysMs ?? [600, 2_000]

  const address = (path: string, query: Query = {}): string => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
    }
    const text = search.toString()
    return base + path + (text ? `?${text}` : '')
  }

  async function once(url: string, init: RequestInit, signal?: AbortSignal, patience = timeoutMs): Promise<Response> {
    // AbortSignal.any and .timeout are missing on the older phones this is for.
    const stop = new AbortController()
    const abort = () => stop.abort()
    const timer = setTimeout(abort, init.body instanceof FormData ? patience * 6 : patience)
    signal?.addEventListener('abort', abort)
    let response: Response
    try {
      const headers = { ...options.headers, ...(init.headers as Record<string, string>) }
      response = await doFetch(url, { credentials: 'same-origin', ...init, headers, signal: stop.signal })
    } catch (cause) {
      if (signal?.aborted) throw cause
      throw unreachable()
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    if (!response.ok) throw await problemFrom(response)
    return response
  }

  // The one retry rule: only what is harmless to repeat is repeated, with the same bytes and so the same id.
  async function ask(url: string, init: RequestInit, repeatable: boolean, signal?: AbortSignal): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(url, init, signal)
      } catch (cause) {
        const delay = retryDelaysMs[attempt]
        const passing = cause instanceof Problem && cause.worthRetrying && cause.status !== 429
        if (!repeatable || !passing || delay === undefined || offline()) throw cause
        await new Promise((resolve) => setTimeout(resolve, delay))
      }
    }
  }

  const changing = (): Record<string, string> => {
    const csrf = options.csrf?.()
    return csrf ? { 'x-csrf-token': csrf } : {}
  }

  return {
    address,
    async get<T>(path: string, query?: Query, signal?: AbortSignal) {
      const init = { headers: { accept: 'application/json' } }
      const response = await ask(address(path, query), init, true, signal)
      return (await response.json()) as T
    },
    async post<T>(path: string, body: unknown, signal?: AbortSignal) {
      const init: RequestInit = {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json', ...changing() },
        body: JSON.stringify(body),
      }
      const response = await ask(address(path), init, carriesId(body), signal)
      return (response.status === 204 ? undefined : await response.json()) as T
    },
    async put<T>(path: string, body: unknown) {
      const init: RequestInit = {
        method: 'PUT',
        headers: { accept: 'application/json', 'content-type': 'application/json', ...changing() },
        body: JSON.stringify(body),
      }
      return (await (await ask(address(path), init, true)).json()) as T
    },
    async remove(path: string) {
      await ask(address(path), { method: 'DELETE', headers: changing() }, false)
    },
    async upload<T>(path: string, field: string, file: Blob) {
      const form = new FormData()
      form.append(field, file, `${field}.jpg`)
      const init = { method: 'POST', headers: { accept: 'application/json', ...changing() }, body: form }
      const response = await ask(address(path), init, false)
      return (await response.json()) as T
    },
    async file(path: string, query?: Query) {
      const response = await once(address(path, query), {}, undefined, timeoutMs * 2)
      const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
      return { name: name ?? path.slice(path.lastIndexOf('/') + 1), content: await response.blob() }
    },
  }
}

function carriesId(body: unknown): boolean {
  return typeof body === 'object' && body !== null && typeof (body as { id?: unknown }).id === 'string'
}

function offline(): boolean {
  return typeof navigator !== 'undefined' && navigator.onLine === false
}
