import { onBeforeUnmount, onMounted } from 'vue'

export type KeyMap = Record<string, (event: KeyboardEvent) => void>

const writesText = (element: Element | null): boolean =>
  !!element?.closest(
    'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=combobox]',
  )

const answersEnter = (element: Element | null): boolean =>
  !!element?.closest('button, a, summary, input, [role=button], [role=option]') &&
  !element.closest('[data-enter-accepts]')

/** Single keys for the whole page; they keep silent while somebody writes or a dialog is open. */
export function useKeys(keys: KeyMap): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return
    const act = keys[event.key]
    if (!act) return
    const at = document.activeElement
    if (writesText(at) || document.querySelector('.el-overlay:not([style*="display: none"])')) return
    if (event.key === 'Enter' && answersEnter(at)) return
    event.preventDefault()
    act(event)
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
