import { expect, it } from 'vitest'
import { bareCode, shownCode } from './query-code'

it('takes a code as people write it', () => {
  expect(bareCode(' abcd-1234 efgh ')).toBe('ABCD1234EFGH')
  expect(shownCode('abcd1234efgh')).toBe('ABCD-1234-EFGH')
  expect(shownCode('ABCD-1234-EFGH')).toBe('ABCD-1234-EFGH')
})
