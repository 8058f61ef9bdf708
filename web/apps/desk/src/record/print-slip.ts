/** Prints the slip alone, whatever else the page shows. */
export function printSlip(): void {
  document.documentElement.classList.add('prints-slip')
  addEventListener('afterprint', () => document.documentElement.classList.remove('prints-slip'), { once: true })
  print()
}
