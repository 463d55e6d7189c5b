import { type Kysely, type Selectable, sql } from 'kysely'
import type { ExportList } from '@choba/shared/contracts/exports.ts'
import { decodePlace, encodePlace, INSTANT_PATTERN, instantText, UUID_PATTERN } from '../../db/list-cursor.ts'
import type { Database } from '../../db/schema.ts'
import type { ExportRunTable } from '../../db/tables/exports.ts'
import { type MailCounts, mailCounts } from './deliveries.queries.ts'

export type ExportRun = Selectable<ExportRunTable>
export type ListedRun = ExportRun & MailCounts & { readonly downloads: number; readonly schedule: string | null }
export type ExportKey = { readonly merchantId: string; readonly exportId: string }

const PAGE_ROWS = 50
const ORDER = 'askedAt.desc'

/** Newest first. Served by export_run_by_time. */
export async function listExportRuns(
  db: Kysely<Database>,
  merchantId: string,
  seen: readonly ExportList[],
  { list, cursor }: { readonly list?: ExportList | undefined; readonly cursor?: string | undefined },
): Promise<{ items: ListedRun[]; nextCursor: string | null }> {
  const place = cursor === undefined ? undefined : decodePlace(ORDER, cursor, [INSTANT_PATTERN, UUID_PATTERN])
  const { rows } = await sql<ListedRun & { place: string }>`
    select r.*, ${sql.raw(instantText('r.asked_at'))} as place,
        (select count(*) from export_download d where d.merchant_id = r.merchant_id and d.export_id = r.export_id)::int as downloads,
        s.name as schedule, m.mails_failed, m.mails_waiting, m.mailed_at
      from export_run r
        left join export_schedule s on s.merchant_id = r.merchant_id and s.schedule_id = r.schedule_id
        cross join lateral (${mailCounts('r')}) m
      where r.merchant_id = ${merchantId}::uuid and r.list = any(${seen}::text[])
        and ${list === undefined ? sql`true` : sql`r.list = ${list}`}
        and ${place === undefined ? sql`true` : sql`(r.asked_at, r.export_id) < (${place[0]}::timestamptz, ${place[1]}::uuid)`}
      order by r.asked_at desc, r.export_id desc limit ${PAGE_ROWS + 1}`.execute(db)
  const items = rows.slice(0, PAGE_ROWS)
  const last = items.at(-1)
  return {
    items,
    nextCursor: rows.length > PAGE_ROWS && last ? encodePlace(ORDER, [last.place, last.exportId]) : null,
  }
}

export function findExportRun(
  db: Kysely<Database>,
  { merchantId, exportId }: ExportKey,
): Promise<ExportRun | undefined> {
  return db
    .selectFrom('exportRun')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('exportId', '=', exportId)
    .executeTakeFirst()
}

export function lockExportRun(
  tx: Kysely<Database>,
  { merchantId, exportId }: ExportKey,
): Promise<ExportRun | undefined> {
  return tx
    .selectFrom('exportRun')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('exportId', '=', exportId)
    .forUpdate()
    .executeTakeFirst()
}

type Unset =
  | 'view'
  | 'rows'
  | 'rowsWritten'
  | 'totals'
  | 'bytes'
  | 'isKept'
  | 'isMasked'
  | 'shopIds'
  | 'delivery'
  | 'deliveredAt'
  | 'deliveryFailure'

/** Undefined when there is one of its key, or of its schedule's time, already. */
export async function insertExportRun(
  tx: Kysely<Database>,
  run: Omit<ExportRun, Unset> & {
    readonly view: string
    readonly delivery: string | null
    readonly shopIds?: string[] | null
  },
): Promise<ExportRun | undefined> {
  return tx
    .insertInto('exportRun')
    .values(run)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export function findByKey(db: Kysely<Database>, merchantId: string, key: string): Promise<ExportRun | undefined> {
  return db
    .selectFrom('exportRun')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('idempotencyKey', '=', key)
    .executeTakeFirst()
}

type Change = Partial<
  Pick<
    ExportRun,
    | 'state'
    | 'isMasked'
    | 'fileName'
    | 'rows'
    | 'rowsWritten'
    | 'bytes'
    | 'sha256'
    | 'failureCode'
    | 'failureCount'
    | 'endedAt'
    | 'keptUntil'
    | 'deliveredAt'
    | 'deliveryFailure'
  >
> & { readonly totals?: string }

/** Answers whether it was in one of the states. */
export async function moveExportRun(
  db: Kysely<Database>,
  { merchantId, exportId }: ExportKey,
  from: ReadonlyArray<ExportRun['state']>,
  change: Change,
): Promise<boolean> {
  const moved = await db
    .updateTable('exportRun')
    .set(change)
    .where('merchantId', '=', merchantId)
    .where('exportId', '=', exportId)
    .where('state', 'in', from)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

export async function insertChunk(
  tx: Kysely<Database>,
  { merchantId, exportId }: ExportKey,
  number: number,
  body: Buffer,
): Promise<void> {
  await tx.insertInto('exportChunk').values({ merchantId, exportId, number, body }).execute()
}

export async function deleteChunks(db: Kysely<Database>, { merchantId, exportId }: ExportKey): Promise<void> {
  await db.deleteFrom('exportChunk').where('merchantId', '=', merchantId).where('exportId', '=', exportId).execute()
}

export async function insertDownload(
  db: Kysely<Database>,
  { merchantId, exportId }: ExportKey,
  taken: { readonly downloadId: string; readonly userId: string; readonly at: Date },
): Promise<void> {
  await db
    .insertInto('exportDownload')
    .values({ merchantId, exportId, ...taken })
    .execute()
}

export function listDownloads(
  db: Kysely<Database>,
  { merchantId, exportId }: ExportKey,
): Promise<Array<{ userId: string; at: Date }>> {
  return db
    .selectFrom('exportDownload')
    .select(['userId', 'at'])
    .where('merchantId', '=', merchantId)
    .where('exportId', '=', exportId)
    .orderBy('at', 'desc')
    .limit(200)
    .execute()
}

/** Of every merchant: files whose last day is over lose their bytes. Answers how many. */
export async function dropOverdueFiles(owner: Kysely<Database>, today: string): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`
    with over as (
      update export_run set is_kept = false where is_kept and kept_until < ${today}::date returning merchant_id, export_id
    ), dropped as (
      delete from export_chunk c using over where c.merchant_id = over.merchant_id and c.export_id = over.export_id
    )
    select count(*)::int as dropped from over`.execute(owner)
  return rows[0]?.dropped ?? 0
}
