/** Runs: one row for each file that was brought in. */
import { type Kysely, sql } from 'kysely'
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import type { ImportMapping } from '@choba/shared/imports/kinds.ts'
import type { ImportReading } from '@choba/shared/imports/words.ts'
import type { Database } from '../../db/schema.ts'
import type { ImportEncoding, ImportKind, ImportState } from '@choba/shared/imports/names.ts'

const PAGE = 50
const RUN = [
  'runId',
  'kind',
  'shopId',
  'fileName',
  'bytes',
  'encoding',
  'delimiter',
  'header',
  'layout',
  'mapping',
  'carrierCode',
  'reading',
  'state',
  'counts',
  'total',
  'createdByName',
  'createdAt',
  'startedBy',
  'startedAt',
  'endedAt',
] as const

/** A run as the code works with it: beside what a screen sees, in whose name it is sent. */
export type Run = ImportRun & { readonly startedBy: string | null }

export async function listRuns(
  db: Kysely<Database>,
  merchantId: string,
  query: { readonly kind?: ImportKind | undefined; readonly cursor?: string | undefined },
): Promise<{ items: Run[]; nextCursor: string | null }> {
  let select = db.selectFrom('importRun').select(RUN).where('merchantId', '=', merchantId)
  if (query.kind !== undefined) select = select.where('kind', '=', query.kind)
  if (query.cursor !== undefined) select = select.where('runId', '<', query.cursor)
  const rows = await select
    .orderBy('runId', 'desc')
    .limit(PAGE + 1)
    .execute()
  const items = rows.slice(0, PAGE).map(runView)
  return { items, nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null }
}

export async function findRun(db: Kysely<Database>, merchantId: string, runId: string): Promise<Run | undefined> {
  const row = await db
    .selectFrom('importRun')
    .select(RUN)
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .executeTakeFirst()
  return row && runView(row)
}

/** Held until the transaction ends: a run changes hands one step at a time. */
export async function lockRun(tx: Kysely<Database>, merchantId: string, runId: string): Promise<Run | undefined> {
  const row = await tx
    .selectFrom('importRun')
    .select(RUN)
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .forUpdate()
    .executeTakeFirst()
  return row && runView(row)
}

/** The same file of the same kind for the same shop, unless it was called off or taken back. */
export async function findSameFile(
  db: Kysely<Database>,
  merchantId: string,
  file: { readonly kind: ImportKind; readonly shopId: string; readonly sha256: string },
): Promise<Run | undefined> {
  const row = await db
    .selectFrom('importRun')
    .select(RUN)
    .where('merchantId', '=', merchantId)
    .where('kind', '=', file.kind)
    .where('shopId', '=', file.shopId)
    .where('sha256', '=', file.sha256)
    .where('state', 'not in', ['cancelled', 'undone'])
    .executeTakeFirst()
  return row && runView(row)
}

type Selected = Omit<Run, 'id' | 'kind' | 'createdBy' | 'createdAt' | 'startedAt' | 'endedAt'> & {
  runId: string
  kind: string
  createdByName: string
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
}

function runView({ runId, kind, createdByName, createdAt, startedAt, endedAt, ...row }: Selected): Run {
  return {
    ...row,
    id: runId,
    kind: kind as ImportKind, // written only from the list of kinds
    createdBy: createdByName,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }
}

export type NewRun = {
  readonly runId: string
  readonly kind: ImportKind
  readonly shopId: string
  readonly fileName: string
  readonly sha256: string
  readonly bytes: number
  readonly encoding: ImportEncoding
  readonly delimiter: string
  readonly header: readonly string[]
  readonly layout: string | null
  readonly mapping: ImportMapping
  readonly carrierCode: string | null
  readonly reading: ImportReading
  readonly state: ImportState
  readonly createdBy: string
  readonly createdByName: string
}

/** Answers false when somebody has brought in the same file in the same moment. */
export async function insertRun(tx: Kysely<Database>, merchantId: string, run: NewRun): Promise<boolean> {
  const inserted = await tx
    .insertInto('importRun')
    .values({
      ...run,
      merchantId,
      header: [...run.header],
      mapping: JSON.stringify(run.mapping),
      reading: JSON.stringify(run.reading),
      total: 0,
      counts: '{}',
      startedBy: null,
      startedAt: null,
      endedAt: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['merchantId', 'kind', 'shopId', 'sha256'])
        .where(sql<boolean>`state not in ('cancelled', 'undone')`)
        .doNothing(),
    )
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export async function setMapping(
  tx: Kysely<Database>,
  merchantId: string,
  runId: string,
  set: {
    readonly mapping: ImportMapping
    readonly carrierCode: string | null
    readonly reading: ImportReading
    readonly layout: string | null
    readonly state: ImportState
  },
): Promise<void> {
  await tx
    .updateTable('importRun')
    .set({ ...set, mapping: JSON.stringify(set.mapping), reading: JSON.stringify(set.reading) })
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .execute()
}

/** Answers false when the run is in none of the states it may come from. */
export async function moveRun(
  tx: Kysely<Database>,
  merchantId: string,
  runId: string,
  move: { readonly from: readonly ImportState[]; readonly to: ImportState; readonly by?: string },
): Promise<boolean> {
  const moved = await tx
    .updateTable('importRun')
    .set({
      state: move.to,
      ...(move.by === undefined ? {} : { startedBy: move.by, startedAt: sql<Date>`coalesce(started_at, now())` }),
      endedAt: move.to === 'done' || move.to === 'cancelled' || move.to === 'undone' ? sql<Date>`now()` : null,
    })
    .where('merchantId', '=', merchantId)
    .where('runId', '=', runId)
    .where('state', 'in', [...move.from])
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}

/** Counted anew from the rows: whatever a crash left behind, the next count is right. */
export async function countRows(tx: Kysely<Database>, merchantId: string, runId: string): Promise<void> {
  await sql`
    update import_run set (counts, total) = (
        select coalesce(jsonb_object_agg(c.state, c.n), '{}'), coalesce(sum(c.n), 0)
          from (select state, count(*) as n from import_row where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid group by state) c)
      where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid`.execute(tx)
}

export async function hasShop(db: Kysely<Database>, merchantId: string, shopId: string): Promise<boolean> {
  const row = await db
    .selectFrom('shop')
    .select('shopId')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .executeTakeFirst()
  return row !== undefined
}
