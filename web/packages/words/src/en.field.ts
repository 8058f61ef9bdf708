import type { FieldWords } from './index'

const words: FieldWords = {
  field: {},
}

export default words
