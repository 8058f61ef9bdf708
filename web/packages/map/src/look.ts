export interface MapLook {
  paper: string
  land: string
  line: string
  ink: string
  accent: string
}

/** The map takes its colours from the page's tokens, so that light, dark and field schemes need no second list. */
export function lookOf(container: HTMLElement): MapLook {
  const style = getComputedStyle(container)
  const token = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
  return {
    paper: token('--map-paper', token('--line-2', '#efede6')),
    land: token('--map-land', token('--paper', '#fbfaf7')),
    line: token('--map-line', '#b9bfb8'),
    ink: token('--ink-2', '#55615c'),
    accent: token('--accent', '#0f766e'),
  }
}
