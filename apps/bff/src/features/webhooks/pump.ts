import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { enqueue } from '../../jobs/enqueue.ts'

/** One pump at a time is waiting, whoever asks for it. */
export const PUMP_KEY = 'webhooks:pump'

/** Now, for what somebody waits for; or in a moment. */
export function enqueuePump(db: Kysely<Database>, inMs = 0): Promise<void> {
  return enqueue(db, 'webhooks:pump', {}, { jobKey: PUMP_KEY, runAt: new Date(Date.now() + inMs), maxAttempts: 1 })
}
