/** Exports that are written by themselves: when next, what became of the last, and what can be done with each. */
import { Button } from '@mantine/core'
import { IconCalendarRepeat, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type ExportScheduleRow, exportSchedules } from '@choba/shared/contracts/export-schedules.ts'
import { failedOf } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'
import { ExportsTabs } from './exports-tabs.tsx'
import styles from './exports.module.css'
import { ScheduleCard } from './schedule-card.tsx'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { readSource } from './schedule-draft.ts'

/** While a file is being written or is on its way, and otherwise. */
const LOOK_EVERY_MS = { busy: 2_000, idle: 60_000 } as const

export function SchedulesPage() {
  const { export_schedule: words, exports } = useWords()
  const [isAdding, setAdding] = useState(false)
  const { like } = useSearch({ from: '/console/exports/schedules' })
  const navigate = useNavigate()
  const source = useMemo(() => (like === undefined ? undefined : readSource(like)), [like])
  function close(): void {
    setAdding(false)
    if (like !== undefined) void navigate({ to: '/exports/schedules', search: {}, replace: true })
  }
  const { data, error, refetch } = useQuery({
    ...q(exportSchedules.list, {}),
    refetchInterval: ({ state }) => LOOK_EVERY_MS[state.data?.items.some(isUnderWay) ? 'busy' : 'idle'],
  })
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  )
  return (
    <Page title={exports.nav} action={data && add}>
      <ExportsTabs />
      <p className={styles.lead}>{words.lead}</p>
      <ReadState data={data} failed={failedOf(error)} failedTitle={words.failed} onRetry={() => void refetch()}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice icon={IconCalendarRepeat} title={words.none} text={words.none_text} />
          ) : (
            <ul className={styles.list} aria-label={words.schedules}>
              {items.map((row) => (
                <ScheduleCard key={row.id} row={row} />
              ))}
            </ul>
          )
        }
      </ReadState>
      {isAdding || source ? <ScheduleDialog {...(source && { source })} onClose={close} /> : null}
    </Page>
  )
}

function isUnderWay({ last }: ExportScheduleRow): boolean {
  return last !== null && (last.state === 'queued' || last.state === 'running' || last.delivery?.state === 'waiting')
}
