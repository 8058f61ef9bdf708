const GROUP = 4
export const CODE_LENGTH = 12

/** Only what counts in a code: no dashes, no spaces, capitals. */
export function bareCode(typed: string): string {
  return typed.replace(/[^0-9a-z]/gi, '').toUpperCase()
}

/** XXXX-XXXX-XXXX */
export function shownCode(code: string): string {
  const bare = bareCode(code)
  const groups: string[] = []
  for (let start = 0; start < bare.length; start += GROUP) groups.push(bare.slice(start, start + GROUP))
  return groups.join('-')
}

/** Where a code is followed. */
export const followAddress = (code: string): string => `${location.origin}/follow/${shownCode(code)}`
