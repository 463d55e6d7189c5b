import { type Kysely, sql } from 'kysely'

/** Asked every minute: what was declined lately, and what is disputed, without all that was ever declined or is on its way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of INDEXES) await sql.raw(index).execute(db)
}

const INDEXES = [
  `create index np_postpaid_declined on np_postpaid (merchant_id, decided_at)
     where ended is null and shipped_on is null and screening in ('on_hold', 'rejected', 'refused')`,
  `create index np_postpaid_disputed on np_postpaid (merchant_id, payment_id) where disputed`,
]
