import type { ResidentWords } from './index'

const words: ResidentWords = {
  resident: {},
}

export default words
