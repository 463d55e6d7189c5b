import * as z from 'zod/mini'
import { contract } from '../contract.ts'

/** What happens to a payment, in the words of the ledger's events. */
export const WEBHOOK_EVENTS = [
  'payment.registered',
  'payment.registration_refused',
  'payment.authorized',
  'payment.screening_decided',
  'payment.approval_expired',
  'payment.amount_changed',
  'payment.captured',
  'payment.capture_reversed',
  'payment.refunded',
  'payment.cancelled',
  'payment.shipment_reported',
  'payment.arrival_confirmed',
  'payment.invoice_issued',
  'payment.reminded',
  'payment.customer_paid',
  'payment.slip_issued',
  'payment.deposit_reported',
  'payment.slip_expired',
  'payment.settled',
  'payment.paid_out',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]
/** A trial, sent by hand. */
export const WEBHOOK_PING = 'webhook.ping'

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const
/** After these pauses, in minutes, it is tried again: for a day and a half in all. Then it waits for a person. */
export const DELIVERY_PAUSES = [1, 5, 30, 120, 360, 720, 1440] as const
export const WEBHOOK_URL_LENGTH = 2000
export const WEBHOOK_NAME_LENGTH = 60
const REPLAYS_AT_ONCE = 500

export const webhookRow = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  isActive: z.boolean(),
  createdBy: z.string(),
  createdAt: z.string(),
  /** Of all kept deliveries. */
  counts: z.object({ pending: z.int(), delivered: z.int(), failed: z.int() }),
  lastDeliveredAt: z.nullable(z.string()),
})
export type WebhookRow = z.infer<typeof webhookRow>

export const deliveryRow = z.object({
  id: z.string(),
  webhookId: z.string(),
  type: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  createdAt: z.string(),
  endedAt: z.nullable(z.string()),
  nextAt: z.nullable(z.string()),
  /** HTTP status of the last attempt. */
  lastStatus: z.nullable(z.int()),
  lastError: z.nullable(z.string()),
  lastMs: z.nullable(z.int()),
})
export type DeliveryRow = z.infer<typeof deliveryRow>

const wanted = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(WEBHOOK_NAME_LENGTH)),
  url: z.string().check(z.trim(), z.url(), z.maxLength(WEBHOOK_URL_LENGTH)),
  /** Empty: every type. */
  events: z.array(z.enum(WEBHOOK_EVENTS)),
}

export const webhooks = {
  list: contract({
    method: 'GET',
    path: '/api/webhooks',
    permission: 'webhooks.manage',
    allShops: true,
    response: z.object({ items: z.array(webhookRow) }),
  }),
  /** The signing secret is answered this once; null when the id was known already. */
  create: contract({
    method: 'POST',
    path: '/api/webhooks',
    permission: 'webhooks.manage',
    allShops: true,
    body: z.object({ id: z.uuid(), ...wanted }),
    response: z.object({ webhook: webhookRow, secret: z.nullable(z.string()) }),
    errors: ['webhook.address'],
  }),
  change: contract({
    method: 'PUT',
    path: '/api/webhooks/:id',
    permission: 'webhooks.manage',
    allShops: true,
    /** Once active again, it hears of what happens from then on. */
    body: z.object({ ...wanted, isActive: z.boolean() }),
    response: webhookRow,
    errors: ['resource.not_found', 'webhook.address'],
  }),
  /** Another secret from now on; the one before signs nothing any more. */
  rotate: contract({
    method: 'POST',
    path: '/api/webhooks/:id/rotate',
    permission: 'webhooks.manage',
    allShops: true,
    body: z.object({}),
    response: z.object({ secret: z.string() }),
    errors: ['resource.not_found'],
  }),
  remove: contract({
    method: 'DELETE',
    path: '/api/webhooks/:id',
    permission: 'webhooks.manage',
    allShops: true,
    response: z.object({}),
  }),
  /** A trial delivery; the same id makes no second one. */
  ping: contract({
    method: 'POST',
    path: '/api/webhooks/:id/ping',
    permission: 'webhooks.manage',
    allShops: true,
    body: z.object({ id: z.uuid() }),
    response: z.object({}),
    errors: ['resource.not_found'],
  }),
  deliveries: contract({
    method: 'GET',
    path: '/api/webhook-deliveries',
    permission: 'webhooks.manage',
    allShops: true,
    query: z.object({
      webhook: z.optional(z.uuid()),
      state: z.optional(z.enum(DELIVERY_STATES)),
      cursor: z.optional(z.uuid()),
    }),
    response: z.object({ items: z.array(deliveryRow), nextCursor: z.nullable(z.string()) }),
  }),
  delivery: contract({
    method: 'GET',
    path: '/api/webhook-deliveries/:id',
    permission: 'webhooks.manage',
    allShops: true,
    response: z.object({ delivery: deliveryRow, payload: z.string(), answered: z.nullable(z.string()) }),
    errors: ['resource.not_found'],
  }),
  /** Sends again: these, or everything of one address that failed. */
  replay: contract({
    method: 'POST',
    path: '/api/webhook-deliveries/replay',
    permission: 'webhooks.manage',
    allShops: true,
    body: z.union([
      z.object({ ids: z.array(z.uuid()).check(z.minLength(1), z.maxLength(REPLAYS_AT_ONCE)) }),
      z.object({ failedOf: z.uuid() }),
    ]),
    response: z.object({ replayed: z.int() }),
  }),
} as const
