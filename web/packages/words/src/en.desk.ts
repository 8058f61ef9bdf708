import type { DeskWords } from './index'

/** The words of the desk. */
const words: DeskWords = {
  desk: {},
}

export default words
