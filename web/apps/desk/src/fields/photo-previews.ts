/** What was sent but belongs to no matter yet is shown from this computer; the server shows it to nobody. */
export const previews = new Map<string, string>()

export function dropPreviews(): void {
  for (const address of previews.values()) URL.revokeObjectURL(address)
  previews.clear()
}
