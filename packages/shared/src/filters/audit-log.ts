/** The filter of the audit log: list and export compile from it. */
import * as z from 'zod/mini'

const ACTOR_KINDS = ['person', 'key', 'job', 'provider', 'visitor'] as const

const word = z.string().check(z.regex(/^[a-z_]{1,40}$/))
const id = z.string().check(z.minLength(1), z.maxLength(100))

export const auditConditions = {
  actor: z.optional(z.enum(ACTOR_KINDS)),
  /** Whoever did it: a person's or a key's id. */
  actorId: z.optional(id),
  /** What stands before the dot of an action: `payment`, `member`, … */
  family: z.optional(word),
  action: z.optional(z.string().check(z.regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/))),
  subjectKind: z.optional(word),
  subjectId: z.optional(id),
  /** Days in Asia/Tokyo, both included. */
  from: z.optional(z.iso.date()),
  to: z.optional(z.iso.date()),
}

export const auditFilter = z.object(auditConditions)
export type AuditFilter = z.output<typeof auditFilter>
