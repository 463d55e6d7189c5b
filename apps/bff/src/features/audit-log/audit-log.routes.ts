import { AUDIT_EXPORT_PATH, auditExportQuery, auditLog } from '@choba/shared/contracts/audit-log.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { auditLogExport } from './audit-log-export.ts'
import { type AuditLogDeps, getActors, getAuditCheck, getAuditLog } from './audit-log.service.ts'

export function mountAuditLog(app: App, deps: AuditLogDeps): void {
  const list = auditLogExport(deps)
  mount(app, auditLog.list, ({ query }, session) => getAuditLog(deps, session, query))
  mount(app, auditLog.actors, (_input, session) => getActors(deps, session))
  mount(app, auditLog.check, (_input, session) => getAuditCheck(deps, session))
  mount(app, auditLog.checkExport, ({ query }, session) => checkListExport(deps, session, list, query))
  app.get(AUDIT_EXPORT_PATH, async (c) => {
    const session = authorize(c, auditLog.checkExport.permission)
    const query = parseInput(auditExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, list, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
}
