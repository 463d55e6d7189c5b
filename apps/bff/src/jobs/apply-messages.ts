import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { enqueue } from './enqueue.ts'

/**
 * Each job takes all messages there are, so one that comes late finds nothing and ends. Neither a job key nor a queue:
 * with one key every notice would wait for the commit of the one before it, and the queue hands out the next job of a
 * named queue only at its next look, up to a second later. Rows in hand are locked, so two jobs never apply one message.
 */
export function enqueueApply(tx: Kysely<Database>, merchantId: string): Promise<void> {
  return enqueue(tx, 'messages:apply', { merchantId })
}
