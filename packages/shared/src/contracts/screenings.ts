import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { day, manyIds, manyOf } from '../filters/list.ts'
import { screeningFilter, screeningPageQuery, screeningView } from '../filters/screenings.ts'
import { CONNECTION_METHODS, SITES } from '../methods.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { SCREENING_RESULTS } from '../states/screening.ts'
import { exportChoice } from '../filters/export.ts'
import { personal } from '../personal.ts'

/** One attempt: what NP said of an order that was sent to it. */
export const screeningRow = z.object({
  /** Payment and attempt in one. */
  id: z.string(),
  paymentId: z.string(),
  attempt: z.int(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  phone: personal('phone', z.string()),
  /** What the attempt asked for, tax included. */
  amountYen: z.int(),
  result: z.enum(SCREENING_RESULTS),
  /** 00, 10, 20 or 40 as NP writes the result; null where NP refused the order as invalid. */
  wireCode: z.nullable(z.string()),
  reasons: z.array(z.string()),
  decidedAt: z.string(),
  npId: z.nullable(z.string()),
  connectionMethod: z.enum(CONNECTION_METHODS),
  site: z.enum(SITES),
  /** Where the payment stands now. */
  status: z.enum(PAYMENT_STATUSES),
})
export type ScreeningRow = z.infer<typeof screeningRow>

export const screeningTotals = z.object({
  count: z.int(),
  amountYen: z.int(),
  byResult: z.array(z.object({ result: z.enum(SCREENING_RESULTS), count: z.int(), amountYen: z.int() })),
})
export type ScreeningTotals = z.infer<typeof screeningTotals>

/** How screening went over a period of decision days, by payment. */
export const screeningFigures = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  /** Payments whose first result fell into the period; under review is no result. */
  firstResults: z.int(),
  approvedAtOnce: z.int(),
  /** Of the first results: approved at once or by a later attempt. */
  approvedInTheEnd: z.int(),
  /** Payments first held within the period, and those of them a later attempt approved. */
  held: z.int(),
  heldThenApproved: z.int(),
  /** Codes of the attempts decided in the period, the most frequent first. */
  reasons: z.array(z.object({ code: z.string(), count: z.int() })),
})
export type ScreeningFigures = z.infer<typeof screeningFigures>

const exportQuery = z.extend(screeningView, {
  ...exportChoice,
})

export const screenings = {
  list: contract({
    method: 'GET',
    path: '/api/screenings',
    permission: 'sales.read',
    query: screeningPageQuery,
    response: z.object({ items: z.array(screeningRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/screenings/totals',
    permission: 'sales.read',
    query: screeningFilter,
    response: screeningTotals,
  }),
  /** Thirty days up to today unless the question says otherwise. */
  figures: contract({
    method: 'GET',
    path: '/api/screenings/figures',
    permission: 'sales.read',
    query: z.object({ from: z.optional(day()), to: z.optional(day()), shop: z.optional(manyIds()) }),
    response: screeningFigures,
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/screenings/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: screeningTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
} as const

export const SCREENING_EXPORT_PATH = '/api/screenings/export.csv'
export const screeningExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type ScreeningExportQuery = z.output<typeof screeningExportQuery>
