import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { auditLog } from '@choba/shared/contracts/audit-log.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listActors, listNames } from '../../db/people.ts'
import { checkAudit } from '../../ledger/audit-chain.ts'
import { Findings } from '../../ledger/findings.ts'
import { countSeals, listAudit } from './audit-log.queries.ts'

export type AuditLogDeps = { readonly db: Db; readonly clock: Clock }

export async function getAuditLog(
  { db }: AuditLogDeps,
  { merchantId }: Session,
  filter: Parsed<typeof auditLog.list>['query'],
): Promise<Output<typeof auditLog.list>> {
  const { rows, nextCursor } = await listAudit(db.merchant(merchantId), merchantId, filter)
  const ids = rows.flatMap(({ actorId, subjectKind, subjectId }) => [
    ...(actorId === null ? [] : [actorId]),
    ...(subjectKind === 'user' ? [subjectId] : []),
  ])
  const names = await listNames(db, merchantId, [...new Set(ids)])
  const items = rows.map((row) => ({
    id: row.auditId,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: names.get(row.actorId ?? '') ?? null },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: names.get(row.subjectId) ?? null },
    before: row.before,
    after: row.after,
    reason: row.reason,
    ip: row.ip,
    userAgent: row.userAgent,
    requestId: row.requestId,
  }))
  return { items, nextCursor }
}

export async function getActors(
  { db }: AuditLogDeps,
  { merchantId }: Session,
): Promise<Output<typeof auditLog.actors>> {
  return { items: await listActors(db, merchantId) }
}

/** The chain runs through all shops, so it is walked as the owner: who sees some of them would find gaps. */
export async function getAuditCheck(
  { db }: AuditLogDeps,
  { merchantId }: Session,
): Promise<Output<typeof auditLog.check>> {
  const findings = new Findings()
  await checkAudit(db.owner, merchantId, findings)
  return { sealed: await countSeals(db.owner, merchantId), findings: findings.list.length }
}
