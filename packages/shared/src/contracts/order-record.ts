import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { manyOf } from '../filters/list.ts'
import { personal } from '../personal.ts'
import { RECORD_KINDS } from '../record-kinds.ts'

const recordItem = z.object({
  /** Within its kind. */
  id: z.string(),
  kind: z.enum(RECORD_KINDS),
  /** What is known by its day only stands at the day's beginning in Asia/Tokyo. */
  at: z.string(),
  isDay: z.boolean(),
  /** Null for a line of a file that became no payment. */
  paymentId: z.nullable(z.string()),
  /** What it is within its kind: a method, an event's type, an action, a statement's number. */
  code: z.string(),
  state: z.nullable(z.string()),
  amountYen: z.nullable(z.int()),
  actor: z.nullable(z.object({ kind: z.string(), name: z.nullable(z.string()) })),
  /** The rest, by kind. A message's bytes stand in `body` as text, personal data masked. */
  data: personal('tree', z.record(z.string(), z.unknown())),
})
export type RecordItem = z.infer<typeof recordItem>

export const orderRecord = {
  /**
   * Everything of the order a payment belongs to (its shop and number), newest first. Postings take `journal.read`, entries
   * of the audit log `audit.read`, messages `messages.read`: whoever lacks one gets the rest.
   */
  list: contract({
    method: 'GET',
    path: '/api/payments/:id/everything',
    permission: 'sales.read',
    query: z.object({
      kind: z.optional(manyOf(RECORD_KINDS)),
      cursor: z.optional(z.string().check(z.maxLength(400))),
    }),
    response: z.object({
      orderNumber: z.string(),
      items: z.array(recordItem),
      /** Of all kinds the caller may see, whatever was asked for. */
      counts: z.array(z.object({ kind: z.enum(RECORD_KINDS), count: z.int() })),
      nextCursor: z.nullable(z.string()),
    }),
    errors: ['resource.not_found'],
  }),
  /** All of it at once, to be kept as a file: written into the audit log. */
  take: contract({
    method: 'POST',
    path: '/api/payments/:id/everything/take',
    permission: 'sales.export',
    body: z.object({ kinds: z.nullable(z.array(z.enum(RECORD_KINDS)).check(z.minLength(1))) }),
    response: z.object({ orderNumber: z.string(), items: z.array(recordItem) }),
    errors: ['resource.not_found', 'export.too_many_rows'],
  }),
} as const
