import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { auditConditions } from '../filters/audit-log.ts'
import { exportChoice } from '../filters/export.ts'
import { manyOf } from '../filters/list.ts'
import { personal } from '../personal.ts'

export const auditRow = z.object({
  id: z.string(),
  at: z.string(),
  /** The name is null for what is no person or key, or is one no more. */
  actor: z.object({ kind: z.string(), id: z.nullable(z.string()), name: z.nullable(z.string()) }),
  action: z.string(),
  /** The name of a person; null for everything else. */
  subject: z.object({ kind: z.string(), id: z.string(), name: z.nullable(z.string()) }),
  before: personal('tree', z.unknown()),
  after: personal('tree', z.unknown()),
  reason: z.nullable(z.string()),
  /** From where: null in what a job does. */
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
})
export type AuditRow = z.infer<typeof auditRow>

export const auditTotals = z.object({ count: z.int() })
export type AuditTotals = z.infer<typeof auditTotals>

const exportQuery = z.object({ ...auditConditions, ...exportChoice })

export const auditLog = {
  /** Who did what, newest first. Days in Asia/Tokyo, both included. */
  list: contract({
    method: 'GET',
    path: '/api/audit-log',
    permission: 'audit.read',
    query: z.object({ ...auditConditions, cursor: z.optional(z.uuid()) }),
    response: z.object({ items: z.array(auditRow), nextCursor: z.nullable(z.string()) }),
  }),
  /** Everybody and every key that may stand in the log under a name, for its filter. */
  actors: contract({
    method: 'GET',
    path: '/api/audit-log/actors',
    permission: 'audit.read',
    response: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/audit-log/export/check',
    permission: 'audit.read',
    query: exportQuery,
    response: z.object({ totals: auditTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
  /** Whether the sealed entries still stand as they were written. */
  check: contract({
    method: 'GET',
    path: '/api/audit-log/check',
    permission: 'audit.read',
    response: z.object({ sealed: z.int(), findings: z.int() }),
  }),
} as const

export const AUDIT_EXPORT_PATH = '/api/audit-log/export.csv'
export const auditExportQuery = z.extend(exportQuery, { substitute: z.optional(manyOf(['geta'])) })
export type AuditExportQuery = z.output<typeof auditExportQuery>
