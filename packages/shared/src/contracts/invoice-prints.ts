/** Printing NP's invoices that travel in the parcel (同梱): asked beforehand, printed in batches, kept as they were printed. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { manyIds } from '../filters/list.ts'

/** As many as NP answers in one call. */
export const MOST_PRINTED = 1_000

/** Why there is no page for an order. */
export const PRINT_REFUSALS = [
  'not_found',
  /** NP mails the invoice, or sends it by e-mail. */
  'not_bundled',
  'not_approved',
  'shipped',
  'ended',
  'in_flight',
  /** NP bills another amount than ours: the page would be wrong. */
  'amount_differs',
  /** By NP, with its codes. */
  'refused',
  'unanswered',
] as const
export type PrintRefusal = (typeof PRINT_REFUSALS)[number]

const refused = z.object({
  paymentId: z.string(),
  /** Null where there is no such order. */
  orderNumber: z.nullable(z.string()),
  reason: z.enum(PRINT_REFUSALS),
  codes: z.array(z.string()),
})
export type PrintRefused = z.infer<typeof refused>

const paymentIds = z.array(z.uuid()).check(z.minLength(1), z.maxLength(MOST_PRINTED))

export const printCheck = z.object({
  /** In the order of their pages: planned day of shipment, then order number. */
  printable: z.array(z.string()),
  refused: z.array(refused),
  /** Of the printable: printed before, and billed the same since. A second page has a day of issue of its own. */
  printedBefore: z.array(z.string()),
  /** Of the printable: above what stores take, so that only the bank is left. */
  bankOnly: z.int(),
  /** Of the printable: with characters that the paper's font lacks, which are printed as 〓. */
  unprintable: z.array(z.object({ paymentId: z.string(), orderNumber: z.string(), characters: z.array(z.string()) })),
  /** Beyond the most that one file holds. */
  left: z.int(),
})
export type PrintCheck = z.infer<typeof printCheck>

export const printResult = z.object({
  /** Null when no page could be printed. */
  printId: z.nullable(z.string()),
  printed: z.array(z.object({ paymentId: z.string(), issuedOn: z.iso.date(), dueOn: z.iso.date() })),
  refused: z.array(refused),
})
export type PrintResult = z.infer<typeof printResult>

export const paymentPrint = z.object({
  printId: z.string(),
  printedAt: z.string(),
  printedBy: z.string(),
  issuedOn: z.iso.date(),
  dueOn: z.iso.date(),
  amountYen: z.int(),
  /** The order is billed otherwise now: another amount or another transaction at NP. */
  stale: z.boolean(),
})
export type PaymentPrint = z.infer<typeof paymentPrint>

export const invoicePrints = {
  check: contract({
    method: 'POST',
    path: '/api/invoices/print/check',
    permission: 'sales.act',
    body: z.union([
      z.object({ paymentIds }),
      /** All bundled ones of the workbench's list. */
      z.object({
        ready: z.object({
          shop: z.optional(manyIds()),
          q: z.optional(z.string().check(z.maxLength(100))),
        }),
      }),
    ]),
    response: printCheck,
  }),
  print: contract({
    method: 'POST',
    path: '/api/invoices/print',
    permission: 'sales.act',
    body: z.object({ idempotencyKey: z.string().check(z.minLength(8), z.maxLength(128)), paymentIds }),
    response: printResult,
    errors: ['idempotency.conflict'],
  }),
  ofPayment: contract({
    method: 'GET',
    path: '/api/payments/:id/invoice-prints',
    permission: 'sales.read',
    response: z.object({ prints: z.array(paymentPrint) }),
    errors: ['resource.not_found'],
  }),
} as const

/** The pages of a batch, or the one of a payment. */
export const PRINT_FILE_PATH = '/api/invoices/prints/:printId/invoices.pdf'
export const printFileQuery = z.object({ payment: z.optional(z.uuid()) })
