/** Opens a folded part of the page and goes there. */
export function openPart(id: string): void {
  const part = document.getElementById(id)
  if (part instanceof HTMLDetailsElement) part.open = true
  const title = part?.querySelector<HTMLElement>('summary, h2') ?? part
  title?.focus({ preventScroll: true })
  part?.scrollIntoView({ block: 'start' })
}
