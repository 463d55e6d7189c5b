/** What is still being worked on: at rest a quiet dot, otherwise a count and its parts. */
import { Button, Popover } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { lazy, Suspense } from 'react'
import { useMutation } from '@tanstack/react-query'
import { connections } from '@choba/shared/contracts/connections.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../api/call.ts'
import { useMay } from '../api/session.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { formatCount } from '../ui/money/format-yen.ts'
import { formatInstant } from '../ui/time/format-time.ts'
import styles from './shell.module.css'
import { useWork } from './use-work.ts'

const PolledList = lazy(() => import('./polled-list.tsx').then((module) => ({ default: module.PolledList })))

export function WorkIndicator() {
  const words = useWords()
  const language = useLanguage()
  const maySync = useMay('connections.sync')
  const state = useWork()
  const sync = useMutation({
    mutationFn: () => call(connections.sync, {}),
    onSuccess: () => notifications.show({ message: words.app.sync_done }),
  })
  if (state === undefined) return null
  const busy = state.openOperations + state.queuedMessages + state.queuedJobs
  const failing = state.connections.find((connection) => connection.why !== null)
  const urgent = state.unknownOperations + state.waitingMessages > 0 || failing !== undefined
  const dot = `${styles.dot} ${urgent ? styles.dotUrgent : busy > 0 ? styles.dotBusy : ''}`
  const atRest =
    failing === undefined
      ? words.app.work_rest
      : fill(words.polling.failing, { at: formatInstant(failing.failingSince, language) })
  const summary = busy === 0 ? atRest : fill(words.app.work_busy, { count: formatCount(busy) })
  const parts: [string, number][] = [
    [words.app.work_operations, state.openOperations],
    [words.app.work_unknown, state.unknownOperations],
    [words.app.work_queued, state.queuedMessages],
    [words.app.work_jobs, state.queuedJobs],
    [words.app.work_waiting, state.waitingMessages],
  ]
  return (
    <Popover position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.work} aria-label={summary}>
          <span className={dot} aria-hidden="true" />
          {busy > 0 ? <span className={styles.workText}>{summary}</span> : null}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={summary}>
        <dl className={styles.workList}>
          {parts.map(([name, count]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd className="num">{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
        <Suspense fallback={null}>
          <PolledList connections={state.connections} />
        </Suspense>
        {maySync ? (
          <Button fullWidth variant="default" size="xs" loading={sync.isPending} onClick={() => sync.mutate()}>
            {words.app.sync}
          </Button>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}
