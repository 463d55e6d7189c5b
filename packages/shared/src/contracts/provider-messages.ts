import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { PROVIDERS } from '../provider-accounts.ts'

export const MESSAGE_STATES = ['received', 'applied', 'waiting', 'ignored'] as const
export const MESSAGE_DIRECTIONS = ['inbound', 'outbound'] as const
export type MessageDirection = (typeof MESSAGE_DIRECTIONS)[number]
export type MessageState = (typeof MESSAGE_STATES)[number]

export const providerMessageRow = z.object({
  id: z.string(),
  provider: z.string(),
  kind: z.string(),
  direction: z.enum(MESSAGE_DIRECTIONS),
  state: z.enum(MESSAGE_STATES),
  /** Why it waits: `payment.unknown`, `payment.refuses`, `message.unreadable`, … */
  reason: z.nullable(z.string()),
  providerId: z.nullable(z.string()),
  paymentId: z.nullable(z.string()),
  attempts: z.int(),
  receivedAt: z.string(),
  appliedAt: z.nullable(z.string()),
})
export type ProviderMessageRow = z.infer<typeof providerMessageRow>

export const providerMessages = {
  /** What waits or is still to be worked in, the oldest first; what is done with, the newest first. */
  list: contract({
    method: 'GET',
    path: '/api/provider-messages',
    permission: 'messages.read',
    query: z.object({
      state: z._default(z.enum(MESSAGE_STATES), 'waiting'),
      direction: z.optional(z.enum(MESSAGE_DIRECTIONS)),
      provider: z.optional(z.enum(PROVIDERS)),
      /** What the provider calls its payment, whole. */
      providerId: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))),
      cursor: z.optional(z.uuid()),
    }),
    response: z.object({ items: z.array(providerMessageRow), nextCursor: z.nullable(z.string()) }),
  }),
  /** With its text, what belongs to a customer or to nobody masked. */
  get: contract({
    method: 'GET',
    path: '/api/provider-messages/:id',
    permission: 'messages.read',
    response: z.extend(providerMessageRow, { saidAt: z.string(), contentType: z.string(), text: z.string() }),
    errors: ['resource.not_found'],
  }),
  replay: contract({
    method: 'POST',
    path: '/api/provider-messages/:id/replay',
    permission: 'messages.replay',
    body: z.object({}),
    response: providerMessageRow,
    errors: ['resource.not_found', 'message.not_replayable'],
  }),
} as const
