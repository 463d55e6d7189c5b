import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { enqueue } from './enqueue.ts'

/**
 * One merchant's messages are applied one job after the other, each job taking all there are. Without a job key: one key
 * for all would make every notice wait for the commit of the one before it. A job that finds nothing costs one look.
 */
export function enqueueApply(tx: Kysely<Database>, merchantId: string): Promise<void> {
  return enqueue(tx, 'messages:apply', { merchantId }, { queue: `apply:${merchantId}` })
}
