/** What a person says of a subscription: when it is made, when it is changed, and what was used. Amounts in yen, tax included. */
import * as z from 'zod/mini'
import { day } from '../filters/list.ts'
import { METHODS, STORE_CODES } from '../methods.ts'
import { ENTERED_KINDS } from '../states/subscription.ts'
import { ON_FAILURE } from '../subscriptions/dunning.ts'
import { rhythm } from '../subscriptions/schedule.ts'
import { orderCustomer, orderGoods, person } from './orders.ts'

const key = z.string().check(z.regex(/^[\w.:-]{8,100}$/))

/** Charged for each unit that was used, beside the goods. */
export const meter = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  unitPriceYen: z.int().check(z.gte(1), z.lte(999_999)),
  taxRateBp: z.int().check(z.gte(0), z.lte(10_000)),
})
export type Meter = z.output<typeof meter>

const given = {
  goods: orderGoods,
  meter: z.nullable(meter),
  rhythm,
  /** The order is made up so many calendar days before the cycle's day, and follows no change afterwards. */
  generateDays: days(60),
  /** It is screened or charged so many calendar days before it. */
  chargeDays: days(30),
  /** Days after the first failure on which it is tried again. */
  retryDays: z.array(z.int().check(z.gte(1), z.lte(60))).check(z.maxLength(5)),
  onFailure: z.enum(ON_FAILURE),
  fallbackMethod: z.nullable(z.enum(METHODS)),
  fallbackStore: z.nullable(z.enum(STORE_CODES)),
  /** The order whose card is charged. */
  cardOrderNumber: z.nullable(z.string().check(z.minLength(1), z.maxLength(38))),
  /** NP postpaid: the invoice by itself or in the parcel. */
  invoice: z.enum(['separate', 'bundled']),
}

const terms = {
  ...given,
  meter: z._default(given.meter, null),
  fallbackMethod: z._default(given.fallbackMethod, null),
  fallbackStore: z._default(given.fallbackStore, null),
  cardOrderNumber: z._default(given.cardOrderNumber, null),
  invoice: z._default(given.invoice, 'separate'),
}
export type SubscriptionTerms = z.output<z.ZodMiniObject<typeof terms>>

export const subscriptionInput = z.object({
  /** The same key with the same content is the same subscription. */
  idempotencyKey: key,
  shopId: z.uuid(),
  kind: z.enum(ENTERED_KINDS),
  customer: orderCustomer,
  delivery: z._default(z.nullable(person), null),
  ...terms,
  /** The first cycle falls on the first day of the rhythm that is not before it. */
  firstOn: day(),
  /** No cycle falls on it or later. */
  endsOn: z._default(z.nullable(day()), null),
})
export type SubscriptionInput = z.output<typeof subscriptionInput>

/** What is not said stays as it is. */
const change = z.partial(z.object({ ...given, customer: orderCustomer, kind: z.enum(ENTERED_KINDS), nextOn: day() }))

/** Holds from the first cycle whose order is not made up yet. */
export const subscriptionChange = change
export type SubscriptionChange = z.output<typeof change>

/** `skip`: without a number the next cycle to be made up; with one that cycle, while nothing was sent for it. */
export const subscriptionActInput = z.discriminatedUnion('action', [
  z.object({ idempotencyKey: key, action: z.literal('pause') }),
  z.object({ idempotencyKey: key, action: z.literal('resume'), nextOn: z.optional(day()) }),
  z.object({ idempotencyKey: key, action: z.literal('skip'), number: z.optional(z.int().check(z.gte(1))) }),
  z.object({ idempotencyKey: key, action: z.literal('change'), change }),
  z.object({ idempotencyKey: key, action: z.literal('cancel'), when: z.enum(['now', 'period_end']) }),
])
export type SubscriptionActInput = z.output<typeof subscriptionActInput>

export const usageInput = z.object({
  /** The same key with the same rows changes nothing. */
  idempotencyKey: key,
  rows: z
    .array(
      z.object({
        code: z.string().check(z.minLength(1), z.maxLength(38)),
        /** The cycle; without it the earliest that still waits. */
        number: z.optional(z.int().check(z.gte(1), z.lte(9_999))),
        quantity: z.int().check(z.gte(0), z.lte(999_999)),
      }),
    )
    .check(z.minLength(1), z.maxLength(5_000)),
})
export type UsageInput = z.output<typeof usageInput>

function days(most: number) {
  return z.int().check(z.gte(0), z.lte(most))
}
