import { ref } from 'vue'
import { kept } from './kept'

const KEY = 'fengsi.large-type'

export const largeType = ref(kept.read(KEY) === 'yes')

function show(): void {
  document.documentElement.classList.toggle('large', largeType.value)
}

export function toggleLargeType(): void {
  largeType.value = !largeType.value
  if (largeType.value) kept.write(KEY, 'yes')
  else kept.forget(KEY)
  show()
}

show()
