/** What has become of the payments that a file brought in. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { PaymentEvent } from '../../domain/payment/events.ts'
import type { RunKey } from './import-rows.queries.ts'

/** Payments with more events than the file made, or with something under way, and one of them by name. */
export async function countGoneOn(
  db: Kysely<Database>,
  { merchantId, runId }: RunKey,
): Promise<{ count: number; first: string | null }> {
  const { rows } = await sql<{ count: number; first: string | null }>`
    select count(*) as count, min(p.payment_id::text) as first
      from (select distinct payment_id from import_row where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid and state = 'done') r
      join payment p on p.merchant_id = ${merchantId}::uuid and p.payment_id = r.payment_id
      where p.version <> (p.state #>> '{books,imported,events}')::integer or p.in_flight is not null`.execute(db)
  return rows[0] ?? { count: 0, first: null }
}

export async function listPaymentEvents(
  db: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
): Promise<Array<{ paymentId: string; at: string; event: PaymentEvent }>> {
  const rows = await db
    .selectFrom('paymentEvent')
    .select(['paymentId', 'type', 'at', 'data'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${paymentIds}::uuid[])`)
    .orderBy('paymentId')
    .orderBy('sequence')
    .execute()
  return rows.map(({ paymentId, type, at, data }) => ({
    paymentId,
    at: at.toISOString(),
    event: { type, ...data } as PaymentEvent, // written only from events
  }))
}
