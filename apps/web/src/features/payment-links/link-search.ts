/** The address of the payment links: `/links?state=open,opened&from=2026-11-01`. */
import * as z from 'zod/mini'
import {
  type PaymentLinkFilter,
  paymentLinkFilter,
  PAYMENT_LINK_SORTS,
  type PaymentLinkSort,
  type PaymentLinkView,
} from '@choba/shared/filters/payment-links.ts'

export type LinkSearch = PaymentLinkFilter & { readonly sort?: PaymentLinkSort; readonly direction?: 'asc' | 'desc' }
export type FilterKey = keyof PaymentLinkFilter
const FILTER_KEYS = Object.keys(paymentLinkFilter.shape) as FilterKey[]

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseLinkSearch(raw: Record<string, unknown>): LinkSearch {
  const search: Record<string, unknown> = {}
  for (const key of FILTER_KEYS) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(paymentLinkFilter.shape[key], raw[key])
    if (parsed.success && !(Array.isArray(parsed.data) && parsed.data.length === 0)) search[key] = parsed.data
  }
  const sort = PAYMENT_LINK_SORTS.find((known) => known === raw.sort)
  if (sort !== undefined && sort !== 'createdAt') search.sort = sort
  if (raw.direction === 'asc') search.direction = 'asc'
  return search as LinkSearch
}

export function viewOf(search: LinkSearch): PaymentLinkView {
  return { ...search, sort: search.sort ?? 'createdAt', direction: search.direction ?? 'desc' }
}

export function filterOf(search: LinkSearch): PaymentLinkFilter {
  const { sort: _sort, direction: _direction, ...filter } = search
  return filter
}

export function isFiltered(search: LinkSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}

/** Other conditions in the place of these; an empty list is none. */
export function withConditions(search: LinkSearch, conditions: Partial<LinkSearch>): LinkSearch {
  const merged = { ...search, ...conditions }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as LinkSearch
}
