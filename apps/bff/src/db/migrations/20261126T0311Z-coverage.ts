import { type Kysely, sql } from 'kysely'

/** Shipped sales by day: the list behind each part of the coverage, and a month under each fee plan. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create index np_postpaid_by_shipment on np_postpaid (merchant_id, shipped_on desc, payment_id desc) where shipped_on is not null`,
    )
    .execute(db)
}
