/** One schedule: its times, the next one, what became of the last, and what can be done with it. */
import { Button, Group } from '@mantine/core'
import { IconEdit, IconPlayerPause, IconPlayerPlay, IconRun, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { EXPORTS_WITHOUT_DAYS, type ExportScheduleRow } from '@choba/shared/contracts/export-schedules.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx'
import { failureText } from '../../ui/feedback/failure.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { LastFile } from './last-file.tsx'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { cadenceText, deliveryText } from './schedule-words.ts'
import styles from './exports.module.css'
import { useScheduleActions } from './use-schedule-actions.ts'

export function ScheduleCard({ row }: { readonly row: ExportScheduleRow }) {
  const words = useWords()
  const language = useLanguage()
  const { export_schedule: schedule } = words
  const { pause, run, remove } = useScheduleActions(row)
  const [open, setOpen] = useState<'change' | 'remove' | null>(null)
  const of = (what: string) => fill(schedule.action_of, { what, name: row.name })
  const knowsDays = !EXPORTS_WITHOUT_DAYS.includes(row.list)
  return (
    <li className={styles.card} aria-label={row.name}>
      <div className={styles.cardHead}>
        <span className={styles.name}>{row.name}</span>
        <ToneBadge {...badgeOf(row, schedule)} />
        <span className={styles.grow} />
        <span className="soft">{fill(schedule.in_name_of, { name: row.owner })}</span>
      </div>
      {row.stoppedBy === null ? null : (
        <p className={styles.failure} role="status">
          {failureText(language, { code: row.stoppedBy })}
        </p>
      )}
      <Facts
        facts={[
          [schedule.cadence, cadenceText(words, language, row)],
          [schedule.next, row.isPaused ? '–' : formatInstant(row.nextAt, language)],
          [schedule.list, `${words.export_of[row.list]}・${words.export_dialog[`encoding_${row.encoding}`]}`],
          [schedule.period, knowsDays ? words.export_period[row.period] : null],
          [schedule.delivery, deliveryText(words, language, row)],
          [schedule.last, <LastFile key="last" last={row.last} />],
        ]}
      />
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          variant="default"
          loading={run.isPending}
          {...(row.stoppedBy !== null && { disabled: true, title: failureText(language, { code: row.stoppedBy }) })}
          aria-label={of(schedule.run)}
          leftSection={<IconRun size={15} aria-hidden="true" />}
          onClick={() => run.mutate()}
        >
          {schedule.run}
        </Button>
        {row.stoppedBy === null ? (
          <Button
            size="xs"
            variant="default"
            loading={pause.isPending}
            aria-label={of(row.isPaused ? schedule.resume : schedule.pause)}
            leftSection={
              row.isPaused ? (
                <IconPlayerPlay size={15} aria-hidden="true" />
              ) : (
                <IconPlayerPause size={15} aria-hidden="true" />
              )
            }
            onClick={() => pause.mutate()}
          >
            {row.isPaused ? schedule.resume : schedule.pause}
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          aria-label={of(schedule.change)}
          leftSection={<IconEdit size={15} aria-hidden="true" />}
          onClick={() => setOpen('change')}
        >
          {schedule.change}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="vermilion"
          aria-label={of(schedule.remove)}
          leftSection={<IconTrash size={15} aria-hidden="true" />}
          onClick={() => setOpen('remove')}
        >
          {schedule.remove}
        </Button>
      </Group>
      {open === 'change' ? <ScheduleDialog known={row} onClose={() => setOpen(null)} /> : null}
      {open === 'remove' ? (
        <ConfirmDialog
          title={fill(schedule.remove_title, { name: row.name })}
          text={schedule.remove_text}
          doIt={schedule.remove}
          isBusy={remove.isPending}
          failed={failedOf(remove.error)}
          onDo={() => remove.mutate()}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </li>
  )
}

function badgeOf(
  { isPaused, stoppedBy }: ExportScheduleRow,
  words: { readonly stopped: string; readonly paused: string; readonly going: string },
) {
  if (stoppedBy !== null) return { tone: 'needs_you', word: words.stopped } as const
  return isPaused ? ({ tone: 'ended', word: words.paused } as const) : ({ tone: 'done', word: words.going } as const)
}
