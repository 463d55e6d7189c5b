/** The address of the slip table: `/slips?state=unpaid&warning=order_live_elsewhere`. */
import { type SlipFilter, slipFilter, SLIP_SORTS, type SlipSort, type SlipView } from '@choba/shared/filters/slips.ts'
import { readConditions } from '../../ui/filters/conditions.ts'

export type SlipSearch = SlipFilter & { readonly sort?: SlipSort; readonly direction?: 'asc' | 'desc' }

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseSlipSearch(raw: Record<string, unknown>): SlipSearch {
  const search = readConditions(slipFilter.shape, raw)
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
