import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { yenAmount } from '../filters/list.ts'
import { CLERK_METHODS } from '../methods.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { personal } from '../personal.ts'

export const orderNumbering = z.object({
  prefix: z.string().check(z.regex(/^[0-9A-Za-z_-]{0,20}$/)),
  /** The next number to give out, and to how many digits it is padded. */
  nextNumber: z.int().check(z.gte(1), z.lte(9_999_999_999)),
  digits: z.int().check(z.gte(1), z.lte(10)),
})
export type OrderNumbering = z.output<typeof orderNumbering>

/** An order that is in the books already and looks like the one being entered. */
const doublet = z.object({
  paymentId: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  amountYen: z.int(),
  orderedAt: z.string(),
  status: z.enum(PAYMENT_STATUSES),
  why: z.enum(['same_number', 'same_customer_and_amount']),
})
export type Doublet = z.infer<typeof doublet>

/** What the order form asks while a clerk keys an order in. */
export const orderEntry = {
  /** Shops that take orders from here, each with by which methods, its day and how it numbers orders. */
  shops: contract({
    method: 'GET',
    path: '/api/order-entry',
    permission: 'orders.create',
    response: z.object({
      shops: z.array(
        z.object({
          shopId: z.string(),
          methods: z.array(z.enum(CLERK_METHODS)),
          /** Today by the provider's clock. */
          today: z.iso.date(),
          numbering: orderNumbering,
        }),
      ),
    }),
  }),
  /** Gives a number out: once, whoever asks, and never one that an order has. */
  reserveNumber: contract({
    method: 'POST',
    path: '/api/order-entry/numbers',
    permission: 'orders.create',
    body: z.object({ shopId: z.uuid() }),
    response: z.object({ orderNumber: z.string() }),
    errors: ['resource.not_found'],
  }),
  setNumbering: contract({
    method: 'PUT',
    path: '/api/order-entry/numbering/:shopId',
    permission: 'orders.create',
    body: orderNumbering,
    response: orderNumbering,
    errors: ['resource.not_found'],
  }),
  /** Every place of a postal code by the bundled table; none when it does not know the code. */
  places: contract({
    method: 'GET',
    path: '/api/postal-codes/:zip',
    permission: 'sales.read',
    response: z.object({
      zip: z.string(),
      places: z.array(z.object({ prefecture: z.string(), city: z.string(), town: z.string() })),
    }),
    errors: ['request.invalid'],
  }),
  /** Same shop and number; or same telephone number or name, and the same amount, within 31 days. */
  checkDouble: contract({
    method: 'GET',
    path: '/api/orders/check-double',
    permission: 'orders.create',
    query: z.object({
      shopId: z.uuid(),
      orderNumber: z._default(z.string().check(z.maxLength(40)), ''),
      phone: z._default(z.string().check(z.maxLength(20)), ''),
      name: z._default(z.string().check(z.maxLength(60)), ''),
      amountYen: yenAmount(),
      /** When the order being entered was placed. */
      orderedAt: z.iso.datetime({ offset: true }),
    }),
    response: z.object({ doubles: z.array(doublet) }),
  }),
} as const
