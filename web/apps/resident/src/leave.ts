import { createDraftPhotos } from '@fengsi/photos'
import { forgetDraft } from './report/draft'
import { forgetReceipt } from './receipt/last-receipt'
import { forgetEntry } from './party/entry'
import { LEFT } from './come-back'
import { kept, keptForThisTab } from './kept'
import { PLACE_KEY, VILLAGE_KEY } from './my-place'

const ELSEWHERE = 'https://www.weather.com.cn/'

/** For somebody who must not be seen here: the screen empties at once, then another site takes this one's place. */
export function leaveQuickly(): void {
  document.documentElement.hidden = true
  document.title = ''
  forgetDraft()
  // The form that holds the photos may not be loaded on this page.
  void createDraftPhotos('fengsi.draft').forgetAll()
  forgetReceipt()
  forgetEntry()
  kept.forget(PLACE_KEY)
  kept.forget(VILLAGE_KEY)
  keptForThisTab.write(LEFT, 'yes')
  document.getElementById('app')?.replaceChildren()
  location.replace(ELSEWHERE)
}
