import { sql } from 'kysely'
import { type Account, ACCOUNT_NAMES } from '@choba/shared/accounts.ts'
import type { Parsed } from '@choba/shared/contract.ts'
import type { journal, JournalTotals, TrialBalance } from '@choba/shared/contracts/journal.ts'
import { businessDate, endOfMonth } from '@choba/shared/dates.ts'
import type { JournalFilter } from '@choba/shared/filters/journal.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { journalTotalsSql, listMoved, type Moved } from './journal.queries.ts'

export type JournalDeps = { readonly db: Db; readonly clock: Clock }

/** Beyond this a total is refused: the person is told so and narrows the filter. */
const TIMEOUT_MS = 10_000

/** @throws a cancelled query when the scan takes too long */
export function totalJournal(
  { db }: JournalDeps,
  { merchantId }: Session,
  filter: JournalFilter,
): Promise<JournalTotals> {
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`.execute(tx)
      const { rows } = await journalTotalsSql(merchantId, filter).execute(tx)
      return rows[0] as JournalTotals // an aggregate without groups has exactly one row
    })
}

/** The month's trial balance (合計残高試算表): what stood before it, what moved in it, what stands after it. */
export async function readTrialBalance(
  { db }: JournalDeps,
  { merchantId }: Session,
  { month, shop }: Parsed<typeof journal.trialBalance>['query'],
): Promise<TrialBalance> {
  const from = businessDate(`${month}-01`)
  const moved = await listMoved(db.merchant(merchantId), merchantId, { from, to: endOfMonth(from), shop })
  const receivables = new Map<string, Moved[]>()
  for (const row of moved.filter(({ account }) => account === 'receivable')) {
    const key = `${row.provider} ${row.subAccount ?? ''}`
    receivables.set(key, [...(receivables.get(key) ?? []), row])
  }
  return {
    month,
    accounts: ACCOUNT_NAMES.map((account) => ({
      account,
      ...sumOf(moved.filter((row) => (row.account as Account) === account)),
    })),
    receivables: [...receivables.values()]
      .map((rows) => ({ provider: rows[0]?.provider ?? '', method: rows[0]?.subAccount ?? '', ...sumOf(rows) }))
      .toSorted((a, b) => (`${a.provider} ${a.method}` < `${b.provider} ${b.method}` ? -1 : 1)),
  }
}

function sumOf(rows: readonly Moved[]) {
  const sum = (of: (row: Moved) => number) => rows.reduce((total, row) => total + of(row), 0)
  const openingYen = sum((row) => row.openingYen)
  const debitYen = sum((row) => row.debitYen)
  const creditYen = sum((row) => row.creditYen)
  return { openingYen, debitYen, creditYen, closingYen: openingYen + debitYen - creditYen }
}
