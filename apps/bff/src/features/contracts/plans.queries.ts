/** What the sales of a month come to under each plan, each sale's fee cut to a whole yen as a statement would. */
import { type Kysely, sql } from 'kysely'
import type { FeeTerms } from '@choba/shared/terms.ts'
import { chargeSql } from '../../db/fee-sql.ts'
import type { Database } from '../../db/schema.ts'

export type CapturedMonth = MonthOf & { readonly method: string }
export type CapturedCost = { readonly sales: number; readonly grossYen: number; readonly chargedYen: number }

/** Captured in these days, less what was refunded of it. `chargedYen`: fees and their tax. */
export async function costOfCaptured(
  db: Kysely<Database>,
  { merchantId, shopId, method, from, to }: CapturedMonth,
  terms: FeeTerms,
): Promise<CapturedCost> {
  const sold = sql`(p.captured_yen - p.refunded_yen)`
  const charge = chargeSql(sql`${JSON.stringify(terms)}::jsonb`, sold, sql`null::text`)
  const { rows } = await sql<CapturedCost>`
    select count(*) as sales, coalesce(sum(${sold}), 0) as gross_yen, coalesce(sum(${charge.fee} + ${charge.tax}), 0) as charged_yen
      from payment p where p.merchant_id = ${merchantId}::uuid and p.shop_id = ${shopId}::uuid and p.method = ${method}
        and p.captured_on between ${from}::date and ${to}::date and ${sold} > 0`.execute(db)
  return rows[0] as CapturedCost // an aggregate without groups has exactly one row
}

export type MonthOf = {
  readonly merchantId: string
  readonly shopId: string
  readonly from: string
  readonly to: string
}
export type MonthCost = {
  readonly plan: string
  readonly sales: number
  readonly bundled: number
  readonly amountYen: number
  readonly rateYen: number
  readonly feeYen: number
  readonly taxYen: number
}

/** Shipped in these days and not taken back. Served by np_postpaid_by_shipment. */
export async function costUnder(
  db: Kysely<Database>,
  { merchantId, shopId, from, to }: MonthOf,
  plans: ReadonlyArray<{ readonly plan: string; readonly terms: FeeTerms }>,
): Promise<MonthCost[]> {
  const charge = chargeSql(sql`plan.terms`, sql`p.amount_yen`, sql`n.invoice_delivery`)
  const { rows } = await sql<MonthCost>`
    select plan.plan, count(p.payment_id) as sales, count(*) filter (where n.invoice_delivery = 'bundled') as bundled, coalesce(sum(p.amount_yen), 0) as amount_yen,
        coalesce(sum(p.amount_yen * (plan.terms ->> 'rateBp')::bigint / 10000), 0) as rate_yen, coalesce(sum(${charge.fee}), 0) as fee_yen, coalesce(sum(${charge.tax}), 0) as tax_yen
      from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb) as plan (plan text, terms jsonb)
      left join (np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id)
        on n.merchant_id = ${merchantId}::uuid and n.shop_id = ${shopId}::uuid and n.shipped_on between ${from}::date and ${to}::date and n.ended is null
      group by plan.plan`.execute(db)
  return rows
}
