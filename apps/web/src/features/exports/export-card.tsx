/** One file: its state, its figures, and what can be done with it. */
import { Button, Group, Progress } from '@mantine/core'
import { IconCalendarRepeat, IconDownload, IconExternalLink, IconRefresh, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { EXPORT_FILE_PATH, type ExportList, type ExportRow, type ExportState } from '@choba/shared/contracts/exports.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { queryString } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Copyable } from '../../ui/copy/copyable.tsx'
import { Facts } from '../../ui/facts/section.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatDay, formatInstant } from '../../ui/time/format-time.ts'
import { DeliveryLine } from './delivery-line.tsx'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { Takers } from './takers.tsx'
import styles from './exports.module.css'
import { useExportActions } from './use-export-actions.ts'

const TONE = {
  queued: 'waiting',
  running: 'in_motion',
  done: 'done',
  failed: 'needs_you',
  cancelled: 'ended',
} as const satisfies Record<ExportState, string>

/** Where the list stands whose file it is. */
const PLACE: Readonly<Record<ExportList, string>> = {
  payments: '/payments',
  screenings: '/screenings',
  invoices: '/invoices',
  slips: '/slips',
  zombies: '/zombies',
  customers: '/customers',
  payment_links: '/links',
  payouts: '/payouts',
  subscriptions: '/subscriptions',
  customer_returns: '/returns',
  journal: '/journal',
  audit_log: '/settings/audit',
}

export function ExportCard({ row }: { readonly row: ExportRow }) {
  const words = useWords()
  const language = useLanguage()
  const { cancel, again } = useExportActions(row)
  const [isRepeating, setRepeating] = useState(false)
  const isOpen = row.state === 'queued' || row.state === 'running'
  const { columns: _, per: _per, ...view } = row.view
  const name = row.fileName ?? words.export_of[row.list]
  return (
    <li className={styles.card} aria-label={name}>
      <div className={styles.cardHead}>
        <span className={styles.name}>{name}</span>
        <ToneBadge tone={TONE[row.state]} word={words.export_state[row.state]} />
        <span className={styles.grow} />
        <span className="soft">
          {row.askedBy}・{formatInstant(row.askedAt, language)}
        </span>
      </div>
      {isOpen ? <Written row={row} /> : null}
      {row.failure === null ? null : (
        <p className={styles.failure} role="status">
          {label(language, 'error', row.failure.code)}
          {language === 'ja' ? '。' : '. '}
          {label(language, 'error_advice', row.failure.code)}
        </p>
      )}
      <Facts
        facts={[
          [words.exports.list, `${words.export_of[row.list]}・${words.export_dialog[`encoding_${row.encoding}`]}`],
          ...(row.schedule === null
            ? []
            : [[words.export_schedule.schedules, <ScheduleName key="schedule" name={row.schedule} />] as const]),
          ...(row.rows === null ? [] : [[words.exports.rows, formatCount(row.rows)] as const]),
          ...sumsOf(row, words.export_total),
          [words.export_schedule.delivery, row.delivery && <DeliveryLine key="delivery" delivery={row.delivery} />],
          ...(row.sha256 === null
            ? []
            : [[words.exports.hash, <Copyable key="hash" value={row.sha256} language={language} />] as const]),
        ]}
      />
      <Group gap="xs" mt="sm">
        {row.state === 'done' && row.isKept ? (
          <Button
            size="xs"
            component="a"
            href={EXPORT_FILE_PATH.replace(':id', row.id)}
            download
            leftSection={<IconDownload size={15} aria-hidden="true" />}
          >
            {words.exports.download}（{sizeOf(row.bytes)}）
          </Button>
        ) : null}
        {isOpen ? (
          <Button
            size="xs"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
            leftSection={<IconX size={15} aria-hidden="true" />}
          >
            {words.exports.cancel}
          </Button>
        ) : (
          <Button
            size="xs"
            variant="default"
            loading={again.isPending}
            onClick={() => again.mutate()}
            leftSection={<IconRefresh size={15} aria-hidden="true" />}
          >
            {words.exports.again}
          </Button>
        )}
        <Button
          size="xs"
          variant="subtle"
          component="a"
          href={`${PLACE[row.list]}?${queryString(view)}`}
          leftSection={<IconExternalLink size={15} aria-hidden="true" />}
        >
          {words.exports.view}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          title={words.export_schedule.from_file_hint}
          onClick={() => setRepeating(true)}
          leftSection={<IconCalendarRepeat size={15} aria-hidden="true" />}
        >
          {words.export_schedule.from_file}
        </Button>
        {row.state === 'done' ? <Takers row={row} /> : null}
        {row.keptUntil === null ? null : (
          <span className="soft">
            {row.isKept
              ? fill(words.exports.kept_until, { day: formatDay(row.keptUntil, language) })
              : words.exports.not_kept}
          </span>
        )}
      </Group>
      {isRepeating ? <ScheduleDialog source={row} onClose={() => setRepeating(false)} /> : null}
    </li>
  )
}

function ScheduleName({ name }: { readonly name: string }) {
  const { export_schedule: words } = useWords()
  return name === '' ? (
    words.of_gone
  ) : (
    <Link to="/exports/schedules" className="link-button">
      {name}
    </Link>
  )
}

/** In the order of the words: the row's own order is nobody's. */
function sumsOf({ totals }: ExportRow, names: Readonly<Record<string, string>>) {
  return Object.entries(names).flatMap(([id, name]) => {
    const sum = totals?.[id]
    return sum === undefined ? [] : [[name, formatYen(sum)] as const]
  })
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function Written({ row: { rows, rowsWritten, encoding } }: { readonly row: ExportRow }) {
  const { exports: words } = useWords()
  // A workbook is packed as it is written: how far it is shows only at its end.
  const share = rows === null || rows === 0 || encoding === 'xlsx' ? null : (100 * rowsWritten) / rows
  const told =
    share === null || rows === null
      ? words.counting
      : fill(words.progress, { done: formatCount(rowsWritten), all: formatCount(rows) })
  return (
    <div className={styles.progress}>
      <Progress value={share ?? 100} animated={share === null} striped={share === null} aria-label={told} size="sm" />
      <span className="soft">{told}</span>
    </div>
  )
}
