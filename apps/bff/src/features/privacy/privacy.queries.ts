import { type PrivacySettings, USUAL_REVEALS } from '@choba/shared/contracts/privacy.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { isOpen } from './erasure.queries.ts'

const NOTHING: PrivacySettings = { eraseAfterYears: null, revealsPerHour: USUAL_REVEALS }

export async function getPrivacySettings(db: Kysely<Database>, merchantId: string): Promise<PrivacySettings> {
  const row = await db
    .selectFrom('privacySetting')
    .select(['eraseAfterYears', 'revealsPerHour'])
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  return row ?? NOTHING
}

export async function putPrivacySettings(
  tx: Kysely<Database>,
  merchantId: string,
  settings: PrivacySettings,
): Promise<void> {
  await tx
    .insertInto('privacySetting')
    .values({ merchantId, ...settings })
    .onConflict((conflict) => conflict.column('merchantId').doUpdateSet(settings))
    .execute()
}

export async function countErasures(db: Kysely<Database>, merchantId: string): Promise<number> {
  const { count } = await db
    .selectFrom('customerErasure')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('merchantId', '=', merchantId)
    .executeTakeFirstOrThrow()
  return count
}

/** Merchants that erase by themselves. */
export async function listRetaining(
  owner: Kysely<Database>,
): Promise<Array<{ merchantId: string; eraseAfterYears: number }>> {
  const { rows } = await sql<{ merchantId: string; eraseAfterYears: number }>`
    select merchant_id, erase_after_years from privacy_setting where erase_after_years is not null order by merchant_id`.execute(
    owner,
  )
  return rows
}

export type Due = {
  readonly id: string
  readonly name: string
  readonly payments: number
  readonly lastClosedOn: string
}

/**
 * Whose last payment ended before the day, and who has nothing open, by that day. What is open beside payments is asked one by
 * one when they are erased. Those who were erased are not due again.
 */
export async function listDue(
  db: Kysely<Database>,
  merchantId: string,
  { before, limit, after }: { readonly before: string; readonly limit: number; readonly after?: string | undefined },
): Promise<Array<Due & { readonly count: number; readonly allPayments: number }>> {
  const { rows } = await sql<Due & { count: number; allPayments: number }>`
    with due as (
      select c.customer_id as id, c.name, c.payments, e.last_closed_on from customer c
        join lateral (select max(greatest(p.ordered_on, p.captured_on, p.paid_out_on, (select max(v.at) at time zone 'Asia/Tokyo' from payment_event v
            where v.merchant_id = p.merchant_id and v.payment_id = p.payment_id)::date)) as last_closed_on, bool_or(${isOpen}) as is_open
          from payment p where p.merchant_id = c.merchant_id and p.customer_id = c.customer_id) e on true
        where c.merchant_id = ${merchantId}::uuid and c.last_ordered_at < ${before}::date::timestamp at time zone 'Asia/Tokyo'
          and not e.is_open and e.last_closed_on < ${before}::date
          and not exists (select from customer_erasure x where x.merchant_id = c.merchant_id and c.name = '消去済 ' || right(x.erasure_id::text, 8))
    )
    select id, name, payments, last_closed_on, count(*) over () as count, (sum(payments) over ())::bigint as all_payments from due
      where ${after === undefined ? sql`true` : sql`id > ${after}::uuid`}
      order by ${after === undefined ? sql`last_closed_on, id` : sql`id`} limit ${limit}`.execute(db)
  return rows
}
