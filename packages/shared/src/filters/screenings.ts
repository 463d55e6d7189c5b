/** The filter of the screening table: list, totals and export compile from it. */
import * as z from 'zod/mini'
import { SITES } from '../methods.ts'
import { SCREENING_RESULTS } from '../states/screening.ts'
import { day, manyIds, manyOf } from './list.ts'

export const SCREENING_SORTS = ['decidedAt', 'amountYen'] as const
export type ScreeningSort = (typeof SCREENING_SORTS)[number]

const conditions = {
  shop: z.optional(manyIds()),
  result: z.optional(manyOf(SCREENING_RESULTS)),
  site: z.optional(manyOf(SITES)),
  /** One of NP's codes, as it writes them. */
  reason: z.optional(z.string().check(z.regex(/^[0-9A-Za-z_.]{1,40}$/))),
  /** Days of the decision, in Tokyo. */
  from: z.optional(day()),
  to: z.optional(day()),
  q: z.optional(z.string().check(z.maxLength(100))),
}
const order = {
  sort: z._default(z.enum(SCREENING_SORTS), 'decidedAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
}

export const screeningFilter = z.object(conditions)
export type ScreeningFilter = z.output<typeof screeningFilter>

export const screeningView = z.object({ ...conditions, ...order })
export type ScreeningView = z.output<typeof screeningView>

export const screeningPageQuery = z.object({
  ...conditions,
  ...order,
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    50,
  ),
})
export type ScreeningPageQuery = z.output<typeof screeningPageQuery>
