import { ref, watchEffect } from 'vue'

export type Scheme = 'system' | 'light' | 'dark'

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`fengsi.desk.${name}`)
  } catch {
    return null
  }
}
function store(name: string, value: string): void {
  try {
    localStorage.setItem(`fengsi.desk.${name}`, value)
  } catch {
    // A private window keeps nothing; the choice lasts as long as the page.
  }
}

const scheme = stored('scheme')
export const schemeChoice = ref<Scheme>(scheme === 'light' || scheme === 'dark' ? scheme : 'system')
export const largeType = ref(stored('type') === 'large')

const darkSystem = matchMedia('(prefers-color-scheme: dark)')
const systemDark = ref(darkSystem.matches)
darkSystem.addEventListener('change', (event) => (systemDark.value = event.matches))

export const isDark = ref(false)

export function followPreferences(): void {
  watchEffect(() => {
    isDark.value = schemeChoice.value === 'dark' || (schemeChoice.value === 'system' && systemDark.value)
    document.documentElement.dataset.scheme = isDark.value ? 'dark' : 'light'
    document.documentElement.dataset.type = largeType.value ? 'large' : 'normal'
    store('scheme', schemeChoice.value)
    store('type', largeType.value ? 'large' : 'normal')
  })
}
