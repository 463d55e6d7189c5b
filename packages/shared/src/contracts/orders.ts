import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { day } from '../filters/list.ts'
import { BILLING_METHODS, CONNECTION_METHODS, METHODS, SITES, STORE_CODES } from '../methods.ts'
import { isMasked } from '../personal.ts'

export const person = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(42), plain()),
  kana: z._default(text(50), ''),
  company: z._default(text(60), ''),
  department: z._default(text(60), ''),
  zip: z.string().check(z.regex(/^\d{3}-?\d{4}$/)),
  address: z.string().check(z.minLength(1), z.maxLength(110), plain()),
  phone: z.string().check(z.regex(/^[0-9-]{9,14}$/)),
})

export const orderCustomer = z.extend(person, { email: z._default(text(100), '') })

export const orderGoods = z
  .array(
    z.object({
      name: z.string().check(z.minLength(1), z.maxLength(150)),
      /** Tax included; negative for a discount. */
      unitPriceYen: z.int(),
      quantity: z.int().check(z.gte(1), z.lte(9999)),
      /** Basis points: 1000 = 10 %, 800 = 8 % (reduced), 0 = not taxed. */
      taxRateBp: z.int().check(z.gte(0), z.lte(10_000)),
    }),
  )
  .check(z.minLength(1), z.maxLength(100))

export const orderInput = z.object({
  shopId: z.uuid(),
  /** The shop's own number. The same number at the same shop is the same order. */
  orderNumber: z.string().check(z.regex(/^[0-9A-Za-z_-]{1,38}$/)),
  /** When the customer ordered. */
  orderedAt: z.iso.datetime({ offset: true }),
  method: z.enum(METHODS),
  site: z.enum(SITES),
  billingMethod: z._default(z.enum(BILLING_METHODS), 'pay_as_you_go'),
  connectionMethod: z._default(z.enum(CONNECTION_METHODS), 'api'),
  /** Tax included. */
  amountYen: z.int().check(z.gte(1), z.lte(9_999_999)),
  customer: orderCustomer,
  delivery: z._default(z.nullable(person), null),
  goods: orderGoods,
  /**
   * Card only: a one-time token from the provider's script, or the provider's number (tracking id) of an earlier payment
   * whose card is to be charged again. A card number never comes here.
   */
  card: z.optional(
    z.object({
      token: z.optional(text(300)),
      tokenKey: z.optional(text(300)),
      trackingId: z.optional(z.string().check(z.regex(/^\d{14}$/))),
      capture: z._default(z.enum(['automatic', 'specified']), 'specified'),
    }),
  ),
  /** Convenience store only. */
  convenienceStore: z.optional(
    z.object({ store: z.enum(STORE_CODES), payWithinDays: z._default(z.int().check(z.gte(1), z.lte(59)), 14) }),
  ),
  /** NP postpaid only: invoice sent separately or bundled with the goods. */
  npPostpaid: z.optional(
    z.object({
      invoice: z._default(z.enum(['separate', 'bundled']), 'separate'),
      /** The day the goods shall leave. */
      shipOn: z.optional(day()),
    }),
  ),
})
export type OrderInput = z.output<typeof orderInput>

const rowResult = z.object({
  index: z.int(),
  orderNumber: z.string(),
  paymentId: z.nullable(z.string()),
  /** True when the order was known already and nothing was done. */
  repeated: z.boolean(),
  error: z.nullable(z.object({ code: z.string(), reason: z.nullable(z.string()), field: z.nullable(z.string()) })),
})

export const orders = {
  /** Takes orders in and registers them with their provider. Each row stands on its own; the same order twice is one payment. */
  create: contract({
    method: 'POST',
    path: '/api/orders',
    permission: 'orders.create',
    body: z.object({ orders: z.array(orderInput).check(z.minLength(1), z.maxLength(1000)) }),
    response: z.object({ results: z.array(rowResult) }),
    errors: ['order.duplicate', 'resource.not_found'],
  }),
} as const

function text(most: number) {
  return z.string().check(z.maxLength(most), plain())
}

/** What was masked for its reader is not what the order says. */
function plain() {
  return z.refine<string>((said) => !isMasked(said), 'masked')
}
