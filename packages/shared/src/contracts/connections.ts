import * as z from 'zod/mini'
import { contract } from '../contract.ts'

export const POLL_FAILURES = [
  'unreachable',
  'no_answer',
  'unauthorized',
  'unavailable',
  'refused',
  'unreadable',
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

export const connections = {
  /** Asks every provider for news now: screening results, customers' payments, statements. */
  sync: contract({
    method: 'POST',
    path: '/api/connections/sync',
    permission: 'connections.sync',
    response: z.object({ jobs: z.int() }),
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
      queuedJobs: z.int(),
      connections: z.array(polled),
    }),
  }),
} as const
