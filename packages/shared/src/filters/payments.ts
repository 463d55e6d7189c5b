/** The one filter of the sales ledger: the list, its totals and its export all compile from it. */
import * as z from 'zod/mini'
import { BILLING_METHODS, PAYMENT_CONNECTIONS, DATE_KINDS, METHODS, SITES } from '../methods.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { day, manyIds, manyOf, yenAmount } from './list.ts'

export const PAYMENT_SORTS = ['orderedAt', 'capturedOn', 'paidOutOn', 'amountYen'] as const
export type PaymentSort = (typeof PAYMENT_SORTS)[number]

/** What concerns whoever asks: payments given to them, and those with a note that names them. */
export const MINE = ['assigned', 'mentioned'] as const
export type Mine = (typeof MINE)[number]

const conditions = {
  shop: z.optional(manyIds()),
  method: z.optional(manyOf(METHODS)),
  status: z.optional(manyOf(PAYMENT_STATUSES)),
  site: z.optional(manyOf(SITES)),
  billing: z.optional(manyOf(BILLING_METHODS)),
  connection: z.optional(manyOf(PAYMENT_CONNECTIONS)),
  /** Which day `from` and `to` speak of. */
  dateBy: z.optional(z.enum(DATE_KINDS)),
  from: z.optional(day()),
  to: z.optional(day()),
  amountMin: z.optional(yenAmount()),
  amountMax: z.optional(yenAmount()),
  mine: z.optional(manyOf(MINE)),
  /** Any of these of the merchant's own tags. */
  tag: z.optional(manyIds()),
  q: z.optional(z.string().check(z.maxLength(100))),
}

export const paymentFilter = z.object(conditions)
export type PaymentFilter = z.output<typeof paymentFilter>

const order = {
  sort: z._default(z.enum(PAYMENT_SORTS), 'orderedAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
}

export const paymentView = z.object({ ...conditions, ...order })
/** A filter and its order: what a URL of the ledger says. */
export type PaymentView = z.output<typeof paymentView>

export const paymentPageQuery = z.object({
  ...conditions,
  ...order,
  /** Rows beyond this place of the list, in the direction of `toward`. */
  cursor: z.optional(z.string().check(z.maxLength(400))),
  toward: z._default(z.enum(['next', 'previous']), 'next'),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    50,
  ),
})
export type PaymentPageQuery = z.output<typeof paymentPageQuery>
