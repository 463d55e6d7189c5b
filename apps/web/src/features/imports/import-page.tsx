/** One file: what its columns mean, what its rows say, and how they fared. */
import { Skeleton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type ImportRow, type ImportRun } from '@choba/shared/contracts/imports.ts'
import { asApiError } from '../../api/api-error.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { ColumnMap } from './column-map.tsx'
import { countOf, fileFacts, onlyWarns, STATE_TONE } from './import-words.ts'
import styles from './imports.module.css'
import { RowEditor } from './row-editor.tsx'
import { RowTable } from './row-table.tsx'
import { RunActions } from './run-actions.tsx'
import { RunProgress } from './run-progress.tsx'
import { Totals } from './totals.tsx'
import { WordMap } from './word-map.tsx'
import { useRows, useRun, useRunCommands } from './use-import.ts'
import { IMPORT_ROW_STATES, type ImportRowState } from '@choba/shared/imports/names.ts'

export function ImportPage() {
  const words = useWords()
  const language = useLanguage()
  const { id } = useParams({ from: '/console/imports/$id' })
  const run = useRun(id)
  return (
    <div className={styles.page}>
      <Link to="/imports" search={run.data === undefined ? {} : { kind: run.data.kind }} className={styles.back}>
        <IconArrowLeft size={15} aria-hidden="true" />
        {words.imports.back}
      </Link>
      {run.isPending ? <Skeleton height={280} mt="md" role="status" aria-label={words.app.loading} /> : null}
      {run.isError && run.data === undefined ? (
        <ErrorNotice
          title={words.imports.failed_title}
          code={asApiError(run.error).code}
          requestId={asApiError(run.error).requestId}
          language={language}
          onRetry={() => void run.refetch()}
        />
      ) : null}
      {run.data === undefined ? null : <RunView run={run.data} />}
    </div>
  )
}

function RunView({ run }: { readonly run: ImportRun }) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const may = useMay('imports.work')
  const { state } = useSearch({ from: '/console/imports/$id' })
  const navigate = useNavigate({ from: '/imports/$id' })
  const commands = useRunCommands(run.id)
  const { list, rows } = useRows(run, state)
  const [editing, setEditing] = useState<ImportRow | null>(null)
  const shopName = shops.find((shop) => shop.id === run.shopId)?.name ?? '–'
  const mayEdit = may && run.state !== 'running' && run.state !== 'checking'
  const layouts: Readonly<Record<string, string>> = words.import_layout

  function show(next: ImportRowState | undefined): void {
    void navigate({ search: next === undefined ? {} : { state: next }, replace: true })
  }
  /** The next row below that needs somebody, in what is shown. */
  function nextFaulty(after: ImportRow): ImportRow | null {
    return rows.find((row) => row.row > after.row && row.state === 'faulty') ?? null
  }

  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{run.fileName}</h1>
        <ToneBadge tone={STATE_TONE[run.state]} word={words.import_state[run.state]} />
      </div>
      <p className={styles.small}>
        {[
          words.import_kind[run.kind],
          shopName,
          run.layout === null ? null : (layouts[run.layout] ?? run.layout),
          fileFacts(run, language),
          `${formatInstant(run.createdAt, language)} ${run.createdBy}`,
        ]
          .filter((part) => part !== null)
          .join(language === 'ja' ? '　' : ' · ')}
      </p>
      <RunProgress run={run} />
      <RunActions run={run} warned={rows.some(onlyWarns)} commands={commands} />
      <ColumnMap key={`${run.id} ${JSON.stringify([run.mapping, run.reading.days])}`} run={run} map={commands.map} />
      <WordMap run={run} map={commands.map} />
      <Totals run={run} />
      {run.state === 'mapping' ? null : (
        <Section title={words.imports.check_title}>
          <div className={styles.states} role="group" aria-label={words.imports.state}>
            <StateButton
              name={words.imports.tab_all}
              count={run.total}
              on={state === undefined}
              onClick={() => show(undefined)}
            />
            {IMPORT_ROW_STATES.filter((each) => countOf(run, each) > 0 || each === state).map((each) => (
              <StateButton
                key={each}
                name={words.import_row_state[each]}
                count={countOf(run, each)}
                on={state === each}
                onClick={() => show(each)}
              />
            ))}
          </div>
          <RowTable
            run={run}
            rows={rows}
            list={list}
            mayEdit={mayEdit}
            edit={commands.edit}
            onEdit={setEditing}
            enabled={editing === null}
            faultyOnly={state === 'faulty'}
          />
        </Section>
      )}
      {editing === null ? null : (
        <RowEditor
          key={editing.row}
          run={run}
          row={editing}
          edit={commands.edit}
          onClose={() => setEditing(null)}
          onNext={nextFaulty(editing) === null ? undefined : () => setEditing(nextFaulty(editing))}
        />
      )}
    </>
  )
}

type StateButtonProps = {
  readonly name: string
  readonly count: number
  readonly on: boolean
  readonly onClick: () => void
}

function StateButton({ name, count, on, onClick }: StateButtonProps) {
  return (
    <button type="button" className={`${styles.state} ${on ? styles.on : ''}`} aria-pressed={on} onClick={onClick}>
      {name} <span className="num">{formatCount(count)}</span>
    </button>
  )
}
