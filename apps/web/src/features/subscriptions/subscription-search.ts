/** The address of the subscription table: `/subscriptions?status=active&attention=held`. */
import {
  type SubscriptionFilter,
  subscriptionFilter,
  SUBSCRIPTION_SORTS,
  type SubscriptionSort,
  type SubscriptionView,
} from '@choba/shared/filters/subscriptions.ts'
import { readConditions } from '../../ui/filters/conditions.ts'

export type SubscriptionSearch = SubscriptionFilter & {
  readonly sort?: SubscriptionSort
  readonly direction?: 'asc' | 'desc'
}

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseSubscriptionSearch(raw: Record<string, unknown>): SubscriptionSearch {
  const search = readConditions(subscriptionFilter.shape, raw)
  const sort = SUBSCRIPTION_SORTS.find((known) => known === raw.sort)
  if (sort !== undefined && sort !== 'createdAt') search.sort = sort
  if (raw.direction === 'asc') search.direction = 'asc'
  return search as SubscriptionSearch
}

export function viewOf(search: SubscriptionSearch): SubscriptionView {
  return { ...search, sort: search.sort ?? 'createdAt', direction: search.direction ?? 'desc' }
}

export function filterOf(search: SubscriptionSearch): SubscriptionFilter {
  const { sort: _sort, direction: _direction, ...filter } = search
  return filter
}

export function isFiltered(search: SubscriptionSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}
