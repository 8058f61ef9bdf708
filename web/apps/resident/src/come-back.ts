import { keptForThisTab } from './kept'

export const LEFT = 'fengsi.left'

// Back after leaving quickly shows the plain home page, never what was read or written. This runs before the router
// looks at the address.
function comeBackPlain(): boolean {
  const left = keptForThisTab.read(LEFT) !== undefined
  keptForThisTab.forget(LEFT)
  return left
}

if (comeBackPlain()) history.replaceState(null, '', '/')

addEventListener('pageshow', (event) => {
  // A page that the browser kept whole is already empty; it is loaded anew.
  if (event.persisted && comeBackPlain()) location.replace('/')
})
