/** Statements and expected closings as one list, its totals and its export from one piece of SQL. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { PayoutRow, PayoutTotals } from '@choba/shared/contracts/payouts.ts'
import type { PayoutFilter } from '@choba/shared/filters/payouts.ts'
import type { Database } from '../../db/schema.ts'
import type { Expected } from './due.queries.ts'
import { CARRIED, CARRY_MOST } from './fixed-fees.queries.ts'

export type PayoutSource = {
  readonly merchantId: string
  readonly filter: PayoutFilter
  readonly expected: ReadonlyArray<Expected & { readonly late: boolean }>
}

const COLUMNS = sql`payout_id, state, shop_id, method, closing_on, pay_on, paid_on, lines, gross_yen, fee_yen, tax_yen, other_yen, transfer_yen, statement_number, late, carried, carry_most`

/** `from (…) payout where …`, for whatever is to be read of it. */
export function payoutsSql({ merchantId, filter, expected }: PayoutSource): RawBuilder<unknown> {
  const rows = expected.map(
    ({
      payoutId,
      shopId,
      method,
      closingOn,
      payOn,
      lines,
      grossYen,
      feeYen,
      taxYen,
      otherYen,
      transferYen,
      late,
      fixedFees,
      carryMost,
    }) => ({
      payout_id: payoutId,
      shop_id: shopId,
      method,
      closing_on: closingOn,
      pay_on: payOn,
      lines,
      gross_yen: grossYen,
      fee_yen: feeYen,
      tax_yen: taxYen,
      other_yen: otherYen,
      transfer_yen: transferYen,
      late,
      carried: mostCarried(fixedFees),
      carry_most: carryMost,
    }),
  )
  return sql`from (
    select s.statement_id::text as payout_id, s.state, s.shop_id, s.method, s.closing_on, s.pay_on, s.paid_on, s.lines::bigint as lines,
        s.gross_yen, s.fee_yen, s.tax_yen, s.other_yen, s.transfer_yen, s.statement_number, s.source, false as late, ${CARRIED} as carried, ${CARRY_MOST} as carry_most
      from statement s where s.merchant_id = ${merchantId}::uuid
    union all
    select e.payout_id, 'expected', e.shop_id, e.method, e.closing_on, e.pay_on, null, e.lines, e.gross_yen, e.fee_yen, e.tax_yen, e.other_yen, e.transfer_yen, null, null, e.late, e.carried, e.carry_most
      from json_to_recordset(${JSON.stringify(rows)}::json) as e (payout_id text, shop_id uuid, method text, closing_on date, pay_on date,
        lines bigint, gross_yen bigint, fee_yen bigint, tax_yen bigint, other_yen bigint, transfer_yen bigint, late boolean, carried integer, carry_most integer)
    ) payout where ${conditions(filter)}`
}

/** Of the fees that go on to the next closing. */
function mostCarried(fees: Expected['fixedFees']): number | null {
  const carried = fees.filter((fee) => fee.state === 'carried').map((fee) => fee.carried)
  return carried.length === 0 ? null : Math.max(...carried)
}

function conditions({ shop, method, state, source, dateBy, from, to }: PayoutFilter): RawBuilder<unknown> {
  const day = dateBy === 'pay' ? sql`coalesce(paid_on, pay_on)` : sql`closing_on`
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (shop?.length) all.push(sql`shop_id = any(${shop}::uuid[])`)
  if (method?.length) all.push(sql`method = any(${method}::text[])`)
  if (state?.length) all.push(sql`state = any(${state}::text[])`)
  if (source?.length) all.push(sql`source = any(${source}::text[])`)
  if (from !== undefined) all.push(sql`${day} >= ${from}::date`)
  if (to !== undefined) all.push(sql`${day} <= ${to}::date`)
  return sql.join(all, sql` and `)
}

/** Newest closing first. */
export const PAYOUT_ORDER = sql`order by closing_on desc, payout_id desc`

export type PayoutPlace = { readonly closingOn: string; readonly payoutId: string }

export async function listPayoutRows(
  db: Kysely<Database>,
  source: PayoutSource,
  { beyond, limit }: { readonly beyond: PayoutPlace | undefined; readonly limit: number },
): Promise<PayoutRow[]> {
  const place =
    beyond === undefined ? sql`` : sql`and (closing_on, payout_id) < (${beyond.closingOn}::date, ${beyond.payoutId})`
  const { rows } = await sql<Omit<PayoutRow, 'id'> & { payoutId: string }>`
    select ${COLUMNS} ${payoutsSql(source)} ${place} ${PAYOUT_ORDER} limit ${limit}`.execute(db)
  return rows.map(({ payoutId, ...row }) => ({ ...row, id: payoutId }))
}

export function payoutTotalsSql(source: PayoutSource): RawBuilder<PayoutTotals> {
  return sql`select count(*) as count, coalesce(sum(gross_yen), 0) as gross_yen, coalesce(sum(fee_yen), 0) as fee_yen, coalesce(sum(tax_yen), 0) as tax_yen,
    coalesce(sum(other_yen), 0) as other_yen, coalesce(sum(transfer_yen), 0) as transfer_yen ${payoutsSql(source)}`
}

export async function findPayoutRow(
  db: Kysely<Database>,
  source: PayoutSource,
  payoutId: string,
): Promise<PayoutRow | undefined> {
  const { rows } = await sql<Omit<PayoutRow, 'id'> & { payoutId: string }>`
    select ${COLUMNS} ${payoutsSql(source)} and payout_id = ${payoutId}`.execute(db)
  const [found] = rows
  if (found === undefined) return undefined
  const { payoutId: id, ...row } = found
  return { ...row, id }
}
