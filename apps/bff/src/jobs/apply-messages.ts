import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { enqueue } from './enqueue.ts'

/** One merchant's messages are applied one job after the other, each job taking all there are. */
export function enqueueApply(tx: Kysely<Database>, merchantId: string): Promise<void> {
  return enqueue(tx, 'messages:apply', { merchantId }, { queue: `apply:${merchantId}`, jobKey: `apply:${merchantId}` })
}
