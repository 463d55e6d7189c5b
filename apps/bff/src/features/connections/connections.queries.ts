import { type Kysely, sql } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Database } from '../../db/schema.ts'
import type { KnownStatements, OpenPayment } from '../../providers/port.ts'

/** Every connection of every merchant: what the schedule keeps alive. */
export function listAllConnections(
  owner: Kysely<Database>,
): Promise<Array<{ merchantId: string; connectionId: string }>> {
  return owner.selectFrom('connection').select(['merchantId', 'connectionId']).execute()
}

export function listConnectionIds(db: Kysely<Database>, merchantId: string): Promise<Array<{ connectionId: string }>> {
  return db.selectFrom('connection').select('connectionId').where('merchantId', '=', merchantId).execute()
}

const MAY_HAVE_NEWS = ['in_review', 'on_hold', 'authorized', 'captured', 'arrived'] as const
/** How long a paid-out order is still watched for the customer's own payment. */
const WATCH_DAYS = 120

/** Payments a provider may have news of. Polled methods only: the others are told by notices. */
export async function listOpenPayments(
  db: Kysely<Database>,
  merchantId: string,
  connectionId: string,
  today: BusinessDate,
): Promise<OpenPayment[]> {
  const rows = await sql<OpenPayment>`
    select payment_id, method, status, provider_id from payment
      where merchant_id = ${merchantId}::uuid and connection_id = ${connectionId}::uuid and provider_id is not null and method = 'np_postpaid'
        and (status = any(${[...MAY_HAVE_NEWS]}::text[])
          or (status in ('settled', 'paid_out') and state #> '{facts,customerPayment}' = 'null'::jsonb and ordered_on > ${today}::date - ${WATCH_DAYS}::integer))
      order by payment_id`.execute(db)
  return rows.rows
}

/** Statements we hold, and from which closing on there may be more to learn. */
export async function listKnownStatements(
  db: Kysely<Database>,
  merchantId: string,
  connectionId: string,
): Promise<KnownStatements> {
  const rows = await db
    .selectFrom('statement')
    .select(['statementNumber', 'state', 'closingOn'])
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .orderBy('closingOn')
    .execute()
  const open = rows.find((row) => row.state === 'closed') ?? rows.at(-1)
  return {
    closedFrom: (open?.closingOn as BusinessDate | undefined) ?? null,
    closed: new Set(rows.map((row) => row.statementNumber)),
    paid: new Set(rows.filter((row) => row.state === 'paid').map((row) => row.statementNumber)),
  }
}
