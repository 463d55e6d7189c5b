/** An entry in words. */
import type { AuditRow } from '@choba/shared/contracts/audit-log.ts'
import { fill, label, type Language, labels } from '@choba/shared/labels/labels.ts'

/** What was done; of a sign-in also how. */
export function doneOf({ action, after }: AuditRow, language: Language): string {
  const done = label(language, 'audit_action', action)
  if (!action.startsWith('session.sign_in')) return done
  const how = typeof after === 'object' && after !== null && 'how' in after ? String(after.how) : ''
  return how === '' ? done : fill(labels(language).audit_log.done_by, { done, how: label(language, 'audit_how', how) })
}

/** About what; a person by name. */
export function aboutOf({ subject }: AuditRow, language: Language): string {
  return subject.name ?? label(language, 'audit_subject', subject.kind)
}
