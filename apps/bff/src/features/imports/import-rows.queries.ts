/** Rows of a file, in chunks: kept raw, held against each other, checked, sent and settled. */
import { type Kysely, sql } from 'kysely'
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import type { Database } from '../../db/schema.ts'
import type { ImportRowState } from '@choba/shared/imports/names.ts'

export type StoredRow = {
  readonly rowNumber: number
  readonly line: number
  readonly cells: readonly string[]
  readonly edits: Readonly<Record<string, string>>
  readonly orderNumber: string | null
  readonly slipKey: string | null
  readonly headRow: number | null
  readonly state: ImportRowState
  readonly faults: readonly ImportFault[]
  readonly confirmed: boolean
  readonly attempts: number
  readonly paymentId: string | null
  readonly operationKey: string | null
  readonly result: string | null
  readonly reasons: readonly string[]
}

const ROW = [
  'rowNumber',
  'line',
  'cells',
  'edits',
  'orderNumber',
  'slipKey',
  'headRow',
  'state',
  'faults',
  'confirmed',
  'attempts',
  'paymentId',
  'operationKey',
  'result',
  'reasons',
] as const

export type RunKey = { readonly merchantId: string; readonly runId: string }

function rowsOf(db: Kysely<Database>, { merchantId, runId }: RunKey) {
  return db.selectFrom('importRow').select(ROW).where('merchantId', '=', merchantId).where('runId', '=', runId)
}

export async function insertRows(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  rows: ReadonlyArray<{ readonly n: number; readonly line: number; readonly cells: readonly string[] }>,
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into import_row (merchant_id, run_id, row_number, line, cells, state)
      select ${merchantId}::uuid, ${runId}::uuid, r.n, r.line, array(select json_array_elements_text(r.cells)), 'unchecked'
      from json_to_recordset(${JSON.stringify(rows)}::json) as r (n integer, line integer, cells json)`.execute(tx)
}

/** Rows of a state in their order, behind a place. Served by import_row_by_state. */
export function listRows(
  db: Kysely<Database>,
  key: RunKey,
  page: { readonly state?: ImportRowState | undefined; readonly after: number; readonly limit: number },
): Promise<StoredRow[]> {
  let select = rowsOf(db, key).where('rowNumber', '>', page.after)
  if (page.state !== undefined) select = select.where('state', '=', page.state)
  return select.orderBy('rowNumber').limit(page.limit).execute()
}

/** The next rows of a state that lead their order; the others go with them. */
export function listHeads(
  db: Kysely<Database>,
  key: RunKey,
  state: ImportRowState,
  limit: number,
): Promise<StoredRow[]> {
  return rowsOf(db, key)
    .where('state', '=', state)
    .where('headRow', 'is', null)
    .orderBy('rowNumber')
    .limit(limit)
    .execute()
}

/** Every row of these orders that was not left out, in the order of the file. */
export function listByOrder(db: Kysely<Database>, key: RunKey, orderNumbers: readonly string[]): Promise<StoredRow[]> {
  return rowsOf(db, key)
    .where('orderNumber', '=', sql<string>`any(${orderNumbers}::text[])`)
    .where('state', '<>', 'left_out')
    .orderBy('rowNumber')
    .execute()
}

export async function findRow(db: Kysely<Database>, key: RunKey, rowNumber: number): Promise<StoredRow | undefined> {
  return rowsOf(db, key).where('rowNumber', '=', rowNumber).executeTakeFirst()
}

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

/** `="0123"` and full width, as the reader of values takes them; column −1 is none. */
function cellKey(field: string, column: number | undefined) {
  const cell = sql`coalesce(edits ->> ${field}::text, cells[${(column ?? -1) + 1}])`
  return sql`trim(regexp_replace(trim(normalize(${cell}, NFKC)), '^="(.*)"$', '\\1'))`
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
        head_row = null, faults = '[]', result = null, reasons = '{}', state = case when state = 'left_out' then state else 'unchecked' end
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

export type RowChange = {
  readonly rowNumber: number
  readonly state: ImportRowState
  readonly faults?: readonly ImportFault[]
  readonly paymentId?: string | null
  readonly operationKey?: string | null
  readonly result?: string | null
  readonly reasons?: readonly string[]
}

/** Many rows in one statement; what is not said stays. A row that was left out meanwhile stays left out. */
export async function changeRows(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  changes: readonly RowChange[],
): Promise<void> {
  if (changes.length === 0) return
  await sql`
    update import_row r set state = c.state, faults = coalesce(c.faults, r.faults), payment_id = coalesce(c."paymentId", r.payment_id),
        operation_key = coalesce(c."operationKey", r.operation_key), result = coalesce(c.result, r.result),
        reasons = case when c.reasons is null then r.reasons else array(select json_array_elements_text(c.reasons)) end
      from json_to_recordset(${JSON.stringify(changes)}::json)
        as c ("rowNumber" integer, state text, faults jsonb, "paymentId" uuid, "operationKey" text, result text, reasons json)
      where r.merchant_id = ${merchantId}::uuid and r.run_id = ${runId}::uuid and r.row_number = c."rowNumber"
        and r.row_number = any(${changes.map((change) => change.rowNumber)}::integer[]) and r.state <> 'left_out'`.execute(
    tx,
  )
}

export async function editRow(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  rowNumber: number,
  set: {
    readonly edits?: Readonly<Record<string, string>>
    readonly confirmed?: boolean
    readonly state?: ImportRowState
    readonly attempts?: number
  },
): Promise<void> {
  const { edits, ...rest } = set
  await tx
    .updateTable('importRow')
    .set({ ...rest, ...(edits && { edits: JSON.stringify(edits) }) })
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .where('rowNumber', '=', rowNumber)
    .execute()
}

/** Rows that only warn are right, all at once; they and what stands beside them are checked anew. */
export async function confirmWarnings(tx: Kysely<Database>, { merchantId, runId }: RunKey): Promise<void> {
  await sql`
    update import_row set state = 'unchecked', confirmed = confirmed or not faults @? '$[*] ? (@.level == "error")'
      where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid and state = 'faulty'`.execute(tx)
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

/** Failed rows go once more, under a new key; where a payment stands already, only as far as `only` lets them. Answers how many. */
export async function retryFailed(
  tx: Kysely<Database>,
  { merchantId, runId }: RunKey,
  only: 'all' | 'without_payment',
): Promise<number> {
  let update = tx
    .updateTable('importRow')
    .set((eb) => ({
      state: 'ready',
      attempts: eb('attempts', '+', 1),
      operationKey: null,
      result: null,
      reasons: [],
    }))
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .where('state', '=', 'failed')
  if (only === 'without_payment') update = update.where('paymentId', 'is', null)
  const done = await update.executeTakeFirst()
  return Number(done.numUpdatedRows)
}

export async function hasRows(
  db: Kysely<Database>,
  { merchantId, runId }: RunKey,
  state: ImportRowState,
): Promise<boolean> {
  const row = await db
    .selectFrom('importRow')
    .select('rowNumber')
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .where('state', '=', state)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type OperationEnd = {
  readonly key: string
  readonly state: string
  readonly codes: readonly string[]
  readonly paymentId: string
}

/** What became of what was asked, by the keys it was asked under. */
export async function listOperationEnds(
  db: Kysely<Database>,
  merchantId: string,
  keys: readonly string[],
): Promise<OperationEnd[]> {
  if (keys.length === 0) return []
  return db
    .selectFrom('operation')
    .select(['idempotencyKey as key', 'state', 'codes', 'paymentId'])
    .where('merchantId', '=', merchantId)
    .where('idempotencyKey', '=', sql<string>`any(${keys}::text[])`)
    .execute()
}
