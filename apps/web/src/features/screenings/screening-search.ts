/** The address of the screening table: `/screenings?result=on_hold&reason=RE009&from=2026-11-01`. */
import * as z from 'zod/mini'
import {
  type ScreeningFilter,
  screeningFilter,
  SCREENING_SORTS,
  type ScreeningSort,
  type ScreeningView,
} from '@choba/shared/filters/screenings.ts'

export type ScreeningSearch = ScreeningFilter & { readonly sort?: ScreeningSort; readonly direction?: 'asc' | 'desc' }
export type FilterKey = keyof ScreeningFilter
const FILTER_KEYS = Object.keys(screeningFilter.shape) as FilterKey[]

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseScreeningSearch(raw: Record<string, unknown>): ScreeningSearch {
  const search: Record<string, unknown> = {}
  for (const key of FILTER_KEYS) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(screeningFilter.shape[key], raw[key])
    if (parsed.success && !(Array.isArray(parsed.data) && parsed.data.length === 0)) search[key] = parsed.data
  }
  const sort = SCREENING_SORTS.find((known) => known === raw.sort)
  if (sort !== undefined && sort !== 'decidedAt') search.sort = sort
  if (raw.direction === 'asc') search.direction = 'asc'
  return search as ScreeningSearch
}

export function viewOf(search: ScreeningSearch): ScreeningView {
  return { ...search, sort: search.sort ?? 'decidedAt', direction: search.direction ?? 'desc' }
}

export function filterOf(search: ScreeningSearch): ScreeningFilter {
  const { sort: _sort, direction: _direction, ...filter } = search
  return filter
}

export function isFiltered(search: ScreeningSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}

/** Other conditions in the place of these; an empty list is none. */
export function withConditions(search: ScreeningSearch, conditions: Partial<ScreeningSearch>): ScreeningSearch {
  const merged = { ...search, ...conditions }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as ScreeningSearch
}
