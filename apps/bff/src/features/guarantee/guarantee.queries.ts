import { type Kysely, type RawBuilder, sql } from 'kysely'
import { GUARANTEE_RULES, type GuaranteeRule } from '@choba/shared/guarantee.ts'
import type { Database } from '../../db/schema.ts'
import { type RadarView, ruleSql } from './radar.queries.ts'

/** Shops a person looks at; undefined for all. */
export type ShopChoice = readonly string[] | undefined
export type RuleCount = { readonly rule: GuaranteeRule; readonly count: number; readonly amountYen: number }
export type RadarSummary = { readonly rules: readonly RuleCount[]; readonly count: number; readonly amountYen: number }

/** Counts and sums of every rule, and of the payments under any of them, in one statement. */
export async function summarize(
  db: Kysely<Database>,
  merchantId: string,
  views: readonly RadarView[],
  shops: ShopChoice,
): Promise<RadarSummary> {
  if (views.length === 0) return { rules: [], count: 0, amountYen: 0 }
  const found = GUARANTEE_RULES.flatMap((rule) =>
    views.map(
      (view) => sql`select ${rule}::text as rule, n.payment_id, p.amount_yen ${from(merchantId, view, rule, shops)}`,
    ),
  )
  const { rows } = await sql<{ rule: GuaranteeRule | null; count: number; amountYen: number }>`
    with found as (${sql.join(found, sql` union all `)}),
      alone as (select distinct payment_id, amount_yen from found)
    select rule, count(*) as count, coalesce(sum(amount_yen), 0)::bigint as amount_yen from found group by rule
    union all select null, count(*), coalesce(sum(amount_yen), 0)::bigint from alone`.execute(db)
  const all = rows.find((row) => row.rule === null)
  const rules = GUARANTEE_RULES.flatMap((rule) => {
    const row = rows.find((each) => each.rule === rule)
    return row ? [{ rule, count: row.count, amountYen: row.amountYen }] : []
  })
  return { rules, count: all?.count ?? 0, amountYen: all?.amountYen ?? 0 }
}

export type RadarRow = {
  readonly id: string
  readonly shopId: string
  readonly orderNumber: string
  readonly customerName: string
  readonly status: string
  readonly amountYen: number
  readonly since: string | null
  readonly deadline: string | null
  readonly shipOn: string | null
  readonly reasons: string[]
  readonly carrierCode: string | null
  readonly slipNumber: string | null
  readonly inFlight: string | null
}
export type RadarPlace = { readonly deadline: string; readonly id: string }

/** Rows without a deadline stand last. */
const NO_DEADLINE = '9999-12-31'

export async function listRule(
  db: Kysely<Database>,
  merchantId: string,
  rule: GuaranteeRule,
  views: readonly RadarView[],
  page: { readonly shops: ShopChoice; readonly beyond: RadarPlace | undefined; readonly limit: number },
): Promise<RadarRow[]> {
  if (views.length === 0) return []
  const parts = views.map((view) => {
    const { since, deadline } = ruleSql(rule, view)
    return sql`select n.payment_id as id, n.shop_id, p.order_number, p.customer_name, p.status, p.amount_yen, ${since}::date as since, ${deadline}::date as deadline,
      n.ship_on, n.reasons, n.carrier_code, n.slip_number, p.in_flight ${from(merchantId, view, rule, page.shops)}`
  })
  const key = sql`coalesce(deadline, ${NO_DEADLINE}::date)`
  const beyond = page.beyond
    ? sql`where (${key}, id) > (${page.beyond.deadline}::date, ${page.beyond.id}::uuid)`
    : sql``
  const { rows } = await sql<RadarRow>`
    select * from (${sql.join(parts, sql` union all `)}) found ${beyond} order by ${key}, id limit ${page.limit}`.execute(
    db,
  )
  return rows
}

export function placeOf(row: RadarRow): RadarPlace {
  return { deadline: row.deadline ?? NO_DEADLINE, id: row.id }
}

function from(merchantId: string, view: RadarView, rule: GuaranteeRule, shops: ShopChoice): RawBuilder<unknown> {
  const ofShops = shops === undefined || shops.length === 0 ? sql`` : sql`and n.shop_id = any(${[...shops]}::uuid[])`
  return sql`from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
    where n.merchant_id = ${merchantId}::uuid and n.connection_id = ${view.connectionId}::uuid ${ofShops} and (${ruleSql(rule, view).where})`
}

export function listNpConnections(
  db: Kysely<Database>,
  merchantId: string,
): Promise<Array<{ connectionId: string; shopId: string }>> {
  return db
    .selectFrom('connection')
    .select(['connectionId', 'shopId'])
    .where('merchantId', '=', merchantId)
    .where(sql<boolean>`'np_postpaid' = any(methods)`)
    .orderBy('connectionId')
    .execute()
}
