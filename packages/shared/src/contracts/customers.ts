import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { customerFilter, customerPageQuery, customerView } from '../filters/customers.ts'
import { manyOf } from '../filters/list.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { exportChoice } from '../filters/export.ts'
import { personal } from '../personal.ts'
import { writtenPerson } from './written-person.ts'

/** Whoever ordered with the same telephone number and name. Amounts in yen, over all methods and shops. */
export const customerRow = z.object({
  id: z.string(),
  name: personal('name', z.string()),
  kana: personal('name', z.string()),
  phone: personal('phone', z.string()),
  email: personal('email', z.string()),
  /** Orders, whatever became of them. */
  payments: z.int(),
  /** What was billed, sales before refunds, refunds: the same sums as the ledger's. */
  amountYen: z.int(),
  capturedYen: z.int(),
  refundedYen: z.int(),
  /** Captured − refunded. */
  netYen: z.int(),
  /** NP postpaid that is asked for, held or not paid yet. */
  openYen: z.int(),
  firstOrderedAt: z.string(),
  lastOrderedAt: z.string(),
})
export type CustomerRow = z.infer<typeof customerRow>

export const customerTotals = z.object({
  count: z.int(),
  payments: z.int(),
  amountYen: z.int(),
  capturedYen: z.int(),
  refundedYen: z.int(),
  netYen: z.int(),
  openYen: z.int(),
})
export type CustomerTotals = z.infer<typeof customerTotals>

/** What this merchant's orders use of the limit NP sets a customer. Orders at other shops count too, and nobody here knows them. */
export const customerLimit = z.object({
  /** Null while no order of this customer is in the books. */
  customerId: z.nullable(z.string()),
  /** By the contract's term of the day; null when it names none. The lowest where shops differ. */
  limitYen: z.nullable(z.int()),
  /** The limit is a usual figure that nobody has confirmed. */
  assumed: z.boolean(),
  openYen: z.int(),
  openPayments: z.int(),
})
export type CustomerLimit = z.infer<typeof customerLimit>

const payment = z.object({
  id: z.string(),
  orderNumber: z.string(),
  shopId: z.string(),
  method: z.string(),
  status: z.enum(PAYMENT_STATUSES),
  amountYen: z.int(),
  capturedYen: z.int(),
  refundedYen: z.int(),
  orderedAt: z.string(),
})
export type CustomerPayment = z.infer<typeof payment>

const detail = z.object({
  customer: customerRow,
  limit: customerLimit,
  byMethod: z.array(
    z.object({ method: z.string(), payments: z.int(), amountYen: z.int(), capturedYen: z.int(), refundedYen: z.int() }),
  ),
  /** What counts against the limit now, the earliest due first. */
  open: z.array(
    z.object({
      id: z.string(),
      orderNumber: z.string(),
      status: z.enum(PAYMENT_STATUSES),
      openYen: z.int(),
      orderedAt: z.string(),
      dueOn: z.nullable(z.iso.date()),
      reminders: z.int(),
    }),
  ),
  screenings: z.array(
    z.object({
      paymentId: z.string(),
      orderNumber: z.string(),
      attempt: z.int(),
      result: z.string(),
      reasons: z.array(z.string()),
      decidedAt: z.string(),
    }),
  ),
  /** What NP grants by the rule of the contract's terms when a registered member pays in time; null without a rule. */
  points: z.nullable(z.object({ points: z.int(), payments: z.int(), yenPerPoint: z.int(), assumed: z.boolean() })),
})
export type CustomerDetail = z.infer<typeof detail>

const exportQuery = z.extend(customerView, {
  ...exportChoice,
})

export const customers = {
  list: contract({
    method: 'GET',
    path: '/api/customers',
    permission: 'sales.read',
    query: customerPageQuery,
    response: z.object({ items: z.array(customerRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/customers/totals',
    permission: 'sales.read',
    query: customerFilter,
    /** With the limit in force, to say who comes near it; the lowest where shops differ. */
    response: z.extend(customerTotals, { limitYen: z.nullable(z.int()) }),
  }),
  /** The live meter of the order form: by what is keyed in, whether the customer is known or not. */
  limit: contract({
    method: 'GET',
    path: '/api/customers/limit',
    permission: 'sales.read',
    query: z.object({
      shopId: z.uuid(),
      phone: z._default(z.string().check(z.maxLength(20)), ''),
      name: z._default(z.string().check(z.maxLength(60)), ''),
    }),
    response: customerLimit,
    errors: ['resource.not_found'],
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/customers/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: customerTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
  get: contract({
    method: 'GET',
    path: '/api/customers/:id',
    permission: 'sales.read',
    response: detail,
    errors: ['resource.not_found'],
  }),
  /** What the order form fills in when a known customer orders again. */
  lastOrder: contract({
    method: 'GET',
    path: '/api/customers/:id/last-order',
    permission: 'sales.read',
    response: z.object({ customer: writtenPerson, delivery: z.nullable(writtenPerson) }),
    errors: ['resource.not_found'],
  }),
  payments: contract({
    method: 'GET',
    path: '/api/customers/:id/payments',
    permission: 'sales.read',
    query: z.object({ cursor: z.optional(z.string().check(z.maxLength(400))) }),
    response: z.object({ items: z.array(payment), nextCursor: z.nullable(z.string()) }),
    errors: ['resource.not_found', 'request.invalid'],
  }),
} as const

export const CUSTOMER_EXPORT_PATH = '/api/customers/export.csv'
export const customerExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type CustomerExportQuery = z.output<typeof customerExportQuery>
