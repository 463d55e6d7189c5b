/** The filter of the invoice table: list, totals and export compile from it. */
import * as z from 'zod/mini'
import { INVOICE_DELIVERIES, INVOICE_STATES, PAID_PLACES } from '../states/invoice.ts'
import { day, manyIds, manyOf } from './list.ts'

export const INVOICE_SORTS = ['issuedOn', 'dueOn'] as const
export type InvoiceSort = (typeof INVOICE_SORTS)[number]
export const INVOICE_DAYS = ['issued', 'due', 'paid'] as const

const conditions = {
  shop: z.optional(manyIds()),
  state: z.optional(manyOf(INVOICE_STATES)),
  delivery: z.optional(manyOf(INVOICE_DELIVERIES)),
  place: z.optional(manyOf(PAID_PLACES)),
  /** Which day `from` and `to` speak of. */
  dateBy: z.optional(z.enum(INVOICE_DAYS)),
  from: z.optional(day()),
  to: z.optional(day()),
  /** Order number, NP id, inquiry number, name or phone. */
  q: z.optional(z.string().check(z.maxLength(100))),
}
const order = {
  sort: z._default(z.enum(INVOICE_SORTS), 'issuedOn'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
}

export const invoiceFilter = z.object(conditions)
export type InvoiceFilter = z.output<typeof invoiceFilter>

export const invoiceView = z.object({ ...conditions, ...order })
export type InvoiceView = z.output<typeof invoiceView>

export const invoicePageQuery = z.object({
  ...conditions,
  ...order,
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    50,
  ),
})
export type InvoicePageQuery = z.output<typeof invoicePageQuery>
