import { ref, watch } from 'vue'

export interface SavedFilter {
  name: string
  query: Record<string, string>
}

const KEY = 'fengsi.desk.filters'
const MOST = 8

function read(): SavedFilter[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? (stored as SavedFilter[]).slice(0, MOST) : []
  } catch {
    return []
  }
}

export const savedFilters = ref<SavedFilter[]>(read())
watch(
  savedFilters,
  (filters) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(filters))
    } catch {
      // Storage refused: the filters last as long as the page.
    }
  },
  { deep: true },
)

export function saveFilter(name: string, query: Record<string, string>): void {
  savedFilters.value = [...savedFilters.value.filter((one) => one.name !== name), { name, query }].slice(-MOST)
}
export const forgetFilter = (name: string): void =>
  void (savedFilters.value = savedFilters.value.filter((one) => one.name !== name))
