import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** Statements of the same closing, or under the same number. */
export function findSameClosing(
  db: Kysely<Database>,
  of: {
    readonly merchantId: string
    readonly connectionId: string
    readonly method: string
    readonly closingOn: string
    readonly statementNumber: string
  },
): Promise<Array<{ statementId: string; statementNumber: string }>> {
  return db
    .selectFrom('statement')
    .select(['statementId', 'statementNumber'])
    .where('merchantId', '=', of.merchantId)
    .where('connectionId', '=', of.connectionId)
    .where((where) =>
      where.or([
        where('statementNumber', '=', of.statementNumber),
        where.and([where('method', '=', of.method), where('closingOn', '=', of.closingOn)]),
      ]),
    )
    .execute()
}

/** The payments that lines speak of, by any id they ever had. */
export async function listHeldPayments(db: Kysely<Database>, lines: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ paymentId: string }>`
    select distinct payment_id from (${lines}) line where payment_id is not null`.execute(db)
  return rows.map((row) => row.paymentId)
}
