import { ref } from 'vue'
import { kept } from './kept'

export const PLACE_KEY = 'fengsi.place'

/** The town or county whose public numbers home shows: the one last chosen on this phone. */
export const myPlace = ref(kept.read(PLACE_KEY))

export function rememberPlace(code: string): void {
  myPlace.value = code
  kept.write(PLACE_KEY, code)
}
