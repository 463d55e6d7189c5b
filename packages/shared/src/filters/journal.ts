/** The filter of the journal: list, totals and export compile from it. */
import * as z from 'zod/mini'
import { ACCOUNT_NAMES, JOURNAL_KINDS } from '../accounts.ts'
import { METHODS } from '../methods.ts'
import { day, manyIds, manyOf } from './list.ts'

const conditions = {
  shop: z.optional(manyIds()),
  method: z.optional(manyOf(METHODS)),
  account: z.optional(manyOf(ACCOUNT_NAMES)),
  kind: z.optional(manyOf(JOURNAL_KINDS)),
  /** Days on which entries are booked. */
  from: z.optional(day()),
  to: z.optional(day()),
  q: z.optional(z.string().check(z.maxLength(100))),
}
const order = { direction: z._default(z.enum(['asc', 'desc']), 'desc') }

export const journalFilter = z.object(conditions)
export type JournalFilter = z.output<typeof journalFilter>

export const journalView = z.object({ ...conditions, ...order })
export type JournalView = z.output<typeof journalView>

export const journalPageQuery = z.object({
  ...conditions,
  ...order,
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(
    z.pipe(z.union([z.string().check(z.regex(/^\d{1,4}$/)), z.int()]), z.transform(Number)).check(z.gte(1), z.lte(200)),
    100,
  ),
})
export type JournalPageQuery = z.output<typeof journalPageQuery>
