/** The address of the subscription table: `/subscriptions?status=active&attention=held`. */
import * as z from 'zod/mini'
import {
  type SubscriptionFilter,
  subscriptionFilter,
  SUBSCRIPTION_SORTS,
  type SubscriptionSort,
  type SubscriptionView,
} from '@choba/shared/filters/subscriptions.ts'

export type SubscriptionSearch = SubscriptionFilter & {
  readonly sort?: SubscriptionSort
  readonly direction?: 'asc' | 'desc'
}
export type FilterKey = keyof SubscriptionFilter
const FILTER_KEYS = Object.keys(subscriptionFilter.shape) as FilterKey[]

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseSubscriptionSearch(raw: Record<string, unknown>): SubscriptionSearch {
  const search: Record<string, unknown> = {}
  for (const key of FILTER_KEYS) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(subscriptionFilter.shape[key], raw[key])
    if (parsed.success && !(Array.isArray(parsed.data) && parsed.data.length === 0)) search[key] = parsed.data
  }
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

/** Other conditions in the place of these; an empty list is none. */
export function withConditions(
  search: SubscriptionSearch,
  conditions: Partial<SubscriptionSearch>,
): SubscriptionSearch {
  const merged = { ...search, ...conditions }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as SubscriptionSearch
}
