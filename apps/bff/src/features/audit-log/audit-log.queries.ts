/** The audit log: one predicate for the list and its export. */
import type { AuditTotals } from '@choba/shared/contracts/audit-log.ts'
import type { AuditFilter } from '@choba/shared/filters/audit-log.ts'
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { AuditLogTable, Database } from '../../db/schema.ts'

export type AuditRecord = Selectable<AuditLogTable>

const PAGE = 50

/** Over `audit_log a`. Served by audit_log_by_action, _by_actor, _by_subject, or else by the key, which runs by time. */
export function auditWhere(merchantId: string, filter: AuditFilter): RawBuilder<boolean> {
  const { actor, actorId, family, action, subjectKind, subjectId, from, to } = filter
  const parts: RawBuilder<unknown>[] = [
    sql`a.merchant_id = ${merchantId}::uuid`,
    ...(actor === undefined ? [] : [sql`a.actor_kind = ${actor}`]),
    ...(actorId === undefined ? [] : [sql`a.actor_id = ${actorId}`]),
    // `/` is what follows the dot: a range, which an index can serve.
    ...(family === undefined
      ? []
      : [sql`a.action collate "C" >= ${`${family}.`} and a.action collate "C" < ${`${family}/`}`]),
    ...(action === undefined ? [] : [sql`a.action collate "C" = ${action}`]),
    ...(subjectKind === undefined ? [] : [sql`a.subject_kind = ${subjectKind}`]),
    ...(subjectId === undefined ? [] : [sql`a.subject_id = ${subjectId}`]),
    ...(from === undefined ? [] : [sql`a.at >= ${from}::date::timestamp at time zone 'Asia/Tokyo'`]),
    ...(to === undefined ? [] : [sql`a.at < (${to}::date + 1)::timestamp at time zone 'Asia/Tokyo'`]),
  ]
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** Newest first: the id is made by time. */
export async function listAudit(
  db: Kysely<Database>,
  merchantId: string,
  { cursor, ...filter }: AuditFilter & { readonly cursor?: string | undefined },
): Promise<{ rows: AuditRecord[]; nextCursor: string | null }> {
  const beyond = cursor === undefined ? sql`true` : sql`a.audit_id < ${cursor}::uuid`
  const { rows: found } = await sql<AuditRecord>`
    select a.* from audit_log a where ${auditWhere(merchantId, filter)} and ${beyond}
      order by a.audit_id desc limit ${PAGE + 1}`.execute(db)
  const rows = found.slice(0, PAGE)
  return { rows, nextCursor: found.length > PAGE ? (rows.at(-1)?.auditId ?? null) : null }
}

export function auditTotalsSql(merchantId: string, filter: AuditFilter): RawBuilder<AuditTotals> {
  return sql`select count(*) as count from audit_log a where ${auditWhere(merchantId, filter)}`
}

export async function countSeals(db: Kysely<Database>, merchantId: string): Promise<number> {
  const { count } = await db
    .selectFrom('auditSeal')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('merchantId', '=', merchantId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
