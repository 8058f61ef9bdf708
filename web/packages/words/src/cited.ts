import type { Translate } from './index'

/** How the catalogue marks a limit that no law sets. */
const OWN = '本站设定'

/** What a limit rests on: the law as it is called, or that the site set it. */
export const cited = (citation: string, t: Translate): string => (citation === OWN ? t('own_limit') : citation)
