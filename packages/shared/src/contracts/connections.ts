import * as z from 'zod/mini'
import { contract } from '../contract.ts'

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
    }),
  }),
} as const
