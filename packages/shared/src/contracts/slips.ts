import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { manyOf } from '../filters/list.ts'
import { slipFilter, slipPageQuery, slipView } from '../filters/slips.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { SLIP_STATES, SLIP_WARNINGS } from '../states/slip.ts'
import { exportChoice } from '../filters/export.ts'
import { personal } from '../personal.ts'

/** One convenience-store slip. Amounts in yen. */
export const slipRow = z.object({
  /** The payment's. */
  id: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  store: z.string(),
  /** What the customer shows at the till, in the store's order. */
  numbers: z.array(z.string()),
  payBy: z.string(),
  amountYen: z.int(),
  /** Running totals of the two kinds of report; null where none came. */
  preliminaryYen: z.nullable(z.int()),
  definiteYen: z.nullable(z.int()),
  depositedYen: z.int(),
  /** Deposited beyond the bill, or on a slip that was cancelled: the customer's. */
  owedYen: z.int(),
  state: z.enum(SLIP_STATES),
  warnings: z.array(z.enum(SLIP_WARNINGS)),
  orderedAt: z.string(),
  status: z.enum(PAYMENT_STATUSES),
})
export type SlipRow = z.infer<typeof slipRow>

export const slipTotals = z.object({
  count: z.int(),
  amountYen: z.int(),
  depositedYen: z.int(),
  owedYen: z.int(),
})
export type SlipTotals = z.infer<typeof slipTotals>

const exportQuery = z.extend(slipView, {
  ...exportChoice,
})

/** One slip as it is handed to the customer. */
export const slipSheet = z.extend(slipRow, { shopName: z.string(), email: personal('email', z.string()) })
export type SlipSheet = z.infer<typeof slipSheet>

export const slips = {
  list: contract({
    method: 'GET',
    path: '/api/slips',
    permission: 'sales.read',
    query: slipPageQuery,
    response: z.object({ items: z.array(slipRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/slips/totals',
    permission: 'sales.read',
    query: slipFilter,
    response: slipTotals,
  }),
  /** By the payment's id. */
  get: contract({
    method: 'GET',
    path: '/api/slips/:id',
    permission: 'sales.read',
    response: slipSheet,
    errors: ['resource.not_found'],
  }),
  /** What to write to the customer, ready to be sent by the clerk's own mail program. */
  mail: contract({
    method: 'GET',
    path: '/api/slips/:id/mail',
    permission: 'sales.read',
    query: z.object({ language: z._default(z.enum(['ja', 'en']), 'ja') }),
    response: z.object({ to: personal('email', z.string()), subject: z.string(), body: personal('text', z.string()) }),
    errors: ['resource.not_found'],
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/slips/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: slipTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
} as const

export const SLIP_EXPORT_PATH = '/api/slips/export.csv'
export const slipExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type SlipExportQuery = z.output<typeof slipExportQuery>
