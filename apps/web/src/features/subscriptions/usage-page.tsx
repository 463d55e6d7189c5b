/** What was used, keyed in or from a file: it fixes the amount of each cycle before its card is charged. */
import { Alert, Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconLock } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { DropZone } from '../../ui/upload/drop-zone.tsx'
import { failureWords, wrongFields } from './issues.ts'
import { SectionTabs } from './section-tabs.tsx'
import styles from './subscriptions.module.css'
import {
  decode,
  emptyRow,
  isBlank,
  MOST_ROWS,
  problemsOf,
  readRows,
  refusedRows,
  rowsOf,
  type UsageProblem,
  type UsageRow,
} from './usage-file.ts'
import { UsageResult } from './usage-result.tsx'
import { UsageRows } from './usage-rows.tsx'

export type ToldCycles = Output<typeof subscriptions.tellUsage>['cycles']
const MOST_WAITING = 200

export function UsagePage() {
  const { subscriptions: list, subscription_usage: words } = useWords()
  const { code } = useSearch({ from: '/console/subscriptions/usage' })
  const mayAct = useMay('subscriptions.act')
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{list.title}</h1>
      </div>
      <SectionTabs />
      <div className={styles.sheet}>
        {mayAct ? (
          <Entry key={code} code={code} />
        ) : (
          <Notice icon={IconLock} title={words.no_right_title} text={list.no_right} />
        )}
      </div>
    </>
  )
}

function Entry({ code }: { readonly code: string | undefined }) {
  const words = useWords()
  const own = words.subscription_usage
  const language = useLanguage()
  const queryClient = useQueryClient()
  const [rows, setRows] = useState<readonly UsageRow[]>(() => [emptyRow(code)])
  const [told, setTold] = useState<ToldCycles | null>(null)
  const [tried, setTried] = useState(false)
  const [fileFault, setFileFault] = useState<string | null>(null)
  // The same rows sent twice are one telling; other rows are another.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const waiting = useQuery(
    q(subscriptions.list, {
      query: { attention: ['awaiting_usage'], sort: 'nextOn', direction: 'asc', limit: MOST_WAITING },
    }),
  )
  useRefresh([subscriptions.list.path])
  const filled = rows.filter((row) => !isBlank(row))
  const ownProblems = problemsOf(rows)
  const send = useMutation({
    mutationFn: () => call(subscriptions.tellUsage, { body: { idempotencyKey: key, rows: rowsOf(filled) } }),
    async onSuccess({ cycles }) {
      notifications.show({ message: fill(own.sent, { count: formatCount(cycles.length) }) })
      setTold(cycles)
      edit([emptyRow()])
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith(subscriptions.list.path),
      })
    },
  })
  const error = send.isError ? asApiError(send.error) : null
  const refused = refusedRows(wrongFields(error?.details))
  const problems: ReadonlyMap<string, UsageProblem> = new Map([
    ...ownProblems,
    ...[...refused].flatMap(([at, problem]): [string, UsageProblem][] => {
      const row = filled[at]
      return row === undefined ? [] : [[row.key, problem]]
    }),
  ])

  function edit(next: readonly UsageRow[]): void {
    send.reset()
    setRows(next)
    setTried(false)
    setKey(crypto.randomUUID())
  }
  async function take(file: File): Promise<void> {
    const read = readRows(decode(await file.arrayBuffer()))
    const fault = read.length === 0 ? own.unreadable : read.length > MOST_ROWS ? own.too_many : null
    setFileFault(fault)
    if (fault !== null) return
    setTold(null)
    edit([...filled, ...read])
    setTried(true)
  }
  const waitingRows = waiting.data?.items ?? []
  return (
    <>
      <p className={`soft ${styles.lead}`}>{own.lead}</p>
      <Section title={own.waiting}>
        {waiting.isError ? (
          <p role="alert">{failureWords(language, asApiError(waiting.error))}</p>
        ) : waitingRows.length === 0 ? (
          <p className="soft">{waiting.isPending ? words.app.loading : own.waiting_none}</p>
        ) : (
          <Button size="xs" variant="default" onClick={() => edit(waitingRows.map((row) => emptyRow(row.code)))}>
            {fill(own.use_waiting, { count: formatCount(waitingRows.length) })}
          </Button>
        )}
      </Section>
      <Section title={own.form}>
        <UsageRows
          rows={rows}
          problems={tried || send.isError ? problems : new Map()}
          names={new Map(waitingRows.map((row) => [row.code, row.customerName]))}
          onChange={edit}
        />
        <Group mt="md" gap="sm">
          <Button
            loading={send.isPending}
            onClick={() => {
              setTried(true)
              if (filled.length > 0 && ownProblems.size === 0) send.mutate()
            }}
          >
            {own.send}
          </Button>
          <Button variant="default" onClick={() => edit([emptyRow()])}>
            {own.clear}
          </Button>
          <span className="soft">{own.freeze_hint}</span>
        </Group>
        {(tried || send.isError) && problems.size > 0 ? (
          <Alert data-urgent color="vermilion" variant="light" role="alert" mt="md">
            {fill(own.rows_wrong, { count: formatCount(problems.size) })}
          </Alert>
        ) : null}
        {error !== null && refused.size === 0 ? (
          <Alert data-urgent color="vermilion" variant="light" role="alert" mt="md" title={own.failed}>
            {failureWords(language, error)}
          </Alert>
        ) : null}
      </Section>
      {told === null ? null : <UsageResult cycles={told} />}
      <Section title={own.file}>
        <DropZone
          title={own.file_title}
          hint={own.file_hint}
          choose={own.choose}
          busy={false}
          busyWord={own.reading}
          onFile={(file) => void take(file)}
        />
        {fileFault === null ? null : (
          <p className={styles.urgent} role="alert">
            {fileFault}
          </p>
        )}
      </Section>
    </>
  )
}
