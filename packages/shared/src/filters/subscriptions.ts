/** The filter of the subscriptions: list, totals and export compile from it. */
import * as z from 'zod/mini'
import { METHODS } from '../methods.ts'
import { ATTENTIONS, SUBSCRIPTION_KINDS, SUBSCRIPTION_STATUSES } from '../states/subscription.ts'
import { day, manyIds, manyOf } from './list.ts'

export const SUBSCRIPTION_SORTS = ['createdAt', 'nextOn', 'amountYen'] as const
export type SubscriptionSort = (typeof SUBSCRIPTION_SORTS)[number]

const conditions = {
  shop: z.optional(manyIds()),
  kind: z.optional(manyOf(SUBSCRIPTION_KINDS)),
  status: z.optional(manyOf(SUBSCRIPTION_STATUSES)),
  method: z.optional(manyOf(METHODS)),
  /** With a cycle that somebody should look at. */
  attention: z.optional(manyOf(ATTENTIONS)),
  /** Days of the next cycle. */
  from: z.optional(day()),
  to: z.optional(day()),
  q: z.optional(z.string().check(z.maxLength(100))),
}
const order = {
  sort: z._default(z.enum(SUBSCRIPTION_SORTS), 'createdAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
}

export const subscriptionFilter = z.object(conditions)
export type SubscriptionFilter = z.output<typeof subscriptionFilter>

export const subscriptionView = z.object({ ...conditions, ...order })
export type SubscriptionView = z.output<typeof subscriptionView>

export const subscriptionPageQuery = z.object({
  ...conditions,
  ...order,
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    50,
  ),
})
export type SubscriptionPageQuery = z.output<typeof subscriptionPageQuery>
