/** The address of the slip table: `/slips?state=unpaid&warning=order_live_elsewhere`. */
import * as z from 'zod/mini'
import { type SlipFilter, slipFilter, SLIP_SORTS, type SlipSort, type SlipView } from '@choba/shared/filters/slips.ts'

export type SlipSearch = SlipFilter & { readonly sort?: SlipSort; readonly direction?: 'asc' | 'desc' }
export type FilterKey = keyof SlipFilter
const FILTER_KEYS = Object.keys(slipFilter.shape) as FilterKey[]

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseSlipSearch(raw: Record<string, unknown>): SlipSearch {
  const search: Record<string, unknown> = {}
  for (const key of FILTER_KEYS) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(slipFilter.shape[key], raw[key])
    if (parsed.success && !(Array.isArray(parsed.data) && parsed.data.length === 0)) search[key] = parsed.data
  }
  const sort = SLIP_SORTS.find((known) => known === raw.sort)
  if (sort !== undefined && sort !== 'orderedAt') search.sort = sort
  if (raw.direction === 'asc') search.direction = 'asc'
  return search as SlipSearch
}

export function viewOf(search: SlipSearch): SlipView {
  return { ...search, sort: search.sort ?? 'orderedAt', direction: search.direction ?? 'desc' }
}

export function filterOf(search: SlipSearch): SlipFilter {
  const { sort: _sort, direction: _direction, ...filter } = search
  return filter
}

export function isFiltered(search: SlipSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}

/** Other conditions in the place of these; an empty list is none. */
export function withConditions(search: SlipSearch, conditions: Partial<SlipSearch>): SlipSearch {
  const merged = { ...search, ...conditions }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as SlipSearch
}
