import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { exportChoice } from '../filters/export.ts'
import { day, manyIds, manyOf } from '../filters/list.ts'
import { ACCOUNT_KINDS, OWED_REASONS, RETURN_TASKS } from '../states/customer-return.ts'
import { personal } from '../personal.ts'

/** Money that is a customer's: as a debt, or as the transfer of it. Amounts in yen, days in Asia/Tokyo. */
export const customerReturnRow = z.object({
  /** The transfer's id, or the payment's while none was asked for. */
  id: z.string(),
  paymentId: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  phone: personal('phone', z.string()),
  task: z.enum(RETURN_TASKS),
  reason: z.enum(OWED_REASONS),
  amountYen: z.int(),
  /** When the money that is owed was reported, or the transfer asked for. */
  since: z.string(),
  bankName: z.nullable(z.string()),
  branchName: z.nullable(z.string()),
  accountKind: z.nullable(z.enum(ACCOUNT_KINDS)),
  /** The last three digits; the whole number has an endpoint of its own. */
  accountEnding: z.nullable(z.string()),
  accountHolder: z.nullable(personal('name', z.string())),
  requestedBy: z.nullable(z.string()),
  paidOn: z.nullable(z.string()),
  reference: z.nullable(z.string()),
  endedBy: z.nullable(z.string()),
})
export type CustomerReturnRow = z.infer<typeof customerReturnRow>

const returnFilter = z.object({
  view: z._default(z.enum(['open', 'ended']), 'open'),
  shop: z.optional(manyIds()),
})
const exportQuery = z.extend(returnFilter, { ...exportChoice })
const returnTotals = z.object({ count: z.int(), amountYen: z.int() })

export const customerReturns = {
  /** `open`: what is owed and what was asked for, the oldest first; `ended`: made and given up, the newest first. */
  list: contract({
    method: 'GET',
    path: '/api/customer-returns',
    permission: 'returns.read',
    query: z.extend(returnFilter, { cursor: z.optional(z.string().check(z.maxLength(400))) }),
    response: z.object({ items: z.array(customerReturnRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  /** What customers are owed now, transfers that were asked for included. */
  totals: contract({
    method: 'GET',
    path: '/api/customer-returns/totals',
    permission: 'returns.read',
    query: z.object({ shop: z.optional(manyIds()) }),
    response: returnTotals,
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/customer-returns/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: returnTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
  /** Asks for the transfer of what is owed. The same key again answers the same transfer. */
  request: contract({
    method: 'POST',
    path: '/api/customer-returns',
    permission: 'returns.request',
    body: z.object({
      idempotencyKey: z.string().check(z.minLength(8), z.maxLength(200)),
      paymentId: z.uuid(),
      amountYen: z.int().check(z.gte(1), z.lte(9_999_999)),
      bankName: text(40),
      branchName: text(40),
      accountKind: z.enum(ACCOUNT_KINDS),
      accountNumber: z.string().check(z.regex(/^\d{4,8}$/)),
      /** In katakana, as banks take it. */
      accountHolder: text(60),
    }),
    response: z.object({ id: z.string() }),
    errors: ['resource.not_found', 'return.not_owed', 'return.not_open', 'idempotency.conflict'],
  }),
  /** The transfer was made: the debt leaves the books. Said twice the same, it is said once. */
  complete: contract({
    method: 'POST',
    path: '/api/customer-returns/:id/complete',
    permission: 'returns.transfer',
    body: z.object({ paidOn: day(), reference: text(60) }),
    response: z.object({ id: z.string() }),
    errors: ['resource.not_found', 'return.not_owed', 'return.not_open', 'request.invalid'],
  }),
  /** The transfer will not be made; the debt stands. */
  drop: contract({
    method: 'POST',
    path: '/api/customer-returns/:id/drop',
    permission: 'returns.request',
    body: z.object({ reason: z._default(z.string().check(z.maxLength(200)), '') }),
    response: z.object({ id: z.string() }),
    errors: ['resource.not_found', 'return.not_open'],
  }),
  /** The whole account number; who looked is written down. */
  account: contract({
    method: 'POST',
    path: '/api/customer-returns/:id/account',
    permission: 'returns.transfer',
    response: z.object({ accountNumber: z.string() }),
    errors: ['resource.not_found'],
  }),
} as const

export const CUSTOMER_RETURN_EXPORT_PATH = '/api/customer-returns/export.csv'
export const customerReturnExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type CustomerReturnExportQuery = z.output<typeof customerReturnExportQuery>

function text(most: number) {
  return z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
}
