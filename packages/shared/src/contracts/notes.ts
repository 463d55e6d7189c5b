import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { personal } from '../personal.ts'
import { NOTIFICATION_KIND_NAMES } from '../notification-kinds.ts'

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

const said = {
  id: z.string(),
  paymentId: z.string(),
  orderNumber: z.string(),
  by: person,
  at: z.string(),
  readAt: z.nullable(z.string()),
}

export const inboxItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mentioned'), ...said, body: personal('text', z.string()) }),
  z.object({ kind: z.literal('assigned'), ...said }),
  /** What happened, as a rule had it told; several of a kind that came together stand as one. */
  z.object({
    kind: z.literal('happened'),
    id: z.string(),
    what: z.enum(NOTIFICATION_KIND_NAMES),
    count: z.int(),
    /** The first of them. */
    paymentId: z.nullable(z.string()),
    orderNumber: z.nullable(z.string()),
    about: z.nullable(z.string()),
    amountYen: z.nullable(z.int()),
    at: z.string(),
    readAt: z.nullable(z.string()),
  }),
])
export type InboxItem = z.infer<typeof inboxItem>

const inboxView = z.object({ unread: z.int(), items: z.array(inboxItem) })
export type InboxView = z.infer<typeof inboxView>

/** What was said to the caller or given to them, and what happened: each as far as their role lets them see it. */
export const inbox = {
  /** The latest, newest first; `unread` counts all of them. */
  get: contract({ method: 'GET', path: '/api/inbox', permission: null, response: inboxView }),
  read: contract({
    method: 'POST',
    path: '/api/inbox/read',
    permission: null,
    /** Null: everything there is now. */
    body: z.object({
      ids: z.nullable(z.array(z.string().check(z.regex(/^[mah]:[0-9a-f-]{36}$/))).check(z.maxLength(200))),
    }),
    response: inboxView,
  }),
} as const
