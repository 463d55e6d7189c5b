import { columns } from './column.ts'

/** A row of the audit log's file: what was before and after is written as JSON. */
type AuditLine = Readonly<
  Record<
    | 'at'
    | 'actorKind'
    | 'actorId'
    | 'action'
    | 'subjectKind'
    | 'subjectId'
    | 'reason'
    | 'before'
    | 'after'
    | 'ip'
    | 'userAgent'
    | 'requestId'
    | 'auditId',
    string
  >
>

export const auditColumns = columns<AuditLine>()([
  { id: 'at', kind: 'instant' },
  { id: 'actorKind', kind: 'code', labels: 'audit_actor' },
  { id: 'actorId', kind: 'code' },
  { id: 'action', kind: 'code', labels: 'audit_action' },
  { id: 'subjectKind', kind: 'code', labels: 'audit_subject' },
  { id: 'subjectId', kind: 'id' },
  { id: 'reason', kind: 'text' },
  { id: 'before', kind: 'text' },
  { id: 'after', kind: 'text' },
  { id: 'ip', kind: 'id' },
  { id: 'userAgent', kind: 'text' },
  { id: 'requestId', kind: 'id' },
  { id: 'auditId', kind: 'id' },
])
