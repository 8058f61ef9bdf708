import type { RowQuery } from '@fengsi/api-client'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

export const FILTERS = ['q', 'class', 'stage', 'light', 'area', 'unit', 'category', 'from', 'to', 'bbox'] as const
export type FilterName = (typeof FILTERS)[number]
export type Sort = 'due' | 'newest' | 'oldest'

/** The filters as the address has them; the address is their only home. */
export function filtersFrom(query: LocationQuery): RowQuery {
  const filters: RowQuery = {}
  for (const name of FILTERS) {
    const value = query[name]
    if (typeof value === 'string' && value) filters[name] = value
  }
  return filters
}

export const sortFrom = (query: LocationQuery, otherwise: Sort): Sort =>
  query.sort === 'due' || query.sort === 'newest' || query.sort === 'oldest' ? query.sort : otherwise

export const withFilter = (
  query: LocationQuery,
  change: Partial<Record<FilterName | 'sort' | 'open', string | undefined>>,
): LocationQueryRaw => {
  const next: LocationQueryRaw = { ...query, ...change }
  for (const [name, value] of Object.entries(next)) if (!value) delete next[name]
  return next
}

export const isFiltered = (query: LocationQuery): boolean => Object.keys(filtersFrom(query)).length > 0

export const toggled = (list: string | undefined, value: string): string | undefined => {
  const values = new Set((list ?? '').split(',').filter(Boolean))
  if (!values.delete(value)) values.add(value)
  return [...values].join(',') || undefined
}
