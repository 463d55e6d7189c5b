import type { ErasureRefusal } from '@choba/shared/contracts/privacy.ts'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

export type CustomerKey = { readonly merchantId: string; readonly customerId: string }

/** Nothing is waited for in these. */
const ENDED = sql`('paid_out', 'refunded', 'cancelled', 'expired', 'rejected', 'failed', 'undone')`

/**
 * Sold, and nobody has said when it was paid out: a merchant that brings no statements never hears it. After a year without
 * any news such a sale counts as ended [assumed].
 */
const SOLD = sql`('captured', 'arrived', 'settled')`

/** Over \`payment p\`. */
export const isOpen = sql<boolean>`(p.in_flight is not null or np_open_yen(p.method, p.status, p.amount_yen, p.refunded_yen, p.state) > 0
  or (p.status not in ${ENDED} and not (p.status in ${SOLD} and p.ordered_at < now() - interval '1 year' and p.updated_at < now() - interval '1 year')))`

/** Payments before their customer, as the ledger locks them. Answers whether there is such a customer. */
export async function lockCustomer(tx: Kysely<Database>, { merchantId, customerId }: CustomerKey): Promise<boolean> {
  await sql`select from payment where merchant_id = ${merchantId}::uuid and customer_id = ${customerId}::uuid order by payment_id for update`.execute(
    tx,
  )
  const { rows } =
    await sql`select from customer where merchant_id = ${merchantId}::uuid and customer_id = ${customerId}::uuid for update`.execute(
      tx,
    )
  return rows.length > 0
}

export async function hasCustomer(db: Kysely<Database>, { merchantId, customerId }: CustomerKey): Promise<boolean> {
  const { rows } =
    await sql`select from customer where merchant_id = ${merchantId}::uuid and customer_id = ${customerId}::uuid`.execute(
      db,
    )
  return rows.length > 0
}

/** What is still open, by reason; nothing when the customer may go. */
export async function listOpen(
  db: Kysely<Database>,
  { merchantId, customerId }: CustomerKey,
  lists: readonly string[],
): Promise<Array<{ reason: ErasureRefusal; count: number }>> {
  const mine = sql`p.merchant_id = ${merchantId}::uuid and p.customer_id = ${customerId}::uuid`
  const ids = sql`(select payment_id from payment p where ${mine})`
  const counted: ReadonlyArray<readonly [ErasureRefusal, RawBuilder<unknown>]> = [
    ['payments_open', sql`payment p where ${mine} and ${isOpen} and p.in_flight is null`],
    ['operations_open', sql`payment p where ${mine} and p.in_flight is not null`],
    ['claims_open', sql`zombie z where z.merchant_id = ${merchantId}::uuid and z.payment_id in ${ids}`],
    [
      'money_owed',
      sql`payment p left join convenience_store_slip s on s.merchant_id = p.merchant_id and s.payment_id = p.payment_id
        where ${mine} and (s.owed_yen > 0 or exists (select from customer_return r where r.merchant_id = p.merchant_id and r.payment_id = p.payment_id and r.state = 'requested'))`,
    ],
    [
      'links_open',
      sql`payment_link l where l.merchant_id = ${merchantId}::uuid and l.state in ('open', 'opened', 'ordered')
        and customer_key(l.customer ->> 'phone', l.customer ->> 'name') = ${customerId}::uuid`,
    ],
    [
      'subscriptions_open',
      sql`subscription s where s.merchant_id = ${merchantId}::uuid and s.status <> 'ended' and (customer_key(s.customer ->> 'phone', s.customer ->> 'name') = ${customerId}::uuid
        or exists (select from subscription_cycle c where c.merchant_id = s.merchant_id and c.subscription_id = s.subscription_id and c.payment_id in ${ids}))`,
    ],
    [
      'messages_waiting',
      sql`provider_message m where m.merchant_id = ${merchantId}::uuid and m.state in ('received', 'waiting') and m.payment_id in ${ids}`,
    ],
    [
      'export_running',
      sql`export_run e where e.merchant_id = ${merchantId}::uuid and e.state = 'running' and e.list = any(${[...lists]}::text[])`,
    ],
  ]
  const selects = counted.map(([reason, from]) => sql`select ${reason}::text as reason, count(*) as count from ${from}`)
  const { rows } = await sql<{ reason: ErasureRefusal; count: number }>`
    select reason, count from (${sql.join(selects, sql` union all `)}) c where count > 0`.execute(db)
  return rows
}

export async function countWhatGoes(
  db: Kysely<Database>,
  { merchantId, customerId }: CustomerKey,
  lists: readonly string[],
): Promise<{ payments: number; files: number }> {
  const { rows } = await sql<{ payments: number; files: number }>`
    select (select count(*) from payment where merchant_id = ${merchantId}::uuid and customer_id = ${customerId}::uuid) as payments,
      (select count(*) from export_run where merchant_id = ${merchantId}::uuid and is_kept and state = 'done' and not is_masked and list = any(${[...lists]}::text[])) as files`.execute(
    db,
  )
  return rows[0] as { payments: number; files: number } // two counts are one row
}

export async function eraseRows(
  tx: Kysely<Database>,
  { merchantId, customerId }: CustomerKey,
  marker: string,
  lists: readonly string[],
): Promise<{ payments: number; files: number }> {
  const { rows } = await sql<{ payments: number; files: number }>`
    select payments, files from erase_customer(${merchantId}::uuid, ${customerId}::uuid, ${marker}, ${[...lists]}::text[])`.execute(
    tx,
  )
  return rows[0] as { payments: number; files: number } // the function answers one row
}

/** Transfers to the customer, whose account numbers are sealed one by one. */
export async function listReturns(tx: Kysely<Database>, { merchantId, customerId }: CustomerKey): Promise<string[]> {
  const { rows } = await sql<{ returnId: string }>`
    select r.return_id from customer_return r join payment p on p.merchant_id = r.merchant_id and p.payment_id = r.payment_id
      where p.merchant_id = ${merchantId}::uuid and p.customer_id = ${customerId}::uuid`.execute(tx)
  return rows.map(({ returnId }) => returnId)
}

export async function putAccountBox(
  tx: Kysely<Database>,
  merchantId: string,
  returnId: string,
  accountBox: string,
): Promise<void> {
  await tx
    .updateTable('customerReturn')
    .set({ accountBox })
    .where('merchantId', '=', merchantId)
    .where('returnId', '=', returnId)
    .execute()
}

type Erasure = { readonly erasureId: string; readonly payments: number; readonly files: number }

export async function findErasure(
  db: Kysely<Database>,
  { merchantId, customerId }: CustomerKey,
): Promise<Erasure | undefined> {
  return db
    .selectFrom('customerErasure')
    .select(['erasureId', 'payments', 'files'])
    .where('merchantId', '=', merchantId)
    .where('customerId', '=', customerId)
    .orderBy('erasedAt', 'desc')
    .executeTakeFirst()
}

export async function insertErasure(
  tx: Kysely<Database>,
  erasure: CustomerKey & Erasure & { readonly actorKind: string; readonly actorId: string; readonly erasedAt: Date },
): Promise<void> {
  await tx.insertInto('customerErasure').values(erasure).execute()
}
