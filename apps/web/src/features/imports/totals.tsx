/** What the file comes to, by method and state, before and after it is booked. */
import { Skeleton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ImportRun, imports } from '@choba/shared/contracts/imports.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import styles from './imports.module.css'

/** Rows that were not wrong: what can run, and what has. */
const COUNTED: readonly string[] = ['ready', 'sent', 'done', 'undone']

export function Totals({ run }: { readonly run: ImportRun }) {
  const words = useWords()
  const language = useLanguage()
  const isShown =
    (run.kind === 'history' || run.kind === 'provider_list') && run.state !== 'mapping' && run.state !== 'checking'
  const totals = useQuery({
    queryKey: [imports.totals.path, run.id, run.state, JSON.stringify(run.counts)] as const,
    queryFn: ({ signal }) => call(imports.totals, { id: run.id }, signal),
    placeholderData: keepPreviousData,
    enabled: isShown,
  })
  if (!isShown) return null
  if (totals.data === undefined) return <Skeleton height={90} mt="md" role="status" aria-label={words.app.loading} />
  const lines = totals.data.lines.filter(({ rowState }) => COUNTED.includes(rowState))
  const cells = [...Map.groupBy(lines, ({ method, state }) => `${method} ${state}`)].map(([key, parts]) => {
    const [method = '', state = ''] = key.split(' ')
    return { key, method, state, count: sum(parts, 'count'), amountYen: sum(parts, 'amountYen') }
  })
  return (
    <Section title={words.imports.totals}>
      {run.state === 'preview' ? <p className={styles.small}>{words.imports.totals_lead}</p> : null}
      {cells.length === 0 ? (
        <p className={styles.small}>{words.imports.totals_none}</p>
      ) : (
        <PlainTable
          caption={words.imports.totals}
          columns={[
            { name: words.imports.total_method },
            { name: words.imports.total_state },
            { name: words.imports.total_count, end: true },
            { name: words.imports.total_yen, end: true },
          ]}
          rows={cells.map(({ key, method, state, count, amountYen }) => ({
            key,
            cells: [
              label(language, 'method', method),
              label(language, 'import_history_state', state),
              <span className="num" key="count">
                {formatCount(count)}
              </span>,
              <span className="num" key="yen">
                {formatYen(amountYen)}
              </span>,
            ],
          }))}
          foot={[
            words.imports.total_sum,
            '',
            <span className="num" key="count">
              {formatCount(sum(cells, 'count'))}
            </span>,
            <span className="num" key="yen">
              {formatYen(sum(cells, 'amountYen'))}
            </span>,
          ]}
        />
      )}
    </Section>
  )
}

function sum(parts: ReadonlyArray<{ readonly count: number; readonly amountYen: number }>, of: 'count' | 'amountYen') {
  return parts.reduce((total, part) => total + part[of], 0)
}
