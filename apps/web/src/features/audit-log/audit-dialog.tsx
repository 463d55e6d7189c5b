/** One entry: from where it came, and what it changed. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AuditRow } from '@choba/shared/contracts/audit-log.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './audit-log.module.css'
import type { AuditSearch } from './audit-search.ts'
import { aboutOf, doneOf } from './audit-words.ts'
import { changedKeys } from './changed-keys.ts'

type AuditDialogProps = {
  readonly row: AuditRow
  /** Shows only entries like this one. */
  readonly onNarrow: (search: AuditSearch) => void
  readonly onClose: () => void
}

export function AuditDialog({ row, onNarrow, onClose }: AuditDialogProps) {
  const { audit_log: words, app } = useWords()
  const language = useLanguage()
  const changed = changedKeys(row.before, row.after, language)
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={doneOf(row, language)}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <Stack gap="md">
        <Facts
          facts={[
            [words.when, formatInstant(row.at, language)],
            [words.who, row.actor.name ?? label(language, 'audit_actor', row.actor.kind)],
            [words.about, aboutOf(row, language)],
            [words.subject_id, row.subject.id],
            [words.reason, row.reason],
            [words.where, row.ip],
            [words.agent, row.userAgent],
            [words.request, row.requestId],
          ]}
        />
        <Group gap="xs">
          {row.actor.id === null ? null : <Narrow text={words.only_by} onClick={() => onNarrow(byActor(row))} />}
          <Narrow text={words.only_of} onClick={() => onNarrow(ofSubject(row))} />
        </Group>
        {row.subject.kind === 'payment' ? (
          <Link className="link-button" to="/payments/$id" params={{ id: row.subject.id }}>
            {words.payment_open}
          </Link>
        ) : null}
        {changed.length === 0 ? (
          <p className="soft">{words.no_change}</p>
        ) : (
          <PlainTable
            caption={`${words.before} → ${words.after}`}
            columns={[{ name: words.field }, { name: words.before }, { name: words.after }]}
            rows={changed.map(({ key, before, after }) => ({
              key,
              cells: [
                key,
                <span key="before" className={styles.value}>
                  {before}
                </span>,
                <span key="after" className={styles.value}>
                  {after}
                </span>,
              ],
            }))}
          />
        )}
      </Stack>
    </Modal>
  )
}

function Narrow({ text, onClick }: { readonly text: string; readonly onClick: () => void }) {
  return (
    <Button size="compact-xs" variant="default" onClick={onClick}>
      {text}
    </Button>
  )
}

function byActor({ actor }: AuditRow): AuditSearch {
  return actor.id === null ? {} : { actorId: actor.id }
}

function ofSubject({ subject }: AuditRow): AuditSearch {
  return { subjectKind: subject.kind, subjectId: subject.id }
}
