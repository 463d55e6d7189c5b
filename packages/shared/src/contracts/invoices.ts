import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { invoiceFilter, invoicePageQuery, invoiceView } from '../filters/invoices.ts'
import { manyOf } from '../filters/list.ts'
import { INVOICE_DELIVERIES, INVOICE_STATES } from '../states/invoice.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { timelineItem } from './payments.ts'
import { exportChoice } from '../filters/export.ts'
import { personal } from '../personal.ts'

const dayOrNull = z.nullable(z.iso.date())

/** NP's bill to the customer of one payment. Amounts in yen, days in Asia/Tokyo. */
export const invoiceRow = z.object({
  /** The payment's. */
  id: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  phone: personal('phone', z.string()),
  amountYen: z.int(),
  state: z.enum(INVOICE_STATES),
  delivery: z.enum(INVOICE_DELIVERIES),
  /** `akt…`, which customers quote. */
  inquiryNumber: z.nullable(z.string()),
  providerId: z.nullable(z.string()),
  shippedOn: z.iso.date(),
  /** Until the bill is issued: the next business day after the slip was registered; null where nobody can say. */
  expectedOn: dayOrNull,
  issuedOn: dayOrNull,
  dueOn: dayOrNull,
  reissues: z.int(),
  reminders: z.int(),
  remindedOn: dayOrNull,
  paidOn: dayOrNull,
  paidPlace: z.nullable(z.string()),
  paidStore: z.nullable(z.string()),
  /** Where the payment stands: the replacement payment does not wait for the customer. */
  status: z.enum(PAYMENT_STATUSES),
})
export type InvoiceRow = z.infer<typeof invoiceRow>

/** One bill whole: its row, and what NP and the shop said of it in the order in which it happened. */
export const invoiceDetail = z.object({
  invoice: invoiceRow,
  arrivedOn: dayOrNull,
  /** Every NP transaction the sale was, oldest first: an amount that was reduced has a bill of its own. */
  npIds: z.array(z.string()),
  /** Every bill that was issued, the oldest first. */
  issues: z.array(
    z.object({ issuedOn: z.iso.date(), dueOn: z.iso.date(), inquiryNumber: z.string(), reissue: z.int() }),
  ),
  /** What NP adds to this bill for each time it is late, by the day it fell due; null while nothing says it is late. NP's, never in the books. */
  lateFeeYen: z.nullable(z.int()),
  history: z.array(timelineItem),
})
export type InvoiceDetail = z.infer<typeof invoiceDetail>

export const invoiceTotals = z.object({
  count: z.int(),
  amountYen: z.int(),
  byState: z.array(z.object({ state: z.enum(INVOICE_STATES), count: z.int(), amountYen: z.int() })),
})
export type InvoiceTotals = z.infer<typeof invoiceTotals>

const exportQuery = z.extend(invoiceView, {
  ...exportChoice,
})

export const invoices = {
  list: contract({
    method: 'GET',
    path: '/api/invoices',
    permission: 'sales.read',
    query: invoicePageQuery,
    response: z.object({ items: z.array(invoiceRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/invoices/totals',
    permission: 'sales.read',
    query: invoiceFilter,
    response: invoiceTotals,
  }),
  get: contract({
    method: 'GET',
    path: '/api/invoices/:id',
    permission: 'sales.read',
    response: invoiceDetail,
    errors: ['resource.not_found'],
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/invoices/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: invoiceTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
} as const

export const INVOICE_EXPORT_PATH = '/api/invoices/export.csv'
export const invoiceExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type InvoiceExportQuery = z.output<typeof invoiceExportQuery>
