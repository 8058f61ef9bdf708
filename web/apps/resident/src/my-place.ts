import { ref } from 'vue'
import { kept } from './kept'

export const PLACE_KEY = 'fengsi.place'

/** The village whose talk days home shows: the one last chosen on this phone. */
export const VILLAGE_KEY = 'fengsi.village'
export const myVillage = ref(kept.read(VILLAGE_KEY))

export function rememberVillage(code: string): void {
  myVillage.value = code
  kept.write(VILLAGE_KEY, code)
}

/** The town or county whose public numbers home shows: the one last chosen on this phone. */
export const myPlace = ref(kept.read(PLACE_KEY))

export function rememberPlace(code: string): void {
  myPlace.value = code
  kept.write(PLACE_KEY, code)
}
