import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { day } from '../filters/list.ts'
import { STORE_CODES } from '../methods.ts'
import { PAYMENT_ACTIONS } from '../states/payment.ts'
import { orderCustomer, orderGoods, person } from './orders.ts'

/** `requested` waits for another person, `held` until it can no longer be taken back; both can end `declined` or `withdrawn`. */
export const OPERATION_STATES = [
  'requested',
  'held',
  'accepted',
  'running',
  'unknown',
  'done',
  'refused',
  'failed',
  'declined',
  'withdrawn',
] as const
export type OperationState = (typeof OPERATION_STATES)[number]

/** What was asked of a provider and how it ended. `unknown`: no answer came; an inquiry decides, never a blind repeat. */
export const operationRow = z.object({
  id: z.string(),
  paymentId: z.string(),
  kind: z.enum(['register', ...PAYMENT_ACTIONS]),
  state: z.enum(OPERATION_STATES),
  amountYen: z.nullable(z.int()),
  reason: z.nullable(z.string()),
  /** Provider codes when it was refused or failed. */
  codes: z.array(z.string()),
  requestedBy: z.string(),
  requestedAt: z.string(),
  endedAt: z.nullable(z.string()),
})
export type OperationRow = z.infer<typeof operationRow>

/** What a correction puts in the place of what the order said; the rest stays. */
const correction = z.object({
  customer: z.optional(orderCustomer),
  /** Null: delivered to the customer. */
  delivery: z.optional(z.nullable(person)),
  goods: z.optional(orderGoods),
})
export type Correction = z.output<typeof correction>

const request = z.object({
  /** The caller's own key: the same key with the same request answers the same operation. */
  idempotencyKey: z.string().check(z.minLength(8), z.maxLength(200)),
  action: z.enum(PAYMENT_ACTIONS),
  /** Either the payment's id, or its shop and order number. */
  paymentId: z.optional(z.uuid()),
  shopId: z.optional(z.uuid()),
  orderNumber: z.optional(z.string().check(z.minLength(1), z.maxLength(40))),
  /** capture: at most the authorized amount (all of it when left out); refund: at most what is left; change_amount, correct, reregister, reissue and reauthorize: the new amount. */
  amountYen: z.optional(z.int().check(z.gte(1), z.lte(9_999_999))),
  carrierCode: z.optional(z.string().check(z.regex(/^\d{5}$/))),
  slipNumber: z.optional(z.string().check(z.regex(/^[0-9A-Za-z-]{1,20}$/))),
  shippedOn: z.optional(day()),
  /** plan_shipping: the day, from today on; null where none is planned any more. */
  shipOn: z.optional(z.nullable(day())),
  /** report_shipment of a bundled invoice: the day it was printed. */
  billIssuedOn: z.optional(day()),
  /** reissue and change_amount of a slip: another store, and how long it can be paid from now on. */
  store: z.optional(z.enum(STORE_CODES)),
  payWithinDays: z.optional(z.int().check(z.gte(1), z.lte(59))),
  /** correct and reregister: what of the order changes. */
  correction: z.optional(correction),
  reason: z.optional(z.string().check(z.maxLength(200))),
})
export type OperationRequest = z.output<typeof request>

const rowResult = z.object({
  index: z.int(),
  idempotencyKey: z.string(),
  operation: z.nullable(operationRow),
  /** Why this row was not accepted; the others stand. */
  error: z.nullable(z.object({ code: z.string(), reason: z.nullable(z.string()) })),
})

export const operations = {
  /** One action or a thousand: each row is accepted or refused on its own, the provider is called by a job. */
  create: contract({
    method: 'POST',
    path: '/api/operations',
    permission: 'sales.act',
    body: z.object({ operations: z.array(request).check(z.minLength(1), z.maxLength(1000)) }),
    response: z.object({ results: z.array(rowResult) }),
    errors: ['resource.not_found', 'action.not_allowed', 'idempotency.conflict', 'operation.in_flight'],
  }),
  get: contract({
    method: 'GET',
    path: '/api/operations/:id',
    permission: 'sales.read',
    response: operationRow,
    errors: ['resource.not_found'],
  }),
} as const
