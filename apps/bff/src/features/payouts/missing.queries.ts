/** Shipped sales that a closing does not hold, with why. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { MissingSale, PayoutComparison } from '@choba/shared/contracts/payouts.ts'
import type { Database } from '../../db/schema.ts'
import { dueSql } from './due.queries.ts'

const MOST = 100

export type MissingFrom = {
  readonly merchantId: string
  readonly connectionId: string
  readonly method: string
  readonly closingOn: string
  /** Payments that a file holds which is not in the books yet. */
  readonly held: readonly string[]
}

/**
 * NP postpaid waits for arrivals; the other methods close what was captured, with nothing between. Served by
 * np_postpaid_uncovered and payment_open_by_connection.
 */
function missingSql(from: MissingFrom): RawBuilder<unknown> {
  return from.method === 'np_postpaid' ? missingOfNp(from) : missingOfOthers(from)
}

/** A refund that no statement has set off is a sale of its amount, negative; where refunds exceed the sales, all of them wait. */
function missingOfOthers({ merchantId, connectionId, method, closingOn, held }: MissingFrom): RawBuilder<unknown> {
  return sql`
    select due.payment_id, p.order_number, p.customer_name, due.gross_yen as amount_yen, null::date as arrived_on,
        case when sum(due.gross_yen - due.fee_yen - due.tax_yen) over () < 0 then 'next_closing' else 'unexplained' end as reason
      from (${dueSql(merchantId)}) due join payment p on p.merchant_id = ${merchantId}::uuid and p.payment_id = due.payment_id
      where due.connection_id = ${connectionId}::uuid and due.method = ${method} and due.due_on <= ${closingOn}::date
        and not (due.payment_id = any(${held}::uuid[]))`
}

function missingOfNp({ merchantId, connectionId, closingOn, held }: MissingFrom): RawBuilder<unknown> {
  return sql`
    select p.payment_id, p.order_number, p.customer_name, p.amount_yen, n.arrived_on,
        case when n.disputed then 'disputed' when n.arrived_on is null then 'arrival_not_confirmed'
          when n.arrived_on > ${closingOn}::date then 'next_closing' else 'unexplained' end as reason
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      where n.merchant_id = ${merchantId}::uuid and n.shipped_on is not null and n.statement_number is null and n.ended is null
        and n.connection_id = ${connectionId}::uuid and n.shipped_on <= ${closingOn}::date and n.withdrawn_on is null
        and not (n.payment_id = any(${held}::uuid[]))`
}

export async function listMissing(
  db: Kysely<Database>,
  from: MissingFrom,
): Promise<Pick<PayoutComparison, 'missing' | 'missingSales'>> {
  const missing = missingSql(from)
  const [{ rows: sums }, { rows: missingSales }] = await Promise.all([
    sql<{ reason: MissingSale['reason']; count: number; amountYen: number }>`
      select reason, count(*) as count, sum(amount_yen) as amount_yen from (${missing}) missing group by reason`.execute(
      db,
    ),
    sql<MissingSale>`
      select * from (${missing}) missing order by reason = 'unexplained' desc, arrived_on nulls last, payment_id limit ${MOST}`.execute(
      db,
    ),
  ])
  const none = { count: 0, amountYen: 0 }
  const all = { unexplained: none, arrival_not_confirmed: none, next_closing: none, disputed: none }
  return {
    missing: { ...all, ...Object.fromEntries(sums.map(({ reason, ...sum }) => [reason, sum])) },
    missingSales,
  }
}
