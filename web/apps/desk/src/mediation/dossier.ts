// The dossier of a mediation: its list, and its files. A file says what it is for; the parties are told.
import type { Client, DossierPage } from '@fengsi/api-client'

export type DossierForm = DossierPage['forms'][number]
export type Lack = DossierForm['missing'][number]
export type Format = 'docx' | 'pdf'
/** What one may take: a form by its code, the whole volume, or everything in one archive. */
export interface Wanted {
  what: string
  format: Format | 'zip'
  name: string
}

const at = (matterId: string): string => `/matters/${encodeURIComponent(matterId)}/dossier`

export const readDossier = (client: Client, matterId: string) => client.get<DossierPage>(at(matterId))

export const readPaper = (client: Client, matterId: string, { what, format }: Wanted, purpose: string) =>
  format === 'zip'
    ? client.file(`${at(matterId)}.zip`, { purpose })
    : client.file(`${at(matterId)}/${encodeURIComponent(what)}`, { purpose, format })

/** What is bound, and what would be printed blank. */
export function parted(forms: readonly DossierForm[]): { bound: DossierForm[]; blank: DossierForm[] } {
  const isBlank = ({ state }: DossierForm) => state === 'absent'
  return { bound: forms.filter((form) => !isBlank(form)), blank: forms.filter(isBlank) }
}

export const lacking = (forms: readonly DossierForm[]): number =>
  forms.reduce((sum, form) => sum + Math.max(form.missing.length, form.state === 'missing' ? 1 : 0), 0)
