import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { auditLog } from '@choba/shared/contracts/audit-log.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './audit-log.module.css'
import { type AuditSearch, parseAuditSearch } from './audit-search.ts'

type AuditFiltersProps = { readonly value: AuditSearch; readonly onChange: (next: AuditSearch) => void }

export function AuditFilters({ value, onChange }: AuditFiltersProps) {
  const { audit_log: words, audit_actor, audit_family, audit_action, audit_subject } = useWords()
  const { data: actors } = useQuery(q(auditLog.actors, {}))
  function set(name: keyof AuditSearch, next: string): void {
    // Another family has other actions.
    onChange(parseAuditSearch({ ...value, [name]: next, ...(name === 'family' && { action: '' }) }))
  }
  const selects = [
    ['actor', words.actor, audit_actor],
    ['actorId', words.person, Object.fromEntries(actors?.items.map(({ id, name }) => [id, name]) ?? [])],
    ['family', words.family, audit_family],
    ['action', words.what, actionsOf(audit_action, value.family)],
    ['subjectKind', words.subject, audit_subject],
  ] as const
  const inputs = [
    ['subjectId', words.subject_id, 'text'],
    ['from', words.from, 'date'],
    ['to', words.to, 'date'],
  ] as const
  return (
    <div className={styles.filters}>
      {selects.map(([name, title, choices]) => (
        <NativeSelect
          key={name}
          size="xs"
          label={title}
          value={value[name] ?? ''}
          onChange={(event) => set(name, event.currentTarget.value)}
          data={[
            { value: '', label: words.any },
            ...Object.entries(choices).map(([code, text]) => ({ value: code, label: text })),
          ]}
        />
      ))}
      {inputs.map(([name, title, type]) => (
        <TextInput
          key={name}
          size="xs"
          type={type}
          label={title}
          maxLength={100}
          value={value[name] ?? ''}
          onChange={(event) => set(name, event.currentTarget.value)}
        />
      ))}
    </div>
  )
}

function actionsOf(words: Readonly<Record<string, string>>, family: string | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).filter(([action]) => family === undefined || action.startsWith(`${family}.`)),
  )
}
