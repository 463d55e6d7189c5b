import type { Kysely } from 'kysely'
import type { Actor } from '../core/actor.ts'
import { requestOrigin } from '../core/request-origin.ts'
import { maskTree } from '@choba/shared/personal.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { Database } from '../db/schema.ts'

export type AuditEntry = {
  readonly merchantId: string
  /** A visitor is somebody at the door: who, is not known. */
  readonly actor: Actor | { readonly kind: 'visitor'; readonly id: null }
  /** A verb of the field: `payment.capture`, `session.end_all`, `connection.change`. */
  readonly action: string
  readonly subject: { readonly kind: string; readonly id: string }
  /** States and amounts; never secrets. What names a customer is masked before it is written: the log is sealed, and nothing could be erased from it. */
  readonly before?: unknown
  readonly after?: unknown
  readonly reason?: string
}

/** Says who did what, and from where when a request asked for it, in the transaction that does it: neither exists without the other. */
export function audit(tx: Kysely<Database>, entry: AuditEntry): Promise<void> {
  return auditMany(tx, [entry])
}

/**
 * A setting put in place of another: nothing is written, and nothing told, where it says what stood there already. Both are
 * compared as they are told.
 */
export async function replaceSetting(
  tx: Kysely<Database>,
  entry: Omit<AuditEntry, 'before' | 'after'>,
  { before, after }: { readonly before: unknown; readonly after: unknown },
  put: () => Promise<void>,
): Promise<void> {
  if (toJson(before) === toJson(after)) return
  await put()
  await audit(tx, { ...entry, before, after })
}

/** Many entries in one statement. */
export async function auditMany(tx: Kysely<Database>, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const origin = requestOrigin()
  const rows = entries.map((entry) => ({
    merchantId: entry.merchantId,
    auditId: uuidv7(),
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    before: toJson(toldOf(entry, entry.before)),
    after: toJson(toldOf(entry, entry.after)),
    reason: entry.reason ?? null,
    ip: origin?.ip ?? null,
    userAgent: origin?.userAgent ?? null,
    requestId: origin?.requestId ?? null,
  }))
  await tx.insertInto('auditLog').values(rows).execute()
}

/** Things a customer stands behind; of the merchant's own people and shops the log tells names. */
const OF_CUSTOMERS: readonly string[] = ['payment', 'operation', 'payment_link', 'subscription', 'customer', 'order']

function toldOf({ subject }: AuditEntry, told: unknown): unknown {
  return OF_CUSTOMERS.includes(subject.kind) ? maskTree(told) : told
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
