import { ref } from 'vue'

export interface Toast {
  id: number
  words: string
  bad: boolean
}

export const toasts = ref<Toast[]>([])
let next = 1

/** A short word that passes by and is read out; whatever must be acted on belongs on the page instead. */
export function say(words: string, bad = false): void {
  const id = next++
  toasts.value.push({ id, words, bad })
  setTimeout(() => (toasts.value = toasts.value.filter((toast) => toast.id !== id)), bad ? 9000 : 4500)
}
