/** The rows NP postpaid's lists are read from, held against what the events say. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { NpPostpaidTable, ScreeningTable } from '../db/tables/np-postpaid.ts'
import type { NpPostpaidFacts } from '../domain/payment/np-facts.ts'
import { projectNp, type ScreeningAttempt } from '../domain/payment/np-projection.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { canonicalJson } from './canonical.ts'
import type { Findings } from './findings.ts'

export type NpRows = {
  readonly rows: ReadonlyMap<string, NpPostpaidTable>
  readonly attempts: ReadonlyMap<string, ReadonlyArray<Selectable<ScreeningTable>>>
}

export async function listNpRows(
  tx: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
): Promise<NpRows> {
  const ids = sql<string>`any(${paymentIds}::uuid[])`
  const rows = await tx
    .selectFrom('npPostpaid')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', ids)
    .execute()
  const attempts = await tx
    .selectFrom('screening')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', ids)
    .orderBy('paymentId')
    .orderBy('attempt')
    .execute()
  return {
    rows: new Map(rows.map((row) => [row.paymentId, row])),
    attempts: Map.groupBy(attempts, (attempt) => attempt.paymentId),
  }
}

export function checkNp(
  paymentId: string,
  state: PaymentState,
  attempts: readonly ScreeningAttempt[],
  stored: NpRows,
  findings: Findings,
): void {
  const expected = projectNp(state.books, state.facts as NpPostpaidFacts)
  const row = stored.rows.get(paymentId)
  if (row === undefined) findings.add('projection', paymentId, 'no row among the NP payments')
  else
    for (const [column, value] of Object.entries(expected)) {
      const written = plain(row[column as keyof NpPostpaidTable])
      if (canonicalJson(written) !== canonicalJson(value))
        findings.add(
          'projection',
          paymentId,
          `np_postpaid.${column} is ${canonicalJson(written)}, the events say ${canonicalJson(value)}`,
        )
    }
  const written = (stored.attempts.get(paymentId) ?? []).map(
    ({ merchantId: _m, paymentId: _p, amountYen: _a, ...attempt }) =>
      canonicalJson({ ...attempt, decidedAt: attempt.decidedAt.toISOString() }),
  )
  if (written.join() !== attempts.map((attempt) => canonicalJson(attempt)).join())
    findings.add('projection', paymentId, 'the screening attempts differ from the events')
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value
}
