/** Statements held against their lines, their journal, and the money they say was transferred. */
import { type Kysely, sql } from 'kysely'
import { businessDate } from '@choba/shared/dates.ts'
import type { Database } from '../db/schema.ts'
import type { JournalDraft } from '../domain/journal.ts'
import { postClosedLine, postPaidLine } from '../domain/statement-journal.ts'
import type { Findings } from './findings.ts'
import { listOwnLines, type OwnLine } from './statements.ts'

const CHUNK = 200

export async function checkStatements(tx: Kysely<Database>, merchantId: string, findings: Findings): Promise<void> {
  for (const { statementId, problem } of await listUneven(tx, merchantId))
    findings.add('statement', statementId, problem)
  const ids = await listIds(tx, merchantId)
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK)
    const expected = (await listOwnLines(tx, merchantId, chunk)).flatMap(entriesOf)
    const stored = await listEntries(tx, merchantId, chunk)
    for (const { statementId, text } of expected)
      if (!stored.some((entry) => entry.statementId === statementId && entry.text === text))
        findings.add('statement', statementId, `missing entry: ${text}`)
    for (const { statementId, text } of stored)
      if (!expected.some((entry) => entry.statementId === statementId && entry.text === text))
        findings.add('statement', statementId, `entry that follows from no line: ${text}`)
  }
}

type EntryText = { readonly statementId: string; readonly text: string }

function entriesOf(line: OwnLine): EntryText[] {
  const drafts = [
    postClosedLine(line, businessDate(line.closingOn)),
    ...(line.paidOn === null ? [] : [postPaidLine(line, businessDate(line.paidOn))]),
  ]
  return drafts.flatMap((draft) =>
    draft === undefined ? [] : [{ statementId: line.statementId, text: textOf(line.line, draft) }],
  )
}

function textOf(sequence: number, draft: JournalDraft): string {
  const lines = draft.lines.map((line) =>
    [line.account, line.subAccount ?? '-', line.taxClass ?? '-', line.amountYen].join('|'),
  )
  return `${sequence} ${draft.kind} ${draft.bookedOn} ${lines.join(' ')}`
}

async function listIds(tx: Kysely<Database>, merchantId: string): Promise<string[]> {
  const rows = await tx.selectFrom('statement').select('statementId').where('merchantId', '=', merchantId).execute()
  return rows.map((row) => row.statementId)
}

async function listEntries(tx: Kysely<Database>, merchantId: string, ids: readonly string[]): Promise<EntryText[]> {
  const { rows } = await sql<EntryText>`
    select j.statement_id, concat_ws(' ', j.sequence, j.kind, j.booked_on,
        string_agg(concat_ws('|', p.account, coalesce(p.sub_account, '-'), coalesce(p.tax_class, '-'), p.amount_yen), ' ' order by p.line)) as text
      from journal_entry j join posting p on p.merchant_id = j.merchant_id and p.entry_id = j.entry_id
      where j.merchant_id = ${merchantId}::uuid and j.statement_id = any(${ids}::uuid[]) group by j.merchant_id, j.entry_id`.execute(
    tx,
  )
  return rows
}

/** Lines against the head, fees against their line, and the bank's entries against the transfer. */
async function listUneven(
  tx: Kysely<Database>,
  merchantId: string,
): Promise<Array<{ statementId: string; problem: string }>> {
  const { rows } = await sql<{ statementId: string; problem: string }>`
    select s.statement_id, 'its lines come to ' || coalesce(l.transfer, 0) || ', its transfer is ' || s.transfer_yen as problem
      from statement s left join (select statement_id, sum(transfer_yen) as transfer, count(*) as lines from statement_line where merchant_id = ${merchantId}::uuid group by statement_id) l using (statement_id)
      where s.merchant_id = ${merchantId}::uuid and (coalesce(l.transfer, 0) <> s.transfer_yen or coalesce(l.lines, 0) <> s.lines)
    union all
    select l.statement_id, 'line ' || l.line || ': its fees do not add up'
      from statement_line l left join (select statement_id, line, sum(amount_yen) as fee, sum(tax_yen) as tax from statement_fee where merchant_id = ${merchantId}::uuid group by statement_id, line) f using (statement_id, line)
      where l.merchant_id = ${merchantId}::uuid and (coalesce(f.fee, 0) <> l.fee_yen or coalesce(f.tax, 0) <> l.fee_tax_yen)`.execute(
    tx,
  )
  return rows
}
