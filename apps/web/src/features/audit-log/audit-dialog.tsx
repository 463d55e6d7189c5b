/** One entry: from where it came, and what it changed. */
import { Modal, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AuditRow } from '@choba/shared/contracts/audit-log.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './audit-log.module.css'
import { changedKeys } from './changed-keys.ts'

export function AuditDialog({ row, onClose }: { readonly row: AuditRow; readonly onClose: () => void }) {
  const { audit_log: words, app } = useWords()
  const language = useLanguage()
  const changed = changedKeys(row.before, row.after)
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={label(language, 'audit_action', row.action)}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <Stack gap="md">
        <Facts
          facts={[
            [words.when, formatInstant(row.at, language)],
            [words.who, row.actor.name ?? label(language, 'audit_actor', row.actor.kind)],
            [words.subject, label(language, 'audit_subject', row.subject.kind)],
            [words.subject_id, row.subject.id],
            [words.reason, row.reason],
            [words.where, row.ip],
            [words.agent, row.userAgent],
            [words.request, row.requestId],
          ]}
        />
        {row.subject.kind === 'payment' ? (
          <Link to="/payments/$id" params={{ id: row.subject.id }}>
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
