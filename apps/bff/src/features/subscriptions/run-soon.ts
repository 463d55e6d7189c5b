/** The scheduler comes by every minute; whoever has just done something need not wait for it. */
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { enqueue } from '../../jobs/enqueue.ts'

/** One run waits at a time; should two run at once, each takes what the other has not. */
export function jobOf(merchantId: string): { readonly payload: { merchantId: string }; readonly jobKey: string } {
  return { payload: { merchantId }, jobKey: `subscriptions:${merchantId}` }
}

export async function runSoon(tx: Kysely<Database>, merchantId: string, inMs = 0): Promise<void> {
  const { payload, jobKey } = jobOf(merchantId)
  await enqueue(tx, 'subscriptions:run', payload, { jobKey, runAt: new Date(Date.now() + inMs) })
}
