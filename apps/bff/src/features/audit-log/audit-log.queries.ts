import { type Kysely, type Selectable, sql } from 'kysely'
import type { AuditLogTable, Database } from '../../db/schema.ts'

export type AuditRecord = Selectable<AuditLogTable>
export type AuditFilter = {
  readonly actor?: string | undefined
  readonly family?: string | undefined
  readonly subjectKind?: string | undefined
  readonly subjectId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly cursor?: string | undefined
}

const PAGE = 50

/** Newest first: the id is made by time. */
export async function listAudit(
  db: Kysely<Database>,
  merchantId: string,
  { actor, family, subjectKind, subjectId, from, to, cursor }: AuditFilter,
): Promise<{ rows: AuditRecord[]; nextCursor: string | null }> {
  let query = db.selectFrom('auditLog').selectAll().where('merchantId', '=', merchantId)
  if (actor !== undefined) query = query.where('actorKind', '=', actor)
  if (family !== undefined) query = query.where(sql<string>`split_part(action, '.', 1)`, '=', family)
  if (subjectKind !== undefined) query = query.where('subjectKind', '=', subjectKind)
  if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId)
  if (from !== undefined) query = query.where('at', '>=', sql<Date>`${from}::date::timestamp at time zone 'Asia/Tokyo'`)
  if (to !== undefined)
    query = query.where('at', '<', sql<Date>`(${to}::date + 1)::timestamp at time zone 'Asia/Tokyo'`)
  if (cursor !== undefined) query = query.where('auditId', '<', cursor)
  const found = await query
    .orderBy('auditId', 'desc')
    .limit(PAGE + 1)
    .execute()
  const rows = found.slice(0, PAGE)
  return { rows, nextCursor: found.length > PAGE ? (rows.at(-1)?.auditId ?? null) : null }
}

export async function countSeals(db: Kysely<Database>, merchantId: string): Promise<number> {
  const { count } = await db
    .selectFrom('auditSeal')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('merchantId', '=', merchantId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
