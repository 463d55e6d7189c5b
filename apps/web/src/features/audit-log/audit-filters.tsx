import { NativeSelect, TextInput } from '@mantine/core'
import { useWords } from '../../i18n/language.ts'
import styles from './audit-log.module.css'

export const FILTERS = ['actor', 'family', 'subjectKind', 'subjectId', 'from', 'to'] as const
export type Filter = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>

type AuditFiltersProps = { readonly value: Filter; readonly onChange: (next: Filter) => void }

export function AuditFilters({ value, onChange }: AuditFiltersProps) {
  const { audit_log: words, audit_actor, audit_family, audit_subject } = useWords()
  function set(name: keyof Filter, next: string): void {
    const { [name]: _before, ...rest } = value
    onChange(next === '' ? rest : { ...rest, [name]: next })
  }
  const selects = [
    ['actor', words.actor, audit_actor],
    ['family', words.family, audit_family],
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
