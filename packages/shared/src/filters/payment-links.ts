/** The filter of the payment links: list, totals and export compile from it. */
import * as z from 'zod/mini'
import { METHODS } from '../methods.ts'
import { PAYMENT_LINK_STATES } from '../states/payment-link.ts'
import { day, manyIds, manyOf } from './list.ts'

export const PAYMENT_LINK_SORTS = ['createdAt', 'amountYen', 'expiresAt'] as const
export type PaymentLinkSort = (typeof PAYMENT_LINK_SORTS)[number]

const conditions = {
  shop: z.optional(manyIds()),
  state: z.optional(manyOf(PAYMENT_LINK_STATES)),
  /** The method the customer chose. */
  method: z.optional(manyOf(METHODS)),
  /** Days of making, in Tokyo. */
  from: z.optional(day()),
  to: z.optional(day()),
  q: z.optional(z.string().check(z.maxLength(100))),
}
const order = {
  sort: z._default(z.enum(PAYMENT_LINK_SORTS), 'createdAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
}

export const paymentLinkFilter = z.object(conditions)
export type PaymentLinkFilter = z.output<typeof paymentLinkFilter>

export const paymentLinkView = z.object({ ...conditions, ...order })
export type PaymentLinkView = z.output<typeof paymentLinkView>

export const paymentLinkPageQuery = z.object({
  ...conditions,
  ...order,
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    50,
  ),
})
export type PaymentLinkPageQuery = z.output<typeof paymentLinkPageQuery>
