/** The address of the invoice table: `/invoices?state=overdue&dateBy=due&from=2026-11-01&open=<id>`. */
import {
  type InvoiceFilter,
  invoiceFilter,
  INVOICE_SORTS,
  type InvoiceSort,
  type InvoiceView,
} from '@choba/shared/filters/invoices.ts'
import { readConditions } from '../../ui/filters/conditions.ts'

export type InvoiceSearch = InvoiceFilter & {
  readonly sort?: InvoiceSort
  readonly direction?: 'asc' | 'desc'
  /** The payment whose bill is open beside the list. */
  readonly open?: string
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseInvoiceSearch(raw: Record<string, unknown>): InvoiceSearch {
  const search = readConditions(invoiceFilter.shape, raw)
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
