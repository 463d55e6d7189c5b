/** The filter of the customers' table: list, totals and export compile from it. */
import * as z from 'zod/mini'
import { yenAmount } from './list.ts'

export const CUSTOMER_SORTS = ['lastOrderedAt', 'capturedYen', 'openYen'] as const
export type CustomerSort = (typeof CUSTOMER_SORTS)[number]

const conditions = {
  /** Name or kana, in part from three characters on, or the telephone number from its start. */
  q: z.optional(z.string().check(z.maxLength(100))),
  /** At least so much NP postpaid that is not paid yet. */
  openMin: z.optional(yenAmount()),
}
const order = {
  sort: z._default(z.enum(CUSTOMER_SORTS), 'lastOrderedAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
}

export const customerFilter = z.object(conditions)
export type CustomerFilter = z.output<typeof customerFilter>

export const customerView = z.object({ ...conditions, ...order })
export type CustomerView = z.output<typeof customerView>

export const customerPageQuery = z.object({
  ...conditions,
  ...order,
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    50,
  ),
})
export type CustomerPageQuery = z.output<typeof customerPageQuery>
