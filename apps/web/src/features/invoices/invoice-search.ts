/** The address of the invoice table: `/invoices?state=overdue&dateBy=due&from=2026-11-01&open=<id>`. */
import * as z from 'zod/mini'
import {
  type InvoiceFilter,
  invoiceFilter,
  INVOICE_SORTS,
  type InvoiceSort,
  type InvoiceView,
} from '@choba/shared/filters/invoices.ts'

export type InvoiceSearch = InvoiceFilter & {
  readonly sort?: InvoiceSort
  readonly direction?: 'asc' | 'desc'
  /** The payment whose bill is open beside the list. */
  readonly open?: string
}
type FilterKey = keyof InvoiceFilter
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const FILTER_KEYS = Object.keys(invoiceFilter.shape) as FilterKey[]

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseInvoiceSearch(raw: Record<string, unknown>): InvoiceSearch {
  const search: Record<string, unknown> = {}
  for (const key of FILTER_KEYS) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(invoiceFilter.shape[key], raw[key])
    if (parsed.success && !(Array.isArray(parsed.data) && parsed.data.length === 0)) search[key] = parsed.data
  }
  const sort = INVOICE_SORTS.find((known) => known === raw.sort)
  if (sort !== undefined && sort !== 'issuedOn') search.sort = sort
  if (raw.direction === 'asc') search.direction = 'asc'
  if (typeof raw.open === 'string' && UUID.test(raw.open)) search.open = raw.open
  return search as InvoiceSearch
}

export function viewOf({ open: _, ...search }: InvoiceSearch): InvoiceView {
  return { ...search, sort: search.sort ?? 'issuedOn', direction: search.direction ?? 'desc' }
}

export function filterOf(search: InvoiceSearch): InvoiceFilter {
  const { open: _open, sort: _sort, direction: _direction, ...filter } = search
  return filter
}

export function isFiltered(search: InvoiceSearch): boolean {
  return Object.keys(filterOf(search)).some((key) => key !== 'dateBy')
}

/** Other conditions in the place of these; an empty list is none. */
export function withConditions(search: InvoiceSearch, conditions: Partial<InvoiceSearch>): InvoiceSearch {
  const merged = { ...search, ...conditions }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as InvoiceSearch
}
