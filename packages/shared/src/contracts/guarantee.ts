import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { manyIds } from '../filters/list.ts'
import { GUARANTEE_RULES } from '../guarantee.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { personal } from '../personal.ts'

const rule = z.enum(GUARANTEE_RULES)

/** One payment that a rule found. Amounts in yen, days in Asia/Tokyo. */
export const guaranteeItem = z.object({
  id: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  status: z.enum(PAYMENT_STATUSES),
  amountYen: z.int(),
  /** Since when the rule holds. */
  since: z.nullable(z.iso.date()),
  /** Until when the remedy helps; null where every day counts. */
  deadline: z.nullable(z.iso.date()),
  shipOn: z.nullable(z.iso.date()),
  reasons: z.array(z.string()),
  carrierCode: z.nullable(z.string()),
  slipNumber: z.nullable(z.string()),
  inFlight: z.nullable(z.string()),
})
export type GuaranteeItem = z.infer<typeof guaranteeItem>

export const guarantee = {
  /** Every rule with how many payments it finds and what is at stake. A payment may stand under several rules. */
  summary: contract({
    method: 'GET',
    path: '/api/guarantee',
    permission: 'sales.read',
    query: z.object({ shop: z.optional(manyIds()) }),
    response: z.object({
      rules: z.array(z.object({ rule, count: z.int(), amountYen: z.int() })),
      /** Payments under any rule, each counted once. */
      count: z.int(),
      amountYen: z.int(),
    }),
  }),
  /** What one rule finds, the nearest deadline first. */
  list: contract({
    method: 'GET',
    path: '/api/guarantee/:rule',
    permission: 'sales.read',
    query: z.object({
      shop: z.optional(manyIds()),
      cursor: z.optional(z.string().check(z.maxLength(200))),
    }),
    response: z.object({
      items: z.array(guaranteeItem),
      /** The provider's day, which deadlines are counted from. */
      today: z.iso.date(),
      nextCursor: z.nullable(z.string()),
    }),
    errors: ['resource.not_found'],
  }),
} as const
