/** What a phone dials, when a contact is a number: its digits. */
export function callable(contact: string): string | undefined {
  return /^\+?[\d\s()-]{3,}$/.test(contact) ? contact.replace(/[^\d+]/g, '') : undefined
}
