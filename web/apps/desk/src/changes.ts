import { onScopeDispose, ref } from 'vue'

/** Grows whenever the server says that something this person may read has changed. */
const changed = ref(0)
let source: EventSource | undefined
let listeners = 0
let reopening: ReturnType<typeof setTimeout> | undefined

function open(): void {
  if (source || document.hidden || listeners === 0) return
  const address = changed.value ? `/api/v1/changes?after=${changed.value}` : '/api/v1/changes'
  source = new EventSource(address)
  source.onmessage = (message: MessageEvent<string>) => {
    const { changed: n } = JSON.parse(message.data) as { changed: number }
    if (n > changed.value) changed.value = n
  }
  // A refused stream is not reopened by the browser itself.
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) return
    close()
    reopening = setTimeout(open, 15_000)
  }
}

function close(): void {
  clearTimeout(reopening)
  source?.close()
  source = undefined
}

document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))

/** Follows the changes while the calling scope lives; the stream rests in hidden tabs. */
export function followChanges() {
  listeners++
  open()
  onScopeDispose(() => {
    listeners--
    if (listeners === 0) close()
  })
  return changed
}
