import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { STATEMENT_KEY } from '../../providers/port.ts'

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

/** What a person said of the columns of a contract's last file, by its closing; where nothing was said, nothing. */
export async function listLastMappings(
  db: Kysely<Database>,
  merchantId: string,
): Promise<Array<{ connectionId: string; method: string; mapping: Record<string, string> }>> {
  const { rows } = await sql<{ connectionId: string; method: string; mapping: Record<string, string> }>`
    select last.connection_id, last.method, message.context -> 'mapping' as mapping
      from (select distinct on (connection_id, method) connection_id, method, statement_number
              from statement where merchant_id = ${merchantId}::uuid and source = 'file'
             order by connection_id, method, closing_on desc) last
      join provider_message message on message.merchant_id = ${merchantId}::uuid
       and message.connection_id = last.connection_id and message.unique_key = ${STATEMENT_KEY} || last.statement_number
     where jsonb_typeof(message.context -> 'mapping') = 'object'`.execute(db)
  return rows
}
