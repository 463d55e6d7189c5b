/** domain/fees.ts in SQL, for sums over many sales: the same lines, each cut to a whole yen, each with its own tax. */
import { type RawBuilder, sql } from 'kysely'

/** The fee terms in force on a day, as jsonb; null when there are none. Served by the primary key. */
export function feeTermsSql(sale: {
  readonly merchantId: RawBuilder<unknown>
  readonly shopId: RawBuilder<unknown>
  readonly method: RawBuilder<unknown>
  readonly on: RawBuilder<unknown>
}): RawBuilder<unknown> {
  return sql`(select t.value from contract_term t where t.merchant_id = ${sale.merchantId} and t.shop_id = ${sale.shopId} and t.method = ${sale.method}
    and t.kind = 'fees' and t.valid_from <= ${sale.on} order by t.valid_from desc limit 1)`
}

/** What a refund of a sale that somebody else than NP closed gives back (domain/fees.ts, `returnedFeesOf`), positive. */
export function returnedChargeSql(
  terms: RawBuilder<unknown>,
  amount: RawBuilder<unknown>,
  method: RawBuilder<unknown>,
): ReturnType<typeof chargeSql> {
  return chargeSql(terms, amount, sql`null::text`, sql`${method} = 'convenience_store'`)
}

/** Both answers are null where the terms are. `delivery` is the invoice's, null where there is none. */
export function chargeSql(
  terms: RawBuilder<unknown>,
  amount: RawBuilder<unknown>,
  delivery: RawBuilder<unknown>,
  withPerPayment: RawBuilder<unknown> = sql`true`,
): { readonly fee: RawBuilder<number>; readonly tax: RawBuilder<number> } {
  const figure = (name: string) => sql`coalesce((${terms} ->> ${name})::bigint, 0)`
  const rate = sql`(${amount} * ${figure('rateBp')} / 10000)`
  const invoice = sql`(case ${delivery} when 'bundled' then ${figure('perBundledInvoiceYen')} when 'separate' then ${figure('perInvoiceYen')} when 'electronic' then ${figure('perInvoiceYen')} else 0 end)`
  const perPayment = sql`(case when ${withPerPayment} then ${figure('perPaymentYen')} else 0 end)`
  const taxed = (name: string) =>
    sql`(case coalesce(${terms} #>> ${sql`array['taxClass', ${name}::text]`}, ${terms} #>> '{taxClass,rate}') when 'taxable10' then 1000 when 'taxable8' then 800 else 0 end)`
  const tax = (yen: RawBuilder<unknown>, name: string) => sql`((${yen}) * ${taxed(name)} / 10000)`
  const fee = sql`(${rate} + ${invoice} + ${perPayment})`
  return {
    fee: sql<number>`(case when ${terms} is not null then ${fee} end)`,
    tax: sql<number>`(case when ${terms} is null then null when ${terms} ->> 'lines' = 'single' then ${tax(fee, 'rate')}
      else ${tax(rate, 'rate')} + ${tax(invoice, 'invoice')} + ${tax(perPayment, 'perPayment')} end)`,
  }
}
