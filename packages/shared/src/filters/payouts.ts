/** The filter of the payouts screen: its list, its totals and its export all compile from it. */
import * as z from 'zod/mini'
import { METHODS } from '../methods.ts'
import { day, manyIds, manyOf } from './list.ts'
import { exportChoice } from './export.ts'

/** How a statement came: from the provider, or as a file that somebody brought. */
export const STATEMENT_SOURCES = ['provider', 'file'] as const
export type StatementSource = (typeof STATEMENT_SOURCES)[number]

/** `expected`: we reckon with it; `closed`: the provider stated it; `paid`: it was transferred. */
export const PAYOUT_STATES = ['expected', 'closed', 'paid'] as const
export type PayoutState = (typeof PAYOUT_STATES)[number]

const conditions = {
  shop: z.optional(manyIds()),
  method: z.optional(manyOf(METHODS)),
  state: z.optional(manyOf(PAYOUT_STATES)),
  /** Leaves out what is only expected. */
  source: z.optional(manyOf(STATEMENT_SOURCES)),
  /** Which day `from` and `to` speak of. */
  dateBy: z.optional(z.enum(['closing', 'pay'])),
  from: z.optional(day()),
  to: z.optional(day()),
}
export const payoutFilter = z.object(conditions)
export type PayoutFilter = z.output<typeof payoutFilter>

export const payoutPageQuery = z.object({
  ...conditions,
  cursor: z.optional(z.string().check(z.maxLength(200))),
})
export type PayoutPageQuery = z.output<typeof payoutPageQuery>

export const payoutExportCheck = z.object({
  ...conditions,
  ...exportChoice,
})

export const payoutExportQuery = z.extend(payoutExportCheck, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type PayoutExportQuery = z.output<typeof payoutExportQuery>

/** The parts that every completed sale of NP postpaid is in exactly one of. */
export const COVERAGE_PARTS = ['covered', 'not_yet', 'excluded'] as const
export type CoveragePart = (typeof COVERAGE_PARTS)[number]
export const COVERAGE_REASONS = {
  covered: ['closed', 'paid'],
  not_yet: ['arrival_not_confirmed', 'next_closing', 'register_again', 'missing'],
  excluded: ['cancelled', 'returned', 'disputed'],
} as const satisfies Record<CoveragePart, readonly string[]>
export type CoverageReason = (typeof COVERAGE_REASONS)[CoveragePart][number]
const REASONS = COVERAGE_PARTS.flatMap((part): readonly CoverageReason[] => COVERAGE_REASONS[part])

export const coverageFilter = z.object({
  shop: z.optional(manyIds()),
  /** Days of the shipment report. */
  from: z.optional(day()),
  to: z.optional(day()),
})
export type CoverageFilter = z.output<typeof coverageFilter>

export const coverageListQuery = z.extend(coverageFilter, {
  part: z.optional(manyOf(COVERAGE_PARTS)),
  reason: z.optional(manyOf(REASONS)),
  cursor: z.optional(z.string().check(z.maxLength(200))),
})
export type CoverageListQuery = z.output<typeof coverageListQuery>
