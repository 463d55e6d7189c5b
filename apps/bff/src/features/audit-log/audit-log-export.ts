/** The audit log as a file: what was before and after stands there as JSON. */
import { sql } from 'kysely'
import { auditColumns } from '@choba/shared/columns/audit-log.ts'
import type { AuditExportQuery, AuditTotals } from '@choba/shared/contracts/audit-log.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { listActors } from '../../db/people.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { wordedColumns } from '../../exports/worded-columns.ts'
import { auditTotalsSql, auditWhere } from './audit-log.queries.ts'
import type { AuditLogDeps } from './audit-log.service.ts'

export function auditLogExport({ db }: AuditLogDeps): ListExport<AuditExportQuery, AuditTotals> {
  return {
    name: 'audit_log',
    async open(within, query) {
      const { merchantId } = within
      const actors = await listActors(db, merchantId)
      return {
        columns: wordedColumns(auditColumns, query.language, labels(query.language).audit_column, {
          actorId: new Map(actors.map(({ id, name }) => [id, name])),
        }),
        from: sql`from (select a.at, a.actor_kind, a.actor_id, a.action, a.subject_kind, a.subject_id, a.reason, a.before::text as before, a.after::text as after,
            a.ip, a.user_agent, a.request_id, a.audit_id::text as audit_id from audit_log a where ${auditWhere(merchantId, query)}) line where true`,
        orderBy: sql`order by audit_id desc`,
        rowKey: sql`hit.audit_id`,
        async totals() {
          const [totals] = await within.query<AuditTotals>(auditTotalsSql(merchantId, query))
          return totals as AuditTotals // an aggregate without groups has exactly one row
        },
      }
    },
  }
}
