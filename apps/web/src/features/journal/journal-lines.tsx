/** The journal line by line: conditions, rows, sums below. */
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBook2, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { journal, type JournalRow } from '@choba/shared/contracts/journal.ts'
import { asApiError } from '../../api/api-error.ts'
import { usePages, useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { DataTable, type DataTableHandle } from '../../ui/table/data-table.tsx'
import { TableSkeleton } from '../../ui/table/table-skeleton.tsx'
import { Totals } from '../../ui/table/totals.tsx'
import { JournalCards } from './journal-cards.tsx'
import { SHOWN_COLUMNS, tableColumns } from './journal-columns.tsx'
import { JournalFilters } from './journal-filters.tsx'
import { withConditions } from '../../ui/filters/conditions.ts'
import { filterOf, isFiltered, type JournalSearch, viewOf } from './journal-search.ts'
import styles from './journal.module.css'

const ROW_HEIGHT = 36
const PAGE_ROWS = 200
const NONE: ReadonlySet<string> = new Set()

export function JournalLines({ search }: { readonly search: JournalSearch }) {
  const words = useWords()
  const language = useLanguage()
  const navigate = useNavigate({ from: '/journal' })
  const { shops } = useSession()
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const { list, rows, more, reachEnd } = usePages<JournalRow>(journal.list, { ...viewOf(search), limit: PAGE_ROWS })
  const totals = useQuery({ ...q(journal.totals, { query: filterOf(search) }), placeholderData: keepPreviousData })
  useRefresh([journal.list.path, journal.totals.path])
  const [current, setCurrent] = useState<string | null>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<DataTableHandle>(null)
  const shopNames = useMemo(() => new Map(shops.map((shop) => [shop.id, shop.name])), [shops])
  const columns = useMemo(() => tableColumns({ language, shopNames }), [language, shopNames])
  const { direction } = viewOf(search)

  function change(next: JournalSearch, replace = false): void {
    table.current?.toTop()
    void navigate({ search: next, replace })
  }
  function open(row: JournalRow): void {
    if (row.paymentId !== null) void navigate({ to: '/payments/$id', params: { id: row.paymentId } })
    else if (row.statementId !== null) void navigate({ to: '/payouts/$id', params: { id: row.statementId } })
  }
  function move(by: -1 | 1): void {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[at < 0 ? 0 : at + by]
    if (next !== undefined) setCurrent(next.id)
  }
  useShortcuts({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    Enter(event) {
      const row = rows.find((each) => each.id === current)
      if (row === undefined || (event.target instanceof Element && event.target.closest('button, a') !== null))
        return false
      return open(row)
    },
    '/': () => searchBox.current?.focus(),
  })

  function body() {
    if (list.isPending) return <TableSkeleton rowHeight={ROW_HEIGHT} name={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      const retry = () => void list.refetch()
      const title = words.journal.failed_title
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    if (rows.length === 0 && !isFiltered(search))
      return <Notice icon={IconBook2} title={words.journal.empty_title} text={words.journal.empty_text} />
    if (rows.length === 0)
      return (
        <Notice icon={IconSearchOff} title={words.journal.no_match_title} text={words.ledger.no_match_text}>
          <Button size="xs" onClick={() => change({})}>
            {words.ledger.clear_all}
          </Button>
        </Notice>
      )
    if (phone) return <JournalCards rows={rows} more={more} onMore={reachEnd} />
    return (
      <DataTable
        handle={table}
        name={words.journal.title}
        columns={columns}
        shown={SHOWN_COLUMNS}
        pinned={2}
        rows={rows}
        above={0}
        more={more}
        total={totals.data?.count}
        rowHeight={ROW_HEIGHT}
        sort={{ id: 'bookedOn', direction }}
        onSort={() => change(withConditions(search, { direction: direction === 'desc' ? 'asc' : undefined } as object))}
        current={current}
        selected={NONE}
        flashed={NONE}
        onOpen={open}
        onReachStart={() => undefined}
        onReachEnd={reachEnd}
        foot={more ? null : words.journal.end}
      />
    )
  }

  return (
    <>
      <JournalFilters search={search} onChange={change} searchBox={searchBox} />
      <div className={`${styles.body} ${list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
      <Totals
        name={isFiltered(search) ? words.ledger.totals_filtered : words.ledger.totals}
        busy={totals.isFetching}
        totals={[
          { name: words.journal.total_count, value: totals.data?.count, unit: words.journal.count_unit },
          { name: words.journal.total_debit, value: totals.data?.debitYen, unit: words.app.yen },
          { name: words.journal.total_credit, value: totals.data?.creditYen, unit: words.app.yen },
        ]}
      />
    </>
  )
}
