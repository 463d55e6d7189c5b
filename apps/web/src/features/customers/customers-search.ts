/** The address of the customers' table: `/customers?q=佐藤&openMin=1&sort=openYen`. */
import * as z from 'zod/mini'
import {
  CUSTOMER_SORTS,
  type CustomerFilter,
  customerFilter,
  type CustomerSort,
  type CustomerView,
} from '@choba/shared/filters/customers.ts'

export type CustomersSearch = CustomerFilter & {
  readonly sort?: CustomerSort
  readonly direction?: 'asc' | 'desc'
}

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseCustomersSearch(raw: Record<string, unknown>): CustomersSearch {
  const search: Record<string, unknown> = {}
  for (const key of ['q', 'openMin'] as const) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(customerFilter.shape[key], raw[key])
    if (parsed.success && parsed.data !== undefined) search[key] = parsed.data
  }
  const sort = CUSTOMER_SORTS.find((known) => known === raw['sort'])
  if (sort !== undefined && sort !== 'lastOrderedAt') search['sort'] = sort
  if (raw['direction'] === 'asc') search['direction'] = 'asc'
  return search as CustomersSearch
}

export function viewOf(search: CustomersSearch): CustomerView {
  return { ...search, sort: search.sort ?? 'lastOrderedAt', direction: search.direction ?? 'desc' }
}

export function filterOf({ sort: _sort, direction: _direction, ...filter }: CustomersSearch): CustomerFilter {
  return filter
}

export function isFiltered(search: CustomersSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}
