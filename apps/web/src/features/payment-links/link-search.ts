/** The address of the payment links: `/links?state=open,opened&from=2026-11-01`. */
import {
  type PaymentLinkFilter,
  paymentLinkFilter,
  PAYMENT_LINK_SORTS,
  type PaymentLinkSort,
  type PaymentLinkView,
} from '@choba/shared/filters/payment-links.ts'
import { readConditions } from '../../ui/filters/conditions.ts'

export type LinkSearch = PaymentLinkFilter & { readonly sort?: PaymentLinkSort; readonly direction?: 'asc' | 'desc' }

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseLinkSearch(raw: Record<string, unknown>): LinkSearch {
  const search = readConditions(paymentLinkFilter.shape, raw)
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
