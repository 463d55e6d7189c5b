/** The radar's rules as conditions on `np_postpaid n` joined with `payment p`, for one connection and its day. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, type BusinessDate } from '@choba/shared/dates.ts'
import type { GuaranteeRule, RadarDays } from '@choba/shared/guarantee.ts'

/** What the rules must know of a connection. */
export type RadarView = {
  readonly connectionId: string
  readonly today: BusinessDate
  readonly days: RadarDays
  /** Carriers the contract does not allow. */
  readonly forbiddenCarriers: readonly string[]
  /** Regular expressions of slip numbers by carrier, for those that publish one. */
  readonly slipPatterns: ReadonlyArray<{ readonly code: string; readonly pattern: string }>
  /** What arrived until then stands on a statement by now; null where no closing is known. */
  readonly coveredUntil: BusinessDate | null
}

export type RuleSql = {
  readonly where: RawBuilder<boolean>
  readonly since: RawBuilder<string | null>
  readonly deadline: RawBuilder<string | null>
}

const NOT_SHIPPED = sql`n.ended is null and n.shipped_on is null`
/** Reported, not covered and not ended: served by the index of the uncovered. */
const ON_ITS_WAY = sql`n.shipped_on is not null and n.statement_number is null and n.ended is null`
const NONE = sql<null>`null::date`
const decidedOn = sql<string>`(n.decided_at at time zone 'Asia/Tokyo')::date`
const WATCH_LAPSED_DAYS = 60

export function ruleSql(rule: GuaranteeRule, view: RadarView): RuleSql {
  const { today, days } = view
  const before = (count: number) => sql`${addDays(today, -count)}::date`
  switch (rule) {
    case 'withdrawn':
      return of(sql`n.withdrawn_on is not null`, sql`n.withdrawn_on`)
    case 'shipped_unapproved':
      return of(
        sql`${NOT_SHIPPED} and n.screening <> 'approved' and exists (select 1 from import_row r join import_run f on f.merchant_id = r.merchant_id and f.run_id = r.run_id
          where f.merchant_id = n.merchant_id and f.shop_id = n.shop_id and f.kind = 'slips' and r.order_number = p.order_number)`,
        sql`n.ship_on`,
      )
    case 'ship_day_passed':
      return of(
        sql`${NOT_SHIPPED} and n.screening <> 'approved' and n.ship_on <= ${today}::date`,
        sql`n.ship_on`,
        sql`n.ship_on`,
      )
    case 'approval_lost':
      return of(
        sql`${NOT_SHIPPED} and n.screening in ('on_hold', 'rejected') and n.attempts > 1 and exists (select 1 from screening s
          where s.merchant_id = n.merchant_id and s.payment_id = n.payment_id and s.result = 'approved' and s.np_id = n.np_ids[cardinality(n.np_ids)])`,
        decidedOn,
        sql`n.ship_on`,
      )
    case 'not_registered':
      return of(sql`${NOT_SHIPPED} and n.screening = 'refused'`, decidedOn, sql`n.ship_on`)
    case 'approval_lapsed':
      return of(
        sql`n.ended = 'expired' and n.ended_on >= ${before(WATCH_LAPSED_DAYS)}`,
        sql`n.ended_on`,
        sql`n.ship_on`,
      )
    case 'approval_lapses_soon':
      return of(
        sql`n.lapses_on is not null and n.lapses_on <= ${addDays(today, days.lapse)}::date`,
        decidedOn,
        sql`n.lapses_on`,
      )
    case 'unreported':
      return of(
        sql`n.lapses_on is not null and (n.ship_on < ${today}::date or n.ship_on is null and ${decidedOn} <= ${before(days.unreported)})`,
        decidedOn,
        sql`n.lapses_on`,
      )
    case 'hold_kept':
      return of(
        sql`${NOT_SHIPPED} and n.screening = 'on_hold' and ${decidedOn} <= ${before(days.hold)}`,
        decidedOn,
        sql`n.ship_on`,
      )
    case 'slip_malformed':
      return of(sql`${ON_ITS_WAY} and n.arrived_on is null and ${malformed(view)}`, sql`n.shipped_on`)
    case 'carrier_not_contracted':
      return of(
        sql`${ON_ITS_WAY} and n.arrived_on is null and n.carrier_code = any(${[...view.forbiddenCarriers]}::text[])`,
        sql`n.shipped_on`,
      )
    case 'arrival_missing':
      return of(
        sql`${ON_ITS_WAY} and n.arrived_on is null and n.shipped_on <= ${before(days.arrival)}`,
        sql`n.shipped_on`,
      )
    case 'dispute_open':
      return of(sql`${ON_ITS_WAY} and n.disputed`, sql`n.shipped_on`)
    case 'statement_missing':
      return of(
        sql`${ON_ITS_WAY} and not n.disputed and n.arrived_on <= ${view.coveredUntil}::date and p.amount_yen > 0`,
        sql`n.arrived_on`,
      )
  }
}

function of(where: RawBuilder<unknown>, since: RawBuilder<unknown>, deadline: RawBuilder<unknown> = NONE): RuleSql {
  return {
    where: where as RawBuilder<boolean>,
    since: since as RawBuilder<string | null>,
    deadline: deadline as RawBuilder<string | null>,
  }
}

/** The number does not look like one of the carrier's; carriers that publish no shape are not judged. */
function malformed({ slipPatterns }: RadarView): RawBuilder<unknown> {
  if (slipPatterns.length === 0) return sql`false`
  const cases = slipPatterns.map(
    ({ code, pattern }) => sql`when ${code} then replace(n.slip_number, '-', '') !~ ${pattern}`,
  )
  return sql`case n.carrier_code ${sql.join(cases, sql` `)} else false end`
}
