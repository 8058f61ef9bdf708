const OFFICIAL_ENDINGS: [RegExp, string][] = [
  [/村村民委员会$|村村委会$/, '村'],
  [/村民委员会$|村委会$/, '村'],
  [/社区居民委员会$|社区居委会$/, '社区'],
  [/居民委员会$|居委会$/, '社区'],
]

/** 长岭坡村村民委员会 is 长岭坡村 to everybody who lives there. */
export function placeName(official: string): string {
  for (const [ending, said] of OFFICIAL_ENDINGS) if (ending.test(official)) return official.replace(ending, said)
  return official
}

/** 随县 柳林镇 雁子河村: each place of a path as people call it. */
export const placePath = (path: string): string => path.split(' ').map(placeName).join(' ')
