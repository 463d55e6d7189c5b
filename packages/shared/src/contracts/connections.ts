import * as z from 'zod/mini'
import { settingsChange } from '../connection-settings.ts'
import { contract } from '../contract.ts'

export const POLL_FAILURES = [
  'unreachable',
  'no_answer',
  'unauthorized',
  'unavailable',
  'refused',
  'unreadable',
  /** Our own doing: a setting that is missing, or a bug. */
  'internal',
] as const
export type PollFailure = (typeof POLL_FAILURES)[number]

/** How asking one provider for news goes. Instants by our clock. */
const polled = z.object({
  id: z.string(),
  shopId: z.string(),
  provider: z.string(),
  connectionMethod: z.string(),
  methods: z.array(z.string()),
  answeredAt: z.nullable(z.string()),
  /** In a row. */
  failures: z.int(),
  failingSince: z.nullable(z.string()),
  why: z.nullable(z.enum(POLL_FAILURES)),
  /** What the network or the provider said, as it said it. */
  cause: z.nullable(z.string()),
  nextAt: z.nullable(z.string()),
})
export type PolledConnection = z.infer<typeof polled>

/** What may be set of one connection, each value with whether anybody has set it. */
const settings = z.object({
  id: z.string(),
  shopId: z.string(),
  provider: z.string(),
  connectionMethod: z.string(),
  methods: z.array(z.string()),
  values: z.array(
    z.object({
      name: z.keyof(settingsChange),
      value: z.union([z.int(), z.string()]),
      isSet: z.boolean(),
    }),
  ),
})
export type ConnectionSettings = z.infer<typeof settings>

export const connections = {
  /** Asks every provider for news now: screening results, customers' payments, statements. */
  sync: contract({
    method: 'POST',
    path: '/api/connections/sync',
    permission: 'connections.sync',
    response: z.object({ jobs: z.int() }),
  }),
  settings: contract({
    method: 'GET',
    path: '/api/connections/settings',
    permission: 'contracts.write',
    response: z.object({ connections: z.array(settings) }),
  }),
  change: contract({
    method: 'PUT',
    path: '/api/connections/:id/settings',
    permission: 'contracts.write',
    body: settingsChange,
    response: settings,
    errors: ['resource.not_found'],
  }),
} as const

export const work = {
  /** What is still being worked on; all zero when the books are at rest. */
  get: contract({
    method: 'GET',
    path: '/api/work',
    permission: 'sales.read',
    response: z.object({
      openOperations: z.int(),
      unknownOperations: z.int(),
      queuedMessages: z.int(),
      waitingMessages: z.int(),
      /** Orders that wait for a second person. */
      waitingApprovals: z.int(),
      queuedJobs: z.int(),
      connections: z.array(polled),
    }),
  }),
} as const
