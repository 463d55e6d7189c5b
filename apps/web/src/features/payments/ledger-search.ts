/** The address of the ledger: `/payments?method=card&status=captured&sort=amountYen&open=<id>`. */
import * as z from 'zod/mini'
import {
  type PaymentFilter,
  paymentFilter,
  type PaymentSort,
  PAYMENT_SORTS,
  type PaymentView,
} from '@choba/shared/filters/payments.ts'

export type LedgerSearch = PaymentFilter & {
  readonly sort?: PaymentSort
  readonly direction?: 'asc' | 'desc'
  /** The payment whose drawer is open. */
  readonly open?: string
}

export type FilterKey = keyof PaymentFilter
export const FILTER_KEYS = Object.keys(paymentFilter.shape) as FilterKey[]

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseLedgerSearch(raw: Record<string, unknown>): LedgerSearch {
  const search: Record<string, unknown> = {}
  for (const key of FILTER_KEYS) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(paymentFilter.shape[key], raw[key])
    if (parsed.success && !isEmpty(parsed.data)) search[key] = parsed.data
  }
  const sort = PAYMENT_SORTS.find((known) => known === raw.sort)
  if (sort !== undefined && sort !== 'orderedAt') search.sort = sort
  if (raw.direction === 'asc') search.direction = 'asc'
  if (typeof raw.open === 'string' && raw.open !== '') search.open = raw.open
  return search as LedgerSearch
}

/** The view that the list, the totals and the export are asked for. */
export function viewOf({ open: _, ...search }: LedgerSearch): PaymentView {
  return { ...search, sort: search.sort ?? 'orderedAt', direction: search.direction ?? 'desc' }
}

export function filterOf(search: LedgerSearch): PaymentFilter {
  const { open: _open, sort: _sort, direction: _direction, ...filter } = search
  return filter
}

export function isFiltered(search: LedgerSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}

/** The search without these conditions. */
export function without(search: LedgerSearch, keys: readonly FilterKey[]): LedgerSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([key]) => !(keys as readonly string[]).includes(key)),
  ) as LedgerSearch
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0)
}
