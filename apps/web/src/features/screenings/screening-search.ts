/** The address of the screening table: `/screenings?result=on_hold&reason=RE009&from=2026-11-01`. */
import {
  type ScreeningFilter,
  screeningFilter,
  SCREENING_SORTS,
  type ScreeningSort,
  type ScreeningView,
} from '@choba/shared/filters/screenings.ts'
import { readConditions } from '../../ui/filters/conditions.ts'

export type ScreeningSearch = ScreeningFilter & { readonly sort?: ScreeningSort; readonly direction?: 'asc' | 'desc' }

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseScreeningSearch(raw: Record<string, unknown>): ScreeningSearch {
  const search = readConditions(screeningFilter.shape, raw)
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
