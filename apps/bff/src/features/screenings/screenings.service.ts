import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { screenings, ScreeningTotals } from '@choba/shared/contracts/screenings.ts'
import { addDays, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { ScreeningFilter } from '@choba/shared/filters/screenings.ts'
import { sql } from 'kysely'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { rankReasons, readRates } from './figures.queries.ts'
import { screeningTotalsSql, totalsOf } from './screenings.queries.ts'

export type ScreeningDeps = { readonly db: Db; readonly clock: Clock; readonly providerClocks: ProviderClocks }

/** Beyond this a total is refused: the person is told so and narrows the filter. */
const TOTALS_TIMEOUT_MS = 10_000
const DEFAULT_DAYS = 30

/** @throws a cancelled query when the scan takes too long */
export async function totalScreenings(
  { db }: ScreeningDeps,
  { merchantId }: Session,
  filter: ScreeningFilter,
): Promise<ScreeningTotals> {
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${String(TOTALS_TIMEOUT_MS)}, true)`.execute(tx)
      return totalsOf((await screeningTotalsSql(merchantId, filter).execute(tx)).rows)
    })
}

/** Thirty days up to the latest day among the merchant's providers, unless the question says otherwise. */
export async function getFigures(
  deps: ScreeningDeps,
  { merchantId }: Session,
  { from, to, shop }: Parsed<typeof screenings.figures>['query'],
): Promise<Output<typeof screenings.figures>> {
  const db = deps.db.merchant(merchantId)
  const until = to ?? (await latestDay(deps, merchantId))
  const period = { from: from ?? addDays(until, 1 - DEFAULT_DAYS), to: until, shop }
  const [rates, reasons] = await Promise.all([readRates(db, merchantId, period), rankReasons(db, merchantId, period)])
  return { from: period.from, to: period.to, ...rates, reasons }
}

async function latestDay({ db, clock, providerClocks }: ScreeningDeps, merchantId: string): Promise<BusinessDate> {
  const rows = await db
    .merchant(merchantId)
    .selectFrom('connection')
    .select('connectionId')
    .where('merchantId', '=', merchantId)
    .execute()
  const days = rows.map(({ connectionId }) => dayOf(providerClocks.now(connectionId)))
  return days.sort().at(-1) ?? dayOf(clock.now())
}
