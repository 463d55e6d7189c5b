import { type Kysely, sql } from 'kysely'
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { Database } from '../../db/schema.ts'
import type { KnownStatements, OpenPayment } from '../../providers/port.ts'
import { isDue, type Round } from './poll-due.queries.ts'

/** Connections of every merchant whose next poll is overdue or was never planned: what the schedule takes up again. */
export function listOverdueConnections(
  owner: Kysely<Database>,
  before: Date,
): Promise<Array<{ merchantId: string; connectionId: string }>> {
  return owner
    .selectFrom('connection as c')
    .leftJoin('connectionPoll as p', (join) =>
      join.onRef('p.merchantId', '=', 'c.merchantId').onRef('p.connectionId', '=', 'c.connectionId'),
    )
    .select(['c.merchantId', 'c.connectionId'])
    .where((eb) => eb.or([eb('p.nextAt', 'is', null), eb('p.nextAt', '<', before)]))
    .execute()
}

export type PollState = {
  /** By the provider's clock; the next two by ours. */
  readonly askedAt: Date | null
  readonly answeredAt: Date | null
  readonly failingSince: Date | null
  readonly failures: number
}

export async function findPollState(
  db: Kysely<Database>,
  merchantId: string,
  connectionId: string,
): Promise<PollState> {
  const row = await db
    .selectFrom('connectionPoll')
    .select(['askedAt', 'answeredAt', 'failingSince', 'failures'])
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .executeTakeFirst()
  return row ?? { askedAt: null, answeredAt: null, failingSince: null, failures: 0 }
}

export async function savePollState(
  tx: Kysely<Database>,
  merchantId: string,
  connectionId: string,
  state: PollState & { readonly failedBecause: string | null; readonly nextAt: Date },
): Promise<void> {
  const { askedAt, answeredAt, failingSince, failures, failedBecause, nextAt } = state
  const told = { askedAt, answeredAt, failingSince, failures, failedBecause, nextAt }
  await tx
    .insertInto('connectionPoll')
    .values({ merchantId, connectionId, ...told })
    .onConflict((conflict) => conflict.columns(['merchantId', 'connectionId']).doUpdateSet(told))
    .execute()
}

const MAY_HAVE_NEWS = ['in_review', 'on_hold', 'authorized', 'captured', 'arrived'] as const
/** How long a paid-out order is still watched for the customer's own payment. */
const WATCH_DAYS = 120

/** Payments a provider may have news of and that are due in this round. Polled methods only: the others are told by notices. */
export async function listOpenPayments(
  db: Kysely<Database>,
  merchantId: string,
  connectionId: string,
  round: Round,
): Promise<OpenPayment[]> {
  const since = sql`case p.status when 'arrived' then n.arrived_on::timestamp at time zone 'Asia/Tokyo' when 'in_review' then n.decided_at when 'on_hold' then n.decided_at
    when 'authorized' then n.decided_at else n.shipped_on::timestamp at time zone 'Asia/Tokyo' end`
  const rows = await sql<OpenPayment>`
    select p.payment_id, p.method, p.status, p.provider_id
      from payment p join np_postpaid n on n.merchant_id = p.merchant_id and n.payment_id = p.payment_id cross join lateral (select ${since} as at) since
      where p.merchant_id = ${merchantId}::uuid and p.connection_id = ${connectionId}::uuid and p.provider_id is not null and p.method = 'np_postpaid'
        and (p.status = any(${[...MAY_HAVE_NEWS]}::text[])
          or (p.status in ('settled', 'paid_out') and n.customer_paid_on is null and p.ordered_on > ${dayOf(round.now)}::date - ${WATCH_DAYS}::integer))
        and ${isDue(sql`p.status`, sql`since.at`, round)}
      order by p.payment_id`.execute(db)
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
