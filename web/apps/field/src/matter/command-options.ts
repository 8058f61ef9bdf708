import { readAreas, readCatalogue, readSimilar, readUnits, type Detail } from '@fengsi/api-client'
import { type Locale, nameIn, placeName, type Translate } from '@fengsi/words'
import { keepRead, keptRead } from '../reads/kept-reads'
import { client, session } from '../site'
import type { CommandField } from './command-fields'

export interface Option {
  value: string
  label: string
  group?: string
}

const VILLAGE_CODE_LENGTH = 12
const TOWN_CODE_LENGTH = 9

async function kept<T>(key: string, read: () => Promise<T>): Promise<T> {
  const account = session.me.value?.account.id ?? ''
  try {
    const found = await read()
    await keepRead(account, key, found)
    return found
  } catch (cause) {
    const before = await keptRead(account, key)
    if (before) return before.value as T
    throw cause
  }
}

export const catalogue = () => kept('catalogue', () => readCatalogue(client))

async function categoryOptions(locale: Locale, t: Translate): Promise<Option[]> {
  const { classes } = await catalogue()
  return classes.flatMap((one) =>
    one.categories.flatMap((category) =>
      (category.children?.length ? category.children : [category]).map((child) => ({
        value: `${one.class}/${child.code}`,
        label: nameIn(child, locale),
        group: `${t(`class.${one.class}`)}${t('app.middot')}${nameIn(category, locale)}`,
      })),
    ),
  )
}

async function placeOptions(matter: Detail): Promise<Option[]> {
  const town = matter.area.code.slice(0, TOWN_CODE_LENGTH)
  const village = matter.area.code.slice(0, VILLAGE_CODE_LENGTH)
  const [villages, grids] = await Promise.all([
    kept(`areas ${town}`, () => readAreas(client, town)),
    kept(`areas ${village}`, () => readAreas(client, village)).catch(() => []),
  ])
  const all = [...grids, ...villages]
  return all.map((area) => ({ value: area.code, label: placeName(area.name) }))
}

/** What may be chosen in a field; kept for later where it may be needed without network. */
export async function optionsFor(field: CommandField, matter: Detail, locale: Locale, t: Translate): Promise<Option[]> {
  if (field.kind === 'unit') {
    const units = await kept(`units ${matter.area.code}`, () => readUnits(client, { area: matter.area.code }))
    return units.map((unit) => ({ value: unit.id, label: nameIn(unit, locale), group: t(`unit_kind.${unit.kind}`) }))
  }
  if (field.kind === 'similar') {
    const similar = await readSimilar(client, matter.id)
    return similar.map((row) => ({ value: row.id, label: `${row.preview} (${row.number})` }))
  }
  if (field.kind === 'category') return categoryOptions(locale, t)
  if (field.kind === 'place') return placeOptions(matter)
  if (field.options === 'guide_routes') {
    const { guide_routes } = await catalogue()
    return guide_routes.map((route) => ({ value: route.code, label: nameIn(route, locale) }))
  }
  return ['satisfied', 'unhappy', 'no_answer'].map((answer) => ({ value: answer, label: t(`rating.${answer}`) }))
}
