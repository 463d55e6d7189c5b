import * as z from 'zod/mini'
import { contract } from '../contract.ts'

export const MESSAGE_STATES = ['received', 'applied', 'waiting', 'ignored'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

export const providerMessageRow = z.object({
  id: z.string(),
  provider: z.string(),
  kind: z.string(),
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
  /** Messages that could not be applied, oldest first, or all of a state. */
  list: contract({
    method: 'GET',
    path: '/api/provider-messages',
    permission: 'messages.read',
    query: z.object({ state: z._default(z.enum(MESSAGE_STATES), 'waiting'), cursor: z.optional(z.uuid()) }),
    response: z.object({ items: z.array(providerMessageRow), nextCursor: z.nullable(z.string()) }),
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
