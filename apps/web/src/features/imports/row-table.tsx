/** Rows of the file with what is wrong in words; J and K walk, Enter corrects, X leaves out. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportRow, ImportRun } from '@choba/shared/contracts/imports.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { StatusBadge, ToneBadge } from '../../ui/status/status-badge.tsx'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import { onlyWarns, ROW_TONE, rowCauses } from './import-words.ts'
import { valueWords, wordValue } from './word-values.ts'
import styles from './imports.module.css'
import type { useRows, useRunCommands } from './use-import.ts'

/** What stands in the table of each kind; the editor has the rest. */
const SHOWN = {
  orders: ['orderNumber', 'customerName', 'amountYen', 'goodsName1'],
  history: ['orderNumber', 'orderedAt', 'method', 'state', 'amountYen'],
  provider_list: ['providerId', 'orderNumber', 'method', 'state', 'amountYen'],
  slips: ['orderNumber', 'slipNumber', 'carrier'],
} as const satisfies Record<ImportRun['kind'], readonly string[]>

type RowTableProps = {
  readonly run: ImportRun
  readonly rows: readonly ImportRow[]
  readonly list: ReturnType<typeof useRows>['list']
  readonly mayEdit: boolean
  readonly edit: ReturnType<typeof useRunCommands>['edit']
  readonly onEdit: (row: ImportRow) => void
  readonly enabled: boolean
  readonly faultyOnly: boolean
}

export function RowTable(props: RowTableProps) {
  const { run, rows, list, edit, mayEdit, onEdit } = props
  const { imports, app } = useWords()
  const language = useLanguage()
  const [current, setCurrent] = useState<number | null>(null)
  const currentRow = rows.find((row) => row.row === current)

  function move(by: -1 | 1): void {
    const at = rows.findIndex((row) => row.row === current)
    const next = rows[at < 0 ? 0 : at + by]
    if (next === undefined) return
    setCurrent(next.row)
    document.getElementById(`import-row-${next.row}`)?.scrollIntoView({ block: 'nearest' })
  }
  function toggle(row: ImportRow): void {
    if (mayEdit && mayChange(run, row)) edit.mutate({ row: row.row, leftOut: row.state !== 'left_out' })
  }
  useShortcuts(
    {
      j: () => move(1),
      ArrowDown: () => move(1),
      k: () => move(-1),
      ArrowUp: () => move(-1),
      Enter(event) {
        const isControl = event.target instanceof Element && event.target.closest('button, a') !== null
        if (isControl || currentRow === undefined || !mayEdit || !mayChange(run, currentRow)) return false
        return onEdit(currentRow)
      },
      x: () => (currentRow === undefined ? false : toggle(currentRow)),
    },
    props.enabled,
  )

  if (list.isPending) return <p className={styles.small}>{app.loading}</p>
  if (rows.length === 0)
    return <p className={styles.small}>{props.faultyOnly ? imports.rows_all_good : imports.rows_empty}</p>
  // A carrier that the whole file shares stands above, not in every row.
  const shown = SHOWN[run.kind].filter((field) => field !== 'carrier' || run.mapping[field] !== undefined)
  return (
    <div className={styles.scroll} role="group" aria-label={imports.check_title} tabIndex={0}>
      <table className={styles.rows}>
        <thead>
          <tr>
            <th scope="col">{imports.line}</th>
            {shown.map((field) => (
              <th key={field} scope="col" className={field === 'amountYen' ? 'num' : ''}>
                {label(language, 'import_field', field)}
              </th>
            ))}
            <th scope="col">{imports.state}</th>
            <th scope="col">{imports.faults}</th>
            <th scope="col" aria-label={app.menu} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.row}
              id={`import-row-${row.row}`}
              className={row.row === current ? styles.current : ''}
              aria-current={row.row === current ? true : undefined}
              onClick={() => setCurrent(row.row)}
            >
              <td className="num">{row.line}</td>
              {shown.map((field) => (
                <td
                  key={field}
                  className={`${row.edited.includes(field) ? styles.edited : ''} ${field === 'amountYen' ? 'num' : ''}`}
                >
                  <span className={field === 'orderNumber' || field === 'slipNumber' ? 'mono' : ''}>
                    {sayValue(run, field, row.values[field] ?? '', language)}
                  </span>
                </td>
              ))}
              <td>
                <RowState row={row} />
              </td>
              <td className={styles.causes}>
                {rowCauses(row, language).map((cause) => (
                  <p key={cause}>{cause}</p>
                ))}
              </td>
              <td className={styles.last}>
                <span className={styles.buttons}>
                  <RowButtons {...props} row={row} onToggle={() => toggle(row)} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <MoreButton more={list.hasNextPage} isBusy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        {imports.more_rows}
      </MoreButton>
    </div>
  )
}

/** A word that is known is said in ours; any other value as the file says it. */
function sayValue(run: ImportRun, field: string, value: string, language: Language): string {
  const known = wordValue(run.kind, field, value)
  return known === undefined ? value : valueWords(language, field, known)
}

function RowState({ row }: { readonly row: ImportRow }) {
  const words = useWords()
  const language = useLanguage()
  const status = PAYMENT_STATUSES.find((each) => each === row.result)
  return (
    <span className={styles.pair}>
      <ToneBadge tone={ROW_TONE[row.state]} word={words.import_row_state[row.state]} />
      {status === undefined ? null : <StatusBadge status={status} language={language} />}
      {row.confirmed ? <span className="soft">{words.imports.confirmed}</span> : null}
    </span>
  )
}

function RowButtons({
  run,
  row,
  mayEdit,
  edit,
  onEdit,
  onToggle,
}: RowTableProps & { readonly row: ImportRow; readonly onToggle: () => void }) {
  const { imports } = useWords()
  if (row.paymentId !== null && row.state !== 'failed')
    return (
      <Link to="/payments/$id" params={{ id: row.paymentId }}>
        {imports.payment}
      </Link>
    )
  if (!mayEdit || !mayChange(run, row))
    return row.paymentId === null ? null : (
      <Link to="/payments/$id" params={{ id: row.paymentId }}>
        {imports.payment}
      </Link>
    )
  return (
    <>
      {onlyWarns(row) ? (
        <Button size="compact-xs" onClick={() => edit.mutate({ row: row.row, confirmed: true })}>
          {imports.confirm_one}
        </Button>
      ) : null}
      {row.state === 'left_out' ? null : (
        <Button size="compact-xs" variant="default" onClick={() => onEdit(row)}>
          {imports.edit}
        </Button>
      )}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onToggle}>
        {row.state === 'left_out' ? imports.take_in : imports.leave_out}
      </Button>
    </>
  )
}

/** An order that stands in the books is put right there. */
function mayChange(run: ImportRun, row: ImportRow): boolean {
  if (row.state === 'sent' || row.state === 'done') return false
  return run.kind !== 'orders' || row.paymentId === null
}
