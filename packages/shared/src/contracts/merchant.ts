/** The merchant itself, its shops, and what connects them to providers. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { day } from '../filters/list.ts'
import { CONNECTION_METHODS, METHODS } from '../methods.ts'
import { CARD_SALES, PROVIDERS } from '../provider-accounts.ts'
import { POLL_FAILURES } from './connections.ts'

const permission = 'settings.manage'
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))
const shopBody = z.object({
  name,
  /** Short, for files and exports; unlike any other of the merchant. */
  code: z.string().check(z.trim(), z.regex(/^[0-9A-Za-z_-]{1,20}$/)),
})
const done = z.object({ done: z.literal(true) })

const merchantView = z.object({
  merchantId: z.string(),
  name: z.string(),
  environment: z.enum(['live', 'sandbox']),
  shops: z.array(z.object({ shopId: z.string(), name: z.string(), code: z.string(), payments: z.boolean() })),
})
export type MerchantView = z.infer<typeof merchantView>

export const merchant = {
  get: contract({ method: 'GET', path: '/api/merchant', permission, response: merchantView }),
  rename: contract({
    method: 'PUT',
    path: '/api/merchant',
    permission,
    body: z.object({ name }),
    response: done,
  }),
  /** The caller makes the id, so that a repeat makes no second shop. */
  addShop: contract({
    method: 'POST',
    path: '/api/shops',
    permission,
    body: z.extend(shopBody, { id: z.uuid() }),
    response: done,
    errors: ['shop.code_taken'],
  }),
  changeShop: contract({
    method: 'PUT',
    path: '/api/shops/:id',
    permission,
    body: shopBody,
    response: done,
    errors: ['shop.code_taken', 'resource.not_found'],
  }),
} as const

const text = z.record(z.string(), z.string().check(z.maxLength(200)))
const agreed = z.object({
  methods: z.array(z.enum(METHODS)).check(z.minLength(1)),
  baseUrl: z.url().check(z.maxLength(300)),
  /** When a card is sold; only for SBPS. */
  cardSales: z.enum(CARD_SALES),
})

const agreement = z.extend(agreed, {
  id: z.string(),
  shopId: z.string(),
  provider: z.enum(PROVIDERS),
  connectionMethod: z.enum(CONNECTION_METHODS),
  validFrom: z.iso.date(),
  /** Takes new orders today: it has begun, and none of its kind has begun since. */
  inForce: z.boolean(),
  account: text,
  /** Never the secret itself: its last four signs, empty when it is too short to show any. */
  secrets: z.array(z.object({ name: z.string(), isSet: z.boolean(), end: z.string() })),
})
export type Agreement = z.infer<typeof agreement>

export const PROBE_RESULTS = ['answered', ...POLL_FAILURES] as const
export type ProbeResult = (typeof PROBE_RESULTS)[number]

export const agreements = {
  list: contract({
    method: 'GET',
    path: '/api/connections',
    permission,
    response: z.object({ connections: z.array(agreement) }),
  }),
  add: contract({
    method: 'POST',
    path: '/api/connections',
    permission,
    body: z.extend(agreed, {
      id: z.uuid(),
      shopId: z.uuid(),
      provider: z.enum(PROVIDERS),
      connectionMethod: z.enum(CONNECTION_METHODS),
      validFrom: day(),
      account: text,
      secrets: text,
    }),
    response: done,
    errors: ['connection.address', 'connection.account_taken', 'resource.not_found'],
  }),
  /** A secret that is left out stays as it is. The account and its first day are fixed: another one is another connection. */
  change: contract({
    method: 'PUT',
    path: '/api/connections/:id',
    permission,
    body: z.extend(agreed, { secrets: text }),
    response: done,
    errors: ['connection.address', 'resource.not_found'],
  }),
  /** Asks the provider for its list of statements, which changes nothing there. */
  test: contract({
    method: 'POST',
    path: '/api/connections/:id/test',
    permission,
    response: z.object({
      result: z.enum(PROBE_RESULTS),
      /** What the network or the provider said, as it said it. */
      cause: z.nullable(z.string()),
      tookMs: z.int(),
    }),
    errors: ['resource.not_found', 'connection.address'],
  }),
} as const
