import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { StatementKey } from './payout-detail.queries.ts'

/** The payments on a statement, each once. */
export async function listPaymentsOf(tx: Kysely<Database>, key: StatementKey): Promise<string[]> {
  const rows = await tx
    .selectFrom('statementLine')
    .select('paymentId')
    .distinct()
    .where('merchantId', '=', key.merchantId)
    .where('statementId', '=', key.statementId)
    .where('paymentId', 'is not', null)
    .execute()
  return rows.flatMap((row) => row.paymentId ?? [])
}

export function lockStatement(tx: Kysely<Database>, key: StatementKey) {
  return tx
    .selectFrom('statement')
    .select(['connectionId', 'statementNumber', 'source', 'state', 'closingOn', 'paidOn'])
    .where('merchantId', '=', key.merchantId)
    .where('statementId', '=', key.statementId)
    .forUpdate()
    .executeTakeFirst()
}
