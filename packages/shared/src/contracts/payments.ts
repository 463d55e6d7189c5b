import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { paymentFilter, paymentPageQuery, paymentView } from '../filters/payments.ts'
import { manyOf } from '../filters/list.ts'
import { BILLING_METHODS, PAYMENT_CONNECTIONS, SITES } from '../methods.ts'
import { PAYMENT_ACTIONS, PAYMENT_STATUSES } from '../states/payment.ts'
import { operationRow } from './operations.ts'
import { exportChoice } from '../filters/export.ts'
import { personal } from '../personal.ts'

/** One row of the sales ledger: one sale by one method. Amounts in yen, days in Asia/Tokyo. */
export const paymentRow = z.object({
  id: z.string(),
  shopId: z.string(),
  method: z.string(),
  status: z.enum(PAYMENT_STATUSES),
  site: z.enum(SITES),
  billingMethod: z.enum(BILLING_METHODS),
  connectionMethod: z.enum(PAYMENT_CONNECTIONS),
  orderNumber: z.string(),
  /** The provider's id: NP transaction id or SBPS tracking id. */
  providerId: z.nullable(z.string()),
  slipNumber: z.nullable(z.string()),
  customerName: personal('name', z.string()),
  customerKana: personal('name', z.string()),
  phone: personal('phone', z.string()),
  orderedAt: z.string(),
  capturedOn: z.nullable(z.iso.date()),
  paidOutOn: z.nullable(z.iso.date()),
  /** What the customer is billed, tax included. */
  amountYen: z.int(),
  /** What is booked as sales, before refunds. */
  capturedYen: z.int(),
  refundedYen: z.int(),
  /** Provider fees with their tax, known once settled. */
  feeYen: z.int(),
  /** Captured − refunded − fee. */
  netYen: z.int(),
  /** Hold, rejection or error codes as the provider names them. */
  reasons: z.array(z.string()),
  /** Ids of the merchant's own tags. */
  tags: z.array(z.string()),
  nextOn: z.nullable(z.iso.date()),
  nextKind: z.nullable(z.string()),
  inFlight: z.nullable(z.string()),
})
export type PaymentRow = z.infer<typeof paymentRow>

export const paymentTotals = z.object({
  count: z.int(),
  amountYen: z.int(),
  capturedYen: z.int(),
  refundedYen: z.int(),
  feeYen: z.int(),
  netYen: z.int(),
})
export type PaymentTotals = z.infer<typeof paymentTotals>

/** One step on the way from the order to the money. */
export const moneyStep = z.object({
  kind: z.enum([
    'ordered',
    'screened',
    'authorized',
    'slip_issued',
    'shipped',
    'captured',
    'deposited',
    'arrived',
    'settled',
    'paid_out',
    'cancelled',
    'refunded',
    'expired',
    'failed',
  ]),
  state: z.enum(['done', 'current', 'expected']),
  on: z.nullable(z.iso.date()),
})
export type MoneyStep = z.infer<typeof moneyStep>

export const timelineItem = z.object({
  sequence: z.int(),
  type: z.string(),
  at: z.string(),
  actor: z.object({ kind: z.string(), name: z.nullable(z.string()) }),
  data: personal('tree', z.record(z.string(), z.unknown())),
})
export type TimelineItem = z.infer<typeof timelineItem>

export const journalEntryView = z.object({
  id: z.string(),
  on: z.iso.date(),
  kind: z.string(),
  lines: z.array(
    z.object({ account: z.string(), taxClass: z.nullable(z.string()), debitYen: z.int(), creditYen: z.int() }),
  ),
})
export type JournalEntryView = z.infer<typeof journalEntryView>

export const providerMessageView = z.object({
  id: z.string(),
  provider: z.string(),
  kind: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  state: z.string(),
  receivedAt: z.string(),
  /** The bytes as text, personal data masked. */
  body: z.string(),
})

const verdict = z.union([
  z.object({ allowed: z.literal(true), upToYen: z.nullable(z.int()) }),
  z.object({ allowed: z.literal(false), reason: z.string(), instead: z.nullable(z.enum(PAYMENT_ACTIONS)) }),
])

export const paymentDetail = z.object({
  payment: paymentRow,
  customer: z.object({
    name: personal('name', z.string()),
    kana: personal('name', z.string()),
    zip: personal('zip', z.string()),
    address: personal('address', z.string()),
    phone: personal('phone', z.string()),
    email: personal('email', z.string()),
    company: personal('text', z.string()),
  }),
  delivery: z.nullable(
    z.object({
      name: personal('name', z.string()),
      kana: personal('name', z.string()),
      zip: personal('zip', z.string()),
      address: personal('address', z.string()),
      phone: personal('phone', z.string()),
      company: personal('text', z.string()),
    }),
  ),
  goods: z.array(z.object({ name: z.string(), unitPriceYen: z.int(), quantity: z.int(), taxRateBp: z.int() })),
  taxes: z.array(z.object({ rateBp: z.int(), amountYen: z.int(), taxYen: z.int() })),
  /** What the method itself knows: screening attempts, invoice, slip numbers, deposits, statement lines. */
  state: personal('tree', z.record(z.string(), z.unknown())),
  moneyPath: z.array(moneyStep),
  timeline: z.array(timelineItem),
  operations: z.array(operationRow),
  messages: z.array(providerMessageView),
  entries: z.array(journalEntryView),
  related: z.array(
    z.object({
      id: z.string(),
      orderNumber: z.string(),
      method: z.string(),
      status: z.enum(PAYMENT_STATUSES),
      amountYen: z.int(),
      orderedAt: z.string(),
      relation: z.enum(['same_order', 'same_customer']),
    }),
  ),
  actions: z.array(z.object({ action: z.enum(PAYMENT_ACTIONS), verdict })),
})
export type PaymentDetail = z.infer<typeof paymentDetail>

const exportQuery = z.extend(paymentView, {
  /** `line`: a row for each of the goods, the sale's money in its first row alone; otherwise a row for each sale. */
  per: z.optional(z.enum(['payment', 'line'])),
  ...exportChoice,
})

export const payments = {
  list: contract({
    method: 'GET',
    path: '/api/payments',
    permission: 'sales.read',
    query: paymentPageQuery,
    response: z.object({
      items: z.array(paymentRow),
      nextCursor: z.nullable(z.string()),
      previousCursor: z.nullable(z.string()),
    }),
  }),
  totals: contract({
    method: 'GET',
    path: '/api/payments/totals',
    permission: 'sales.read',
    query: paymentFilter,
    response: paymentTotals,
  }),
  get: contract({
    method: 'GET',
    path: '/api/payments/:id',
    permission: 'sales.read',
    response: paymentDetail,
    errors: ['resource.not_found'],
  }),
  /** Asked before the download: how many rows, their control totals, and what the encoding cannot write. */
  checkExport: contract({
    method: 'GET',
    path: '/api/payments/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({
      totals: paymentTotals,
      /** Characters CP932 lacks, where they stand (at most 200 places; `unmappableCount` says how many in all). */
      unmappable: z.array(
        z.object({
          paymentId: z.string(),
          orderNumber: z.string(),
          column: z.string(),
          characters: z.string(),
          value: personal('text', z.string()),
        }),
      ),
      unmappableCount: z.int(),
    }),
  }),
} as const

export const PAYMENT_EXPORT_PATH = '/api/payments/export.csv'
export const paymentExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type PaymentExportQuery = z.output<typeof paymentExportQuery>
