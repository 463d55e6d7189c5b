import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { personal } from '../personal.ts'

export const NOTE_LENGTH = 2000
const MOST_MENTIONS = 50

const person = z.object({ id: z.string(), name: z.string() })
export type NotePerson = z.infer<typeof person>

export const paymentNote = z.object({
  id: z.string(),
  author: person,
  writtenAt: z.string(),
  /** Empty once its author took it back. */
  // Free words may name the customer.
  body: personal('text', z.string()),
  isRemoved: z.boolean(),
  mentions: z.array(person),
})
export type PaymentNote = z.infer<typeof paymentNote>

const talk = z.object({
  /** Oldest first. */
  notes: z.array(paymentNote),
  assignee: z.nullable(person),
  /** Who may see the payment, and so may be mentioned or given it. */
  people: z.array(person),
})
export type PaymentTalk = z.infer<typeof talk>

/** What the people of a merchant say to each other about a payment. It reaches no provider and no customer. */
export const notes = {
  get: contract({
    method: 'GET',
    path: '/api/payments/:id/notes',
    permission: 'sales.read',
    response: talk,
    errors: ['resource.not_found'],
  }),
  add: contract({
    method: 'POST',
    path: '/api/payments/:id/notes',
    permission: 'notes.write',
    body: z.object({
      /** Chosen by the caller: the same id makes no second note. */
      id: z.uuid(),
      body: z.string().check(z.trim(), z.minLength(1), z.maxLength(NOTE_LENGTH)),
      /** User ids; each must be among the payment's `people`. */
      mentions: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(MOST_MENTIONS)),
    }),
    response: talk,
    errors: ['resource.not_found', 'idempotency.conflict'],
  }),
  /** Only its author takes a note back; who was mentioned is told no more. */
  remove: contract({
    method: 'DELETE',
    path: '/api/payments/:id/notes/:noteId',
    permission: 'notes.write',
    response: talk,
    errors: ['resource.not_found'],
  }),
  /** Null: nobody's any more. */
  assign: contract({
    method: 'PUT',
    path: '/api/payments/:id/assignee',
    permission: 'notes.write',
    body: z.object({ userId: z.nullable(z.string().check(z.maxLength(100))) }),
    response: talk,
    errors: ['resource.not_found'],
  }),
} as const

export const inboxItem = z.object({
  id: z.string(),
  kind: z.enum(['mentioned', 'assigned']),
  paymentId: z.string(),
  orderNumber: z.string(),
  by: person,
  at: z.string(),
  /** What was written, for a mention. */
  body: z.nullable(personal('text', z.string())),
  readAt: z.nullable(z.string()),
})
export type InboxItem = z.infer<typeof inboxItem>

const inboxView = z.object({ unread: z.int(), items: z.array(inboxItem) })
export type InboxView = z.infer<typeof inboxView>

/** What was said to the caller or given to them. */
export const inbox = {
  /** The latest, newest first; `unread` counts all of them. */
  get: contract({ method: 'GET', path: '/api/inbox', permission: 'sales.read', response: inboxView }),
  read: contract({
    method: 'POST',
    path: '/api/inbox/read',
    permission: 'sales.read',
    /** Null: everything there is now. */
    body: z.object({
      ids: z.nullable(z.array(z.string().check(z.regex(/^[ma]:[0-9a-f-]{36}$/))).check(z.maxLength(200))),
    }),
    response: inboxView,
  }),
} as const
