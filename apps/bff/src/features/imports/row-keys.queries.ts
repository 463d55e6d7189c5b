/** What rows of a file are held against each other by: their order, and their slip number. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { RunKey } from './import-rows.queries.ts'

/** Which lines carry a slip number, and for which order. */
export function listSlipLines(
  db: Kysely<Database>,
  { merchantId, runId }: RunKey,
  slipKeys: readonly string[],
): Promise<Array<{ slipKey: string | null; orderNumber: string | null; line: number; rowNumber: number }>> {
  return db
    .selectFrom('importRow')
    .select(['slipKey', 'orderNumber', 'line', 'rowNumber'])
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .where('slipKey', '=', sql<string>`any(${slipKeys}::text[])`)
    .where('state', '<>', 'left_out')
    .orderBy('rowNumber')
    .execute()
}

const WHITE = ' \t\r\n\v\f\u00a0\ufeff'

/** `="0123"` and full width, as the reader of values takes them; column −1 is none. */
function cellKey(field: string, column: number | undefined) {
  const cell = sql`coalesce(edits ->> ${field}::text, cells[${(column ?? -1) + 1}])`
  return sql`btrim(regexp_replace(btrim(normalize(${cell}, NFKC), ${WHITE}), '^="(.*)"$', '\\1'), ${WHITE})`
}

/**
 * What rows are held against each other by, for the whole file or for some rows. Slip numbers are compared without
 * hyphens. Rows that were checked are checked anew; a row that is left out stays so.
 */
export async function keyRows(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  columns: { readonly orderNumber?: number | undefined; readonly slipNumber?: number | undefined },
  only?: readonly number[],
): Promise<void> {
  await sql`
    update import_row set order_number = nullif(${cellKey('orderNumber', columns.orderNumber)}, ''),
        slip_key = nullif(regexp_replace(${cellKey('slipNumber', columns.slipNumber)}, '[-\\s‐―−ー]', '', 'g'), ''),
        head_row = null, faults = '[]', result = null, reasons = '{}', tally = null, amount_yen = null,
        state = case when state = 'left_out' and not (faults @> '[{"code":"skipped"}]' or faults @> '[{"code":"known_same"}]') then state else 'unchecked' end
      where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid
        and ${only === undefined ? sql`true` : sql`row_number = any(${only}::integer[])`}`.execute(tx)
}

/**
 * The first row of each order leads; the others point at it. For the whole file, or for some orders, which are checked
 * anew. Found first and written by their numbers: joined to itself, a file that was never analyzed takes minutes.
 */
export async function leadRows(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  orderNumbers?: readonly string[],
): Promise<void> {
  const named =
    orderNumbers === undefined ? sql`order_number is not null` : sql`order_number = any(${orderNumbers}::text[])`
  if (orderNumbers !== undefined)
    await sql`
      update import_row set head_row = null,
          state = case when state in ('ready', 'faulty') or (state = 'failed' and payment_id is null) then 'unchecked' else state end
        where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid and ${named} and state <> 'left_out'`.execute(
      tx,
    )
  const { rows } = await sql<{ rowNumber: number; head: number }>`
    select row_number, head from (
        select row_number, min(row_number) over (partition by order_number) as head from import_row
          where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid and ${named} and state <> 'left_out') led
      where row_number <> head`.execute(tx)
  if (rows.length === 0) return
  await sql`
    update import_row r set head_row = l.head
      from json_to_recordset(${JSON.stringify(rows)}::json) as l ("rowNumber" integer, head integer)
      where r.merchant_id = ${merchantId}::uuid and r.run_id = ${runId}::uuid and r.row_number = l."rowNumber"
        and r.row_number = any(${rows.map((row) => row.rowNumber)}::integer[])`.execute(tx)
}

/** Rows with the same slip number as a changed one are looked at again. */
export async function uncheckSlips(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  slipKeys: readonly string[],
): Promise<void> {
  await tx
    .updateTable('importRow')
    .set({ state: 'unchecked' })
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .where('slipKey', '=', sql<string>`any(${slipKeys}::text[])`)
    .where('state', 'in', ['ready', 'faulty'])
    .execute()
}

/** All rows of an order, out or in again: half an order is none. */
export async function leaveOutOrder(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  orderNumber: string,
  isOut: boolean,
): Promise<void> {
  await tx
    .updateTable('importRow')
    .set({ state: isOut ? 'left_out' : 'unchecked', headRow: null })
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .where('orderNumber', '=', orderNumber)
    .where('paymentId', 'is', null)
    .execute()
}
