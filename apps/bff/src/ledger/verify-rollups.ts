/** Rollups recounted from the payments and held against the day rows, the month rows and what is not folded yet. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Projection } from '../domain/payment/payment.ts'
import { RollupChanges, type RollupDelta } from './rollup.ts'
import type { Findings } from './findings.ts'

export class RollupCheck {
  readonly #expected = new RollupChanges()

  add(row: Projection): void {
    this.#expected.add(row, 1)
  }

  async compare(tx: Kysely<Database>, merchantId: string, findings: Findings): Promise<void> {
    const days = this.#expected.cells()
    differ('day', days, await sums(tx, merchantId, 'day'), findings)
    differ('month', byMonth(days), await sums(tx, merchantId, 'month'), findings)
  }
}

/** What a read adds up: the folded rows and the deltas behind them. */
async function sums(tx: Kysely<Database>, merchantId: string, grain: 'day' | 'month'): Promise<RollupDelta[]> {
  const folded = grain === 'day' ? sql.table('rollup_day') : sql.table('rollup_month')
  const day = grain === 'day' ? sql`day` : sql`date_trunc('month', day)::date`
  const columns = sql`date_kind, shop_id, method, status, site, billing_method, connection_method, payments, amount_yen, captured_yen, refunded_yen, fee_yen`
  const { rows } = await sql<RollupDelta>`
    select day::text as day, date_kind, shop_id, method, status, site, billing_method, connection_method,
        sum(payments) as payments, sum(amount_yen) as amount_yen, sum(captured_yen) as captured_yen, sum(refunded_yen) as refunded_yen, sum(fee_yen) as fee_yen
      from (
        select day, ${columns} from ${folded} where merchant_id = ${merchantId}::uuid
        union all
        select ${day} as day, ${columns} from rollup_delta where merchant_id = ${merchantId}::uuid
      ) r group by r.day, date_kind, shop_id, method, status, site, billing_method, connection_method`.execute(tx)
  return rows
}

function byMonth(days: readonly RollupDelta[]): RollupDelta[] {
  const months = new Map<string, RollupDelta>()
  for (const cell of days) {
    const month = { ...cell, day: `${cell.day.slice(0, 7)}-01` }
    const sum = months.get(keyOf(month))
    if (sum === undefined) months.set(keyOf(month), month)
    else {
      sum.payments += cell.payments
      sum.amountYen += cell.amountYen
      sum.capturedYen += cell.capturedYen
      sum.refundedYen += cell.refundedYen
      sum.feeYen += cell.feeYen
    }
  }
  return [...months.values()]
}

function differ(
  grain: string,
  expected: readonly RollupDelta[],
  stored: readonly RollupDelta[],
  findings: Findings,
): void {
  const cells = new Map(expected.map((cell) => [keyOf(cell), figures(cell)]))
  for (const cell of stored) {
    const key = keyOf(cell)
    const right = cells.get(key) ?? '0 0 0 0 0'
    cells.delete(key)
    if (figures(cell) !== right)
      findings.add('rollup', `${grain} ${key}`, `says ${figures(cell)}, the payments ${right}`)
  }
  for (const [key, right] of cells) findings.add('rollup', `${grain} ${key}`, `is missing; the payments say ${right}`)
}

function keyOf(cell: RollupDelta): string {
  return [
    cell.dateKind,
    cell.day,
    cell.shopId,
    cell.method,
    cell.status,
    cell.site,
    cell.billingMethod,
    cell.connectionMethod,
  ].join('|')
}

function figures(cell: RollupDelta): string {
  return [cell.payments, cell.amountYen, cell.capturedYen, cell.refundedYen, cell.feeYen].join(' ')
}
