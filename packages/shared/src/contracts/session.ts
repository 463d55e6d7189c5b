import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { PERMISSIONS, ROLE_CODES } from '../permissions.ts'

export const session = {
  get: contract({
    method: 'GET',
    path: '/api/session',
    permission: null,
    response: z.object({
      user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
      /** For display: what may be done is told by `permissions`. */
      role: z.enum(ROLE_CODES),
      /** The merchant's own name of the role; null for the built-in ones. */
      roleName: z.nullable(z.string()),
      permissions: z.array(z.enum(PERMISSIONS)),
      /** The merchant asks for a second factor and there is none: only that can be done. */
      needsSecondFactor: z.boolean(),
      merchant: z.object({ id: z.string(), name: z.string() }),
      shops: z.array(z.object({ id: z.string(), name: z.string(), code: z.string() })),
      /** `sandbox` when any connection points at a pretend provider; shown as a badge. */
      environment: z.enum(['live', 'sandbox']),
      /** Today in Asia/Tokyo, by the server's clock. */
      today: z.iso.date(),
    }),
  }),
  /** Ends every session of the signed-in person, this one too. */
  signOutEverywhere: contract({
    method: 'POST',
    path: '/api/session/sign-out-everywhere',
    permission: null,
    response: z.object({ ended: z.int() }),
  }),
} as const

export const preferences = {
  /** Settings a person keeps on the account: columns, density, language, theme. */
  get: contract({
    method: 'GET',
    path: '/api/preferences',
    permission: null,
    response: z.object({ values: z.record(z.string(), z.unknown()) }),
  }),
  set: contract({
    method: 'PUT',
    path: '/api/preferences/:key',
    permission: null,
    body: z.object({ value: z.unknown() }),
    response: z.object({ key: z.string(), value: z.unknown() }),
    errors: ['request.invalid'],
  }),
} as const
