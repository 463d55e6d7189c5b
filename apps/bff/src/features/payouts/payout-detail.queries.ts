import { type Kysely, sql } from 'kysely'
import type { JournalEntryView } from '@choba/shared/contracts/payments.ts'
import type { PayoutDetail, WaterfallStep } from '@choba/shared/contracts/payouts.ts'
import type { Database } from '../../db/schema.ts'

export type StatementKey = { readonly merchantId: string; readonly statementId: string }

export function findStatement(db: Kysely<Database>, { merchantId, statementId }: StatementKey) {
  return db
    .selectFrom('statement')
    .select(['connectionId', 'method', 'closingOn', 'source', 'issuerNumber', 'statementNumber'])
    .where('merchantId', '=', merchantId)
    .where('statementId', '=', statementId)
    .executeTakeFirst()
}

/** The statement's own figures: fees by kind and tax class, tax as printed. Each step's amount moves the sum. */
export async function listWaterfall(
  db: Kysely<Database>,
  { merchantId, statementId }: StatementKey,
): Promise<WaterfallStep[]> {
  const { rows } = await sql<WaterfallStep>`
    with line as (select * from statement_line where merchant_id = ${merchantId}::uuid and statement_id = ${statementId}::uuid),
      fee as (select * from statement_fee where merchant_id = ${merchantId}::uuid and statement_id = ${statementId}::uuid)
    select kind, fee_kind, tax_class, amount_yen, lines from (
      select 1 as place, 'sales' as kind, null as fee_kind, null as tax_class, coalesce(sum(gross_yen), 0) as amount_yen, count(*) as lines from line where kind = 'sale'
      union all
      select 2, 'taken_back', null, null, sum(gross_yen), count(*) from line where kind = 'cancellation' having count(*) > 0
      union all
      select 3, 'fee', kind, tax_class, -sum(amount_yen), count(*) from fee group by kind, tax_class
      union all
      select 4, 'tax', null, tax_class, -sum(tax_yen), count(*) from fee where tax_yen <> 0 group by tax_class
      union all
      select 5, 'adjustment', null, null, sum(gross_yen), count(*) from line where kind = 'adjustment' having count(*) > 0
      union all
      select 6, 'carry_over', null, null, sum(gross_yen), count(*) from line where kind = 'carry_over' having count(*) > 0
      union all
      select 7, 'invoiced', null, null, sum(gross_yen), count(*) from line where kind = 'invoiced' having count(*) > 0
      union all
      select 8, 'transfer', null, null, coalesce(sum(transfer_yen), 0), count(*) from line
    ) step order by place, fee_kind, tax_class`.execute(db)
  return rows
}

/** Entries of the statement's own lines. */
export async function listStatementEntries(
  db: Kysely<Database>,
  { merchantId, statementId }: StatementKey,
): Promise<JournalEntryView[]> {
  const { rows } = await sql<JournalEntryView>`
    select j.entry_id as id, j.booked_on as "on", j.kind, json_agg(json_build_object('account', p.account, 'taxClass', p.tax_class,
        'debitYen', greatest(p.amount_yen, 0), 'creditYen', greatest(-p.amount_yen, 0)) order by p.line) as lines
      from journal_entry j join posting p on p.merchant_id = j.merchant_id and p.entry_id = j.entry_id
      where j.merchant_id = ${merchantId}::uuid and j.statement_id = ${statementId}::uuid
      group by j.merchant_id, j.entry_id, j.booked_on, j.kind, j.sequence order by j.booked_on, j.sequence`.execute(db)
  return rows
}

/** What this closing and its transfer booked, by account: the payments' settlements and the statement's own lines. */
export async function sumAccounts(
  db: Kysely<Database>,
  { merchantId, statementId }: StatementKey,
): Promise<PayoutDetail['accounts']> {
  const { rows } = await sql<PayoutDetail['accounts'][number]>`
    with statement_of as (select connection_id, statement_number from statement where merchant_id = ${merchantId}::uuid and statement_id = ${statementId}::uuid),
      entry as (
        select entry_id from journal_entry where merchant_id = ${merchantId}::uuid and statement_id = ${statementId}::uuid
        union all
        select j.entry_id from (select distinct payment_id from statement_line where merchant_id = ${merchantId}::uuid and statement_id = ${statementId}::uuid and payment_id is not null) l
          join payment_event e on e.merchant_id = ${merchantId}::uuid and e.payment_id = l.payment_id and e.type in ('settled', 'paid_out')
          join journal_entry j on j.merchant_id = e.merchant_id and j.payment_id = e.payment_id and j.sequence = e.sequence
          where e.data ->> 'statementNumber' = (select statement_number from statement_of))
    select p.account, p.tax_class, sum(p.amount_yen) as amount_yen
      from entry join posting p on p.merchant_id = ${merchantId}::uuid and p.entry_id = entry.entry_id
      group by p.account, p.tax_class having sum(p.amount_yen) <> 0 order by p.account, p.tax_class`.execute(db)
  return rows
}
