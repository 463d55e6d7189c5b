import { sql } from 'kysely'
import type { SlipTotals } from '@choba/shared/contracts/slips.ts'
import type { SlipFilter } from '@choba/shared/filters/slips.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { slipTotalsSql, totalsOf } from './slips.queries.ts'

export type SlipDeps = { readonly db: Db; readonly clock: Clock }

/** Beyond this a total is refused: the person is told so and narrows the filter. */
const TOTALS_TIMEOUT_MS = 10_000

/** @throws a cancelled query when the scan takes too long */
export async function totalSlips({ db }: SlipDeps, { merchantId }: Session, filter: SlipFilter): Promise<SlipTotals> {
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${String(TOTALS_TIMEOUT_MS)}, true)`.execute(tx)
      return totalsOf((await slipTotalsSql(merchantId, filter).execute(tx)).rows)
    })
}
