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

export type RowChange = {
  readonly rowNumber: number
  readonly state: ImportRowState
  readonly faults?: readonly ImportFault[]
  readonly paymentId?: string | null
  readonly operationKey?: string | null
  readonly result?: string | null
  readonly reasons?: readonly string[]
  /** `method state`, on the first row of a sale. */
  readonly tally?: string
  readonly amountYen?: number
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
        tally = coalesce(c.tally, r.tally), amount_yen = coalesce(c."amountYen", r.amount_yen),
        reasons = case when c.reasons is null then r.reasons else array(select json_array_elements_text(c.reasons)) end
      from json_to_recordset(${JSON.stringify(changes)}::json)
        as c ("rowNumber" integer, state text, faults jsonb, "paymentId" uuid, "operationKey" text, result text, reasons json, tally text, "amountYen" bigint)
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
