import * as z from 'zod/mini'
import { contract } from '../contract.ts'

export const ACTOR_KINDS = ['person', 'key', 'job', 'provider'] as const

export const auditRow = z.object({
  id: z.string(),
  at: z.string(),
  /** The name is null for what is no person or key, or is one no more. */
  actor: z.object({ kind: z.string(), id: z.nullable(z.string()), name: z.nullable(z.string()) }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.nullable(z.string()),
  /** From where: null in what a job does. */
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
})
export type AuditRow = z.infer<typeof auditRow>

const word = z.string().check(z.regex(/^[a-z_]{1,40}$/))

export const auditLog = {
  /** Who did what, newest first. Days in Asia/Tokyo, both included. */
  list: contract({
    method: 'GET',
    path: '/api/audit-log',
    permission: 'audit.read',
    query: z.object({
      actor: z.optional(z.enum(ACTOR_KINDS)),
      /** What stands before the dot of an action: `payment`, `member`, … */
      family: z.optional(word),
      subjectKind: z.optional(word),
      subjectId: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
      from: z.optional(z.iso.date()),
      to: z.optional(z.iso.date()),
      cursor: z.optional(z.uuid()),
    }),
    response: z.object({ items: z.array(auditRow), nextCursor: z.nullable(z.string()) }),
  }),
  /** Whether the sealed entries still stand as they were written. */
  check: contract({
    method: 'GET',
    path: '/api/audit-log/check',
    permission: 'audit.read',
    response: z.object({ sealed: z.int(), findings: z.int() }),
  }),
} as const
