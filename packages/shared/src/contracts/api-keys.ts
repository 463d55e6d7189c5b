import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { type Permission, PERMISSIONS } from '../permissions.ts'

/** A program never manages people, keys or settings, whoever made its key, and is nobody's second person. */
export const KEY_PERMISSIONS: readonly Permission[] = PERMISSIONS.filter(
  (each) => !each.endsWith('.manage') && each !== 'approvals.decide',
)

export const API_KEY_STATES = ['active', 'expired', 'revoked'] as const
export const API_KEY_NAME_LENGTH = 60
/** Days a key may live: two years at most, so that a forgotten one ends by itself. */
export const API_KEY_DAYS = { least: 1, most: 730, usual: 90 } as const

export const apiKeyRow = z.object({
  id: z.string(),
  name: z.string(),
  /** The first letters of the token. */
  hint: z.string(),
  state: z.enum(API_KEY_STATES),
  permissions: z.array(z.enum(PERMISSIONS as [Permission, ...Permission[]])),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.nullable(z.string()),
  revokedAt: z.nullable(z.string()),
  revokedBy: z.nullable(z.string()),
})
export type ApiKeyRow = z.infer<typeof apiKeyRow>

export const newApiKey = z.object({
  /** Chosen by the caller: the same id makes no second key. */
  id: z.uuid(),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(API_KEY_NAME_LENGTH)),
  permissions: z
    .array(z.enum(KEY_PERMISSIONS as [Permission, ...Permission[]]))
    .check(z.minLength(1), z.maxLength(KEY_PERMISSIONS.length)),
  days: z.int().check(z.gte(API_KEY_DAYS.least), z.lte(API_KEY_DAYS.most)),
})

export const apiKeys = {
  list: contract({
    method: 'GET',
    path: '/api/api-keys',
    permission: 'keys.manage',
    allShops: true,
    response: z.object({ items: z.array(apiKeyRow) }),
  }),
  /** The token is answered this once and kept nowhere; null when the id was known already. */
  create: contract({
    method: 'POST',
    path: '/api/api-keys',
    permission: 'keys.manage',
    allShops: true,
    body: newApiKey,
    response: z.object({ key: apiKeyRow, token: z.nullable(z.string()) }),
    errors: ['auth.forbidden', 'api_key.other'],
  }),
  revoke: contract({
    method: 'POST',
    path: '/api/api-keys/:id/revoke',
    permission: 'keys.manage',
    allShops: true,
    body: z.object({}),
    response: apiKeyRow,
    errors: ['resource.not_found'],
  }),
} as const
