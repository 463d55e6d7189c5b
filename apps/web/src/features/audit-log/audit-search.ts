/** The address of the audit log: `/settings/audit?family=member&from=2026-11-01`. */
const CONDITIONS = ['actor', 'actorId', 'family', 'action', 'subjectKind', 'subjectId', 'from', 'to'] as const
export type AuditSearch = Readonly<Partial<Record<(typeof CONDITIONS)[number], string>>>

/** What else stands in the address is dropped; whether a condition makes sense the answer says. */
export function parseAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const named = CONDITIONS.map((name) => [name, raw[name]] as const)
  return Object.fromEntries(named.filter(([, value]) => typeof value === 'string' && value !== ''))
}
