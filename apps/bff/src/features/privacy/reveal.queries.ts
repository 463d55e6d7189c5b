import type { Output } from '@choba/shared/contract.ts'
import type { reveals } from '@choba/shared/contracts/reveals.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { customerTable } from '../../db/shop-scope.ts'

type Tx = Kysely<Database>
export type Shown = {
  readonly payment: Output<typeof reveals.payment>
  readonly customer: Output<typeof reveals.customer>
}

/** Of the caller within the last hour, at most as many as asked for. Served by audit_log_by_actor, from its end. */
export async function countReveals(db: Tx, merchantId: string, actorId: string, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) filter (where at > now() - interval '1 hour') as count from (
      select at from audit_log where merchant_id = ${merchantId}::uuid and actor_id = ${actorId}
        and action in ('payment.reveal', 'customer.reveal') order by audit_id desc limit ${most}
    ) latest`.execute(db)
  return rows[0]?.count ?? 0
}

/** What the order's sheet says, and the payment's own columns where there is none. */
export async function findPaymentPeople(db: Tx, merchantId: string, id: string): Promise<Shown['payment'] | undefined> {
  const { rows } = await sql<Shown['payment']>`
    select jsonb_build_object('name', p.customer_name, 'kana', p.customer_kana, 'phone', p.phone, 'email', p.email,
        'zip', ${textOf('customer', 'zip')}, 'address', ${textOf('customer', 'address')}, 'company', ${textOf('customer', 'company')}) as customer,
      case when jsonb_typeof(d.delivery) = 'object' then jsonb_build_object('name', ${textOf('delivery', 'name')}, 'kana', ${textOf('delivery', 'kana')},
        'zip', ${textOf('delivery', 'zip')}, 'address', ${textOf('delivery', 'address')}, 'phone', ${textOf('delivery', 'phone')},
        'company', ${textOf('delivery', 'company')}) end as delivery
      from payment p left join order_detail d on d.merchant_id = p.merchant_id and d.payment_id = p.payment_id
      where p.merchant_id = ${merchantId}::uuid and p.payment_id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Sheets of earlier orders lack some fields. */
function textOf(person: 'customer' | 'delivery', field: string) {
  return sql`coalesce(${sql.ref(`d.${person}`)} ->> ${sql.lit(field)}, '')`
}

export async function findCustomerPerson(
  db: Tx,
  merchantId: string,
  id: string,
): Promise<Shown['customer'] | undefined> {
  const { rows } = await sql<Shown['customer']>`
    select name, kana, phone, email from ${customerTable()}
      where merchant_id = ${merchantId}::uuid and customer_id = ${id}::uuid`.execute(db)
  return rows[0]
}
