/** Settings that stand between a person's order and the provider, and the orders that wait because of them. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { HOLDABLE_ACTIONS } from '../states/safety.ts'
import { personal } from '../personal.ts'
import { operationRow } from './operations.ts'

const yen = z.int().check(z.gte(1), z.lte(9_999_999))
const done = z.object({ done: z.literal(true) })
/** Long enough to notice, short enough to be at the desk still. */
export const HOLD_CHOICES = [0, 10, 30, 60, 300, 900] as const

const settled = z.object({
  secondPersonFromYen: z.nullable(yen),
  holdSeconds: z.int().check(z.gte(0), z.lte(3600)),
  holdActions: z.array(z.enum(HOLDABLE_ACTIONS)),
})
/** A built-in role by its name, one of the merchant's own by its id, `key` for programs. */
const ceiling = z.object({ role: z.string().check(z.maxLength(40)), ceilingYen: yen })

const waiting = z.extend(operationRow, {
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  shopId: z.string(),
  method: z.string(),
  /** What the shop would give up. */
  givesUpYen: z.int(),
  requestedByName: z.nullable(z.string()),
  /** When a held one is sent. */
  sentAt: z.nullable(z.string()),
  /** Whether this person may agree to it, and if not why. */
  mayDecide: z.boolean(),
  whyNot: z.nullable(z.enum(['own_request', 'role', 'ceiling'])),
  mayTakeBack: z.boolean(),
})
export type WaitingOperation = z.infer<typeof waiting>

const errors = ['resource.not_found', 'operation.not_waiting', 'operation.own_request', 'action.not_allowed'] as const

export const safety = {
  get: contract({
    method: 'GET',
    path: '/api/safety',
    permission: 'security.manage',
    allShops: true,
    response: z.extend(settled, {
      ceilings: z.array(ceiling),
      /** The merchant's own roles, by id. */
      roles: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  }),
  put: contract({
    method: 'PUT',
    path: '/api/safety',
    permission: 'security.manage',
    allShops: true,
    body: z.extend(settled, { ceilings: z.array(ceiling).check(z.maxLength(200)) }),
    response: done,
    errors: ['request.invalid'],
  }),
  /** As it is for whoever asks. */
  own: contract({
    method: 'GET',
    path: '/api/safety/own',
    permission: 'sales.read',
    response: z.extend(settled, { ceilingYen: z.nullable(z.int()) }),
  }),
  /** Orders that wait for another person, or can still be taken back; the oldest first. */
  waiting: contract({
    method: 'GET',
    path: '/api/approvals',
    permission: 'sales.read',
    query: z.object({ payment: z.optional(z.uuid()) }),
    response: z.object({ items: z.array(waiting) }),
  }),
  approve: contract({
    method: 'POST',
    path: '/api/approvals/:id/approve',
    permission: 'approvals.decide',
    response: operationRow,
    errors,
  }),
  decline: contract({
    method: 'POST',
    path: '/api/approvals/:id/decline',
    permission: 'approvals.decide',
    body: z.object({ reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
    response: operationRow,
    errors,
  }),
  /** Before it was sent or decided. */
  takeBack: contract({
    method: 'POST',
    path: '/api/approvals/:id/take-back',
    permission: 'sales.act',
    response: operationRow,
    errors,
  }),
} as const
