/** What customers are owed, and the transfers of it: debts come from the slips, transfers from their own table. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CustomerReturnRow } from '@choba/shared/contracts/customer-returns.ts'
import { decodePlace, encodePlace, INSTANT_PATTERN, instantText, UUID_PATTERN } from '../../db/list-cursor.ts'
import type { Database } from '../../db/schema.ts'
import type { CustomerReturnTable } from '../../db/tables/customer-returns.ts'

export type Shops = readonly string[] | undefined
type Record = Omit<CustomerReturnRow, 'since'> & { readonly since: Date; readonly place: string }

/** A slip that was given back as paid twice stays one, also for what is left of it. */
const REASON = sql`case when exists (select 1 from customer_return t where t.merchant_id = p.merchant_id and t.payment_id = p.payment_id and t.state = 'done' and t.paid_twice)
  then 'paid_twice' when (p.state #>> '{facts,cancelled}')::boolean then 'paid_after_cancel' else 'overpaid' end`
const TRANSFER = sql`r.return_id as id, p.payment_id, p.shop_id, p.order_number, p.customer_name, p.phone, r.state as task, case when r.paid_twice then 'paid_twice' else ${REASON} end as reason, r.amount_yen, r.requested_at as since,
  r.bank_name, r.branch_name, r.account_kind, r.account_ending, r.account_holder, r.paid_on::text as paid_on, r.reference, r.requested_by, r.ended_by`
const OF_TRANSFER = sql`customer_return r join payment p on p.merchant_id = r.merchant_id and p.payment_id = r.payment_id`
/** A debt of which no transfer was asked for; since the report that made it one. */
const DEBT = sql`p.payment_id as id, p.payment_id, p.shop_id, p.order_number, p.customer_name, p.phone, 'owed' as task, d.reason, d.amount_yen,
  coalesce((p.state #>> '{facts,definite,at}')::timestamptz, p.updated_at) as since, null::text as bank_name, null::text as branch_name, null::text as account_kind,
  null::text as account_ending, null::text as account_holder, null::text as paid_on, null::text as reference, null::text as requested_by, null::text as ended_by`

/** Few at any time: debts by convenience_store_slip_owed, transfers by customer_return_open and _by_time. */
export async function listReturns(
  db: Kysely<Database>,
  merchantId: string,
  query: {
    readonly view: 'open' | 'ended'
    readonly shop: Shops
    readonly cursor: string | undefined
    readonly limit: number
  },
): Promise<{ items: CustomerReturnRow[]; nextCursor: string | null }> {
  const { view, shop, cursor, limit } = query
  const order = view === 'open' ? 'since.asc' : 'since.desc'
  const place = cursor === undefined ? undefined : decodePlace(order, cursor, [INSTANT_PATTERN, UUID_PATTERN])
  const way = view === 'open' ? sql`asc` : sql`desc`
  const beyond = place
    ? sql`(since, id) ${view === 'open' ? sql`>` : sql`<`} (${place[0]}::timestamptz, ${place[1]}::uuid)`
    : sql`true`
  const { rows } = await sql<Record>`
    select *, ${sql.raw(instantText('since'))} as place from (${returnsSql(merchantId, view, shop)}) found where ${beyond} order by since ${way}, id ${way} limit ${limit + 1}`.execute(
    db,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ place: _, since, ...row }) => ({ ...row, since: since.toISOString() })),
    nextCursor: rows.length > limit && last ? encodePlace(order, [last.place, last.id]) : null,
  }
}

/** The rows of a view: the list pages through them, its file takes all. */
export function returnsSql(merchantId: string, view: 'open' | 'ended', shop: Shops): RawBuilder<unknown> {
  const transfers = sql`select ${TRANSFER} from ${OF_TRANSFER} where r.merchant_id = ${merchantId}::uuid ${ofShops(shop)}
    and ${view === 'open' ? sql`r.state = 'requested'` : sql`r.state in ('done', 'dropped')`}`
  return view === 'open' ? sql`${transfers} union all (${debts(merchantId, shop)})` : transfers
}

export async function totalReturns(
  db: Kysely<Database>,
  merchantId: string,
  shop: Shops,
): Promise<{ count: number; amountYen: number }> {
  const { rows } = await sql<{ count: number; amountYen: number }>`
    select count(*) as count, coalesce(sum(amount_yen), 0)::bigint as amount_yen from (
      select r.amount_yen from customer_return r join payment p on p.merchant_id = r.merchant_id and p.payment_id = r.payment_id
        where r.merchant_id = ${merchantId}::uuid and r.state = 'requested' ${ofShops(shop)}
      union all select amount_yen from (${debts(merchantId, shop)}) debt) open`.execute(db)
  return rows[0] ?? { count: 0, amountYen: 0 }
}

/** What slips hold for customers by themselves, and whole slips of orders that another payment had paid too. */
function debts(merchantId: string, shop: Shops): RawBuilder<unknown> {
  return sql`with twice as materialized (${paidTwice(merchantId)}), debt as (
      select s.payment_id, s.owed_yen as amount_yen, ${REASON} as reason
        from convenience_store_slip s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id
        where s.merchant_id = ${merchantId}::uuid and s.owed_yen > 0 and s.payment_id not in (select payment_id from twice)
      union all select payment_id, amount_yen, 'paid_twice' from twice)
    select ${DEBT} from debt d join payment p on p.merchant_id = ${merchantId}::uuid and p.payment_id = d.payment_id
    where not exists (select 1 from customer_return r where r.merchant_id = p.merchant_id and r.payment_id = p.payment_id and r.state = 'requested') ${ofShops(shop)}`
}

/**
 * Slips that were paid while another payment of their order is a sale: theirs is the money no provider gives back. Of two
 * slips it is the later one. Found by payment_of_later_branch.
 */
function paidTwice(merchantId: string): RawBuilder<unknown> {
  return sql`select distinct s.payment_id, s.definite_yen - coalesce((p.state #>> '{books,returnedYen}')::bigint, 0) as amount_yen
    from payment n join payment o on o.merchant_id = n.merchant_id and o.shop_id = n.shop_id and o.order_number = n.order_number
        and o.order_branch < n.order_branch
      join payment p on p.merchant_id = n.merchant_id
        and p.payment_id = case when n.method = 'convenience_store' then n.payment_id else o.payment_id end
      join convenience_store_slip s on s.merchant_id = p.merchant_id and s.payment_id = p.payment_id
    where n.merchant_id = ${merchantId}::uuid and n.order_branch > 0
      and 'convenience_store' in (n.method, o.method) and n.captured_yen > n.refunded_yen and o.captured_yen > o.refunded_yen and s.definite_yen > 0`
}

export async function isPaidTwice(tx: Kysely<Database>, merchantId: string, paymentId: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from (${paidTwice(merchantId)}) twice where payment_id = ${paymentId}::uuid`.execute(tx)
  return rows.length > 0
}

function ofShops(shop: Shops): RawBuilder<unknown> {
  return shop?.length ? sql`and p.shop_id = any(${[...shop]}::uuid[])` : sql``
}

export type Transfer = Pick<
  CustomerReturnTable,
  'returnId' | 'paymentId' | 'amountYen' | 'state' | 'accountBox' | 'paidTwice' | 'paidOn' | 'reference'
>
const COLUMNS = [
  'returnId',
  'paymentId',
  'amountYen',
  'state',
  'accountBox',
  'paidTwice',
  'paidOn',
  'reference',
] as const

export function findTransfer(
  db: Kysely<Database>,
  merchantId: string,
  returnId: string,
): Promise<Transfer | undefined> {
  return db
    .selectFrom('customerReturn')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('returnId', '=', returnId)
    .executeTakeFirst()
}

/** Held until the transaction ends. */
export function lockTransfer(
  tx: Kysely<Database>,
  merchantId: string,
  returnId: string,
): Promise<Transfer | undefined> {
  return tx
    .selectFrom('customerReturn')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('returnId', '=', returnId)
    .forUpdate()
    .executeTakeFirst()
}

export type NewTransfer = Omit<CustomerReturnTable, 'paidOn' | 'reference' | 'endedBy' | 'endedAt' | 'state'>

/** @throws a unique violation when a transfer of the payment is open */
export async function insertTransfer(tx: Kysely<Database>, row: NewTransfer): Promise<void> {
  await tx
    .insertInto('customerReturn')
    .values({ ...row, state: 'requested', paidOn: null, reference: null, endedBy: null, endedAt: null })
    .execute()
}

export function findByKey(
  tx: Kysely<Database>,
  merchantId: string,
  idempotencyKey: string,
): Promise<Pick<CustomerReturnTable, 'returnId' | 'paymentId' | 'amountYen'> | undefined> {
  return tx
    .selectFrom('customerReturn')
    .select(['returnId', 'paymentId', 'amountYen'])
    .where('merchantId', '=', merchantId)
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst()
}

export async function endTransfer(
  tx: Kysely<Database>,
  merchantId: string,
  returnId: string,
  end: Pick<CustomerReturnTable, 'state' | 'paidOn' | 'reference' | 'endedBy' | 'endedAt'>,
): Promise<void> {
  await tx
    .updateTable('customerReturn')
    .set(end)
    .where('merchantId', '=', merchantId)
    .where('returnId', '=', returnId)
    .execute()
}
