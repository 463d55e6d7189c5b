import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { rescueFilter, rescuePageQuery } from '../filters/rescue.ts'
import { PAYMENT_ACTIONS, PAYMENT_STATUSES } from '../states/payment.ts'
import { RESCUE_KINDS, SCREENING_RESULTS } from '../states/screening.ts'
import { operationRow } from './operations.ts'
import { personal } from '../personal.ts'

/** A payment whose screening asks for somebody. Days are the provider's. */
export const rescueRow = z.object({
  id: z.string(),
  kind: z.enum(RESCUE_KINDS),
  status: z.enum(PAYMENT_STATUSES),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  amountYen: z.int(),
  reasons: z.array(z.string()),
  shipOn: z.nullable(z.iso.date()),
  decidedAt: z.nullable(z.string()),
  /** Since then, and today, by the provider's clock. */
  ageMinutes: z.int(),
  today: z.iso.date(),
  lapsesOn: z.nullable(z.iso.date()),
  attempts: z.int(),
  inFlight: z.nullable(z.string()),
})
export type RescueRow = z.infer<typeof rescueRow>

const partyShape = {
  name: personal('name', z.string()),
  kana: personal('name', z.string()),
  company: personal('text', z.string()),
  department: personal('text', z.string()),
  zip: personal('zip', z.string()),
  address: personal('address', z.string()),
  phone: personal('phone', z.string()),
}
const verdict = z.union([
  z.object({ allowed: z.literal(true), upToYen: z.nullable(z.int()) }),
  z.object({ allowed: z.literal(false), reason: z.string(), instead: z.nullable(z.enum(PAYMENT_ACTIONS)) }),
])

const sheet = z.object({
  payment: z.object({
    id: z.string(),
    shopId: z.string(),
    status: z.enum(PAYMENT_STATUSES),
    orderNumber: z.string(),
    orderedAt: z.string(),
    amountYen: z.int(),
    inFlight: z.nullable(z.string()),
    npId: z.nullable(z.string()),
  }),
  /** As the queue names it; null for a payment that stands well. */
  kind: z.nullable(z.enum(RESCUE_KINDS)),
  reasons: z.array(z.string()),
  invoice: z.enum(['separate', 'bundled', 'electronic']),
  shipOn: z.nullable(z.iso.date()),
  lapsesOn: z.nullable(z.iso.date()),
  /** Today by the provider's clock. */
  today: z.iso.date(),
  creditHeld: z.boolean(),
  customer: z.object({ ...partyShape, email: personal('email', z.string()) }),
  delivery: z.nullable(z.object(partyShape)),
  goods: z.array(z.object({ name: z.string(), unitPriceYen: z.int(), quantity: z.int(), taxRateBp: z.int() })),
  attempts: z.array(
    z.object({
      attempt: z.int(),
      result: z.enum(SCREENING_RESULTS),
      reasons: z.array(z.string()),
      decidedAt: z.string(),
      npId: z.nullable(z.string()),
    }),
  ),
  actions: z.array(z.object({ action: z.enum(PAYMENT_ACTIONS), verdict })),
  lastOperation: z.nullable(operationRow),
  /** Somebody has said that nothing more will be done about the present result. */
  setAside: z.boolean(),
})
export type RescueSheet = z.infer<typeof sheet>

const ids = z.object({ paymentIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(1000)) })

export const rescue = {
  list: contract({
    method: 'GET',
    path: '/api/rescue',
    permission: 'sales.read',
    query: rescuePageQuery,
    response: z.object({ items: z.array(rescueRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  /** How many wait, and how much of the merchant's money with them. */
  totals: contract({
    method: 'GET',
    path: '/api/rescue/totals',
    permission: 'sales.read',
    query: rescueFilter,
    response: z.object({
      byKind: z.array(z.object({ kind: z.enum(RESCUE_KINDS), count: z.int(), amountYen: z.int() })),
    }),
  }),
  /** What became of payments that were sent again together. */
  outcomes: contract({
    method: 'POST',
    path: '/api/rescue/outcomes',
    permission: 'sales.read',
    body: ids,
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          orderNumber: z.string(),
          status: z.enum(PAYMENT_STATUSES),
          reasons: z.array(z.string()),
          inFlight: z.nullable(z.string()),
          /** Codes of the latest operation when the provider refused it or it failed. */
          codes: z.array(z.string()),
        }),
      ),
    }),
  }),
  /** Takes payments off the queue until NP says something new of them: the customer was offered something else. */
  setAside: contract({
    method: 'POST',
    path: '/api/rescue/aside',
    permission: 'sales.act',
    body: ids,
    response: z.object({ setAside: z.int() }),
  }),
  get: contract({
    method: 'GET',
    path: '/api/rescue/:id',
    permission: 'sales.read',
    response: sheet,
    errors: ['resource.not_found'],
  }),
} as const
