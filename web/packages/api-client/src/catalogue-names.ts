import type { Catalogue } from './contract'

/** What the catalogue calls its routes, reasons and bases, by code. */
export function catalogueNames(catalogue: Catalogue, language: 'zh' | 'en'): Record<string, string> {
  const listed = [...catalogue.guide_routes, ...catalogue.suspend_reasons, ...catalogue.return_bases]
  return Object.fromEntries(listed.map(({ code, name, name_en }) => [code, (language === 'en' && name_en) || name]))
}
