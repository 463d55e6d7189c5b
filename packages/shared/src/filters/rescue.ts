/** The rescue queue's filter and order. */
import * as z from 'zod/mini'
import { RESCUE_KINDS } from '../states/screening.ts'
import { manyIds, manyOf } from './list.ts'

/** By planned shipping day, the earliest first; by yen, the most first; by age, the oldest first. */
export const RESCUE_SORTS = ['ship_on', 'amount', 'age'] as const
export type RescueSort = (typeof RESCUE_SORTS)[number]

const conditions = {
  kind: z.optional(manyOf(RESCUE_KINDS)),
  shop: z.optional(manyIds()),
}

export const rescueFilter = z.object(conditions)
export type RescueFilter = z.output<typeof rescueFilter>

export const rescuePageQuery = z.object({
  ...conditions,
  sort: z._default(z.enum(RESCUE_SORTS), 'ship_on'),
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z
      .pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number))
      .check(z.gte(1), z.lte(1000)),
    100,
  ),
})
export type RescuePageQuery = z.output<typeof rescuePageQuery>
