import { type Kysely, sql } from 'kysely'

/** The payouts screen looks for refunds that no statement has stated yet; few sales of card and store are ever refunded. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index payment_refunded on payment (merchant_id, payment_id) where refunded_yen > 0 and method <> 'np_postpaid'`.execute(
    db,
  )
}
