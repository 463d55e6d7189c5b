import { auditLog } from '@choba/shared/contracts/audit-log.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { type AuditLogDeps, getAuditCheck, getAuditLog } from './audit-log.service.ts'

export function mountAuditLog(app: App, deps: AuditLogDeps): void {
  mount(app, auditLog.list, ({ query }, session) => getAuditLog(deps, session, query))
  mount(app, auditLog.check, (_input, session) => getAuditCheck(deps, session))
}
