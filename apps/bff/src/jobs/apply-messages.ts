import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { enqueue } from './enqueue.ts'

const AGAIN_MS = 100

/**
 * Each job takes all messages there are, so one that comes late finds nothing and ends. Neither a job key nor a queue:
 * with one key every notice would wait for the commit of the one before it, and the queue hands out the next job of a
 * named queue only at its next look, up to a second later. The jobs themselves see to it that one works at a time.
 */
export function enqueueApply(tx: Kysely<Database>, merchantId: string): Promise<void> {
  return enqueue(tx, 'messages:apply', { merchantId })
}

/** For a job that found one of another process at work. However many do, one look more is enough. */
export function enqueueApplyLater(db: Kysely<Database>, merchantId: string): Promise<void> {
  return enqueue(
    db,
    'messages:apply',
    { merchantId },
    { jobKey: `apply-later:${merchantId}`, runAt: new Date(Date.now() + AGAIN_MS) },
  )
}
