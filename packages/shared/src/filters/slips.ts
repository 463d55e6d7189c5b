/** The filter of the slip table: list, totals and export compile from it. */
import * as z from 'zod/mini'
import { STORE_CODES } from '../methods.ts'
import { SLIP_STATES, SLIP_WARNINGS } from '../states/slip.ts'
import { day, manyIds, manyOf } from './list.ts'

export const SLIP_SORTS = ['orderedAt', 'payBy', 'amountYen'] as const
export type SlipSort = (typeof SLIP_SORTS)[number]

const conditions = {
  shop: z.optional(manyIds()),
  state: z.optional(manyOf(SLIP_STATES)),
  store: z.optional(manyOf(STORE_CODES)),
  warning: z.optional(manyOf(SLIP_WARNINGS)),
  /** Days until which the customer may pay. */
  from: z.optional(day()),
  to: z.optional(day()),
  q: z.optional(z.string().check(z.maxLength(100))),
}
const order = {
  sort: z._default(z.enum(SLIP_SORTS), 'orderedAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
}

export const slipFilter = z.object(conditions)
export type SlipFilter = z.output<typeof slipFilter>

export const slipView = z.object({ ...conditions, ...order })
export type SlipView = z.output<typeof slipView>

export const slipPageQuery = z.object({
  ...conditions,
  ...order,
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    50,
  ),
})
export type SlipPageQuery = z.output<typeof slipPageQuery>
