import { type Kysely, sql } from 'kysely'
import type { Doublet, OrderNumbering } from '@choba/shared/contracts/order-entry.ts'
import { CLERK_METHODS } from '@choba/shared/methods.ts'
import { hasBegun } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'

export type EntryShop = { readonly shopId: string; readonly connectionId: string; readonly methods: string[] }

/** Shops with a method a clerk can take orders by, connected by API. NP postpaid first, then the newest agreement. */
export async function listEntryShops(db: Kysely<Database>, merchantId: string): Promise<EntryShop[]> {
  const { rows } = await sql<EntryShop>`
    select shop_id, connection_id, methods from connection
      where merchant_id = ${merchantId}::uuid and connection_method = 'api' and methods && ${[...CLERK_METHODS]}::text[] and ${hasBegun}
      order by ('np_postpaid' = any (methods)) desc, valid_from desc, connection_id`.execute(db)
  return rows
}

export async function listNumberings(db: Kysely<Database>, merchantId: string): Promise<Map<string, OrderNumbering>> {
  const rows = await db
    .selectFrom('orderNumbering')
    .select(['shopId', 'prefix', 'nextNumber', 'digits'])
    .where('merchantId', '=', merchantId)
    .execute()
  return new Map(rows.map(({ shopId, ...numbering }) => [shopId, numbering]))
}

export async function putNumbering(
  tx: Kysely<Database>,
  merchantId: string,
  shopId: string,
  numbering: OrderNumbering,
): Promise<void> {
  await tx
    .insertInto('orderNumbering')
    .values({ merchantId, shopId, ...numbering })
    .onConflict((conflict) => conflict.columns(['merchantId', 'shopId']).doUpdateSet(numbering))
    .execute()
}

/** Takes the next number, so that two clerks never hold the same. */
export async function takeNumber(
  tx: Kysely<Database>,
  merchantId: string,
  shopId: string,
  initial: OrderNumbering,
): Promise<OrderNumbering> {
  await tx
    .insertInto('orderNumbering')
    .values({ merchantId, shopId, ...initial })
    .onConflict((conflict) => conflict.columns(['merchantId', 'shopId']).doNothing())
    .execute()
  const taken = await tx
    .updateTable('orderNumbering')
    .set((eb) => ({ nextNumber: eb('nextNumber', '+', 1) }))
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .returning(['prefix', 'nextNumber', 'digits'])
    .executeTakeFirstOrThrow()
  return { ...taken, nextNumber: taken.nextNumber - 1 }
}

export async function isNumberTaken(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
  orderNumber: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('payment')
    .select('paymentId')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where('orderNumber', '=', orderNumber)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type OrderToCompare = {
  readonly shopId: string
  readonly orderNumber: string
  readonly phone: string
  readonly name: string
  readonly amountYen: number
  readonly orderedAt: string
}

/** How far apart two orders may be and still be taken for one entered twice: NP looks back a month (np-postpaid 1.1). */
const DOUBLE_DAYS = 31
const MOST_DOUBLES = 10

type DoubletRecord = Omit<Doublet, 'orderedAt'> & { orderedAt: Date }

/** By the number through its unique key; by customer through customer_by_phone and customer_by_name, then payment_by_customer. */
export async function listDoubles(db: Kysely<Database>, merchantId: string, order: OrderToCompare): Promise<Doublet[]> {
  const columns = sql`p.payment_id, p.shop_id, p.order_number, p.customer_name, p.amount_yen, p.ordered_at, p.status`
  const { rows } = await sql<DoubletRecord>`
    select * from (
      select ${columns}, 'same_number' as why from payment p
        where p.merchant_id = ${merchantId}::uuid and p.shop_id = ${order.shopId}::uuid and p.order_number = ${order.orderNumber} and p.order_branch = 0
      union all
      select ${columns}, 'same_customer_and_amount' as why from payment p
        where p.merchant_id = ${merchantId}::uuid
          and p.customer_id = any (array(
            select customer_id from customer where merchant_id = ${merchantId}::uuid and ${order.phone} <> '' and phone_digits = digits(${order.phone}::text)
            union
            select customer_id from customer where merchant_id = ${merchantId}::uuid and ${order.name} <> '' and name_key = nkey(${order.name}::text)))
          and p.amount_yen = ${order.amountYen}
          and p.ordered_at > ${order.orderedAt}::timestamptz - ${DOUBLE_DAYS} * interval '1 day' and p.ordered_at < ${order.orderedAt}::timestamptz + ${DOUBLE_DAYS} * interval '1 day'
          and not (p.shop_id = ${order.shopId}::uuid and p.order_number = ${order.orderNumber})
    ) d order by why desc, ordered_at desc limit ${MOST_DOUBLES}`.execute(db)
  return rows.map((row) => ({ ...row, orderedAt: row.orderedAt.toISOString() }))
}
