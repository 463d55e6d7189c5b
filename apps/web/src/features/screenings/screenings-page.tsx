/** Every attempt of screening: figures above, conditions, rows, sums below. */
import { Button } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconHistory, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { type ScreeningRow, screenings } from '@choba/shared/contracts/screenings.ts'
import { SCREENING_SORTS } from '@choba/shared/filters/screenings.ts'
import { asApiError } from '../../api/api-error.ts'
import { usePages, useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useListViews } from '../../api/use-list-views.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ViewMenu } from '../../ui/views/view-menu.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { DataTable, type DataTableHandle } from '../../ui/table/data-table.tsx'
import { TableSkeleton } from '../../ui/table/table-skeleton.tsx'
import { Totals } from '../../ui/table/totals.tsx'
import { FiguresBar } from './figures-bar.tsx'
import { ScreeningCards } from './screening-cards.tsx'
import { SHOWN_COLUMNS, tableColumns } from './screening-columns.tsx'
import { ScreeningFilters } from './screening-filters.tsx'
import { filterOf, isFiltered, type ScreeningSearch, viewOf, parseScreeningSearch } from './screening-search.ts'
import styles from './screenings.module.css'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

const ROW_HEIGHT = 40
const PAGE_ROWS = 100
const NONE: ReadonlySet<string> = new Set()

export function ScreeningsPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/screenings' })
  const navigate = useNavigate({ from: '/screenings' })
  const { shops } = useSession()
  const mayExport = useMay('sales.export')
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const { list, rows, more, reachEnd } = usePages<ScreeningRow>(screenings.list, {
    ...viewOf(search),
    limit: PAGE_ROWS,
  })
  const totals = useQuery({ ...q(screenings.totals, { query: filterOf(search) }), placeholderData: keepPreviousData })
  useRefresh([screenings.list.path, screenings.totals.path, screenings.figures.path])
  const [exporting, exportDialog] = useDisclosure(false)
  const [current, setCurrent] = useState<string | null>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<DataTableHandle>(null)
  const shopNames = useMemo(() => new Map(shops.map((shop) => [shop.id, shop.name])), [shops])
  const columns = useMemo(() => tableColumns({ language, shopNames }), [language, shopNames])
  const { sort, direction } = viewOf(search)

  const views = useListViews('screenings', {
    search,
    onOpen: (raw, _, replace) => change(parseScreeningSearch(raw), replace),
  })
  function change(next: ScreeningSearch, replace = false): void {
    table.current?.toTop()
    void navigate({ search: next, replace })
  }
  function open(row: ScreeningRow): void {
    void navigate({ to: '/payments/$id', params: { id: row.paymentId } })
  }
  function move(by: -1 | 1): void {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[at < 0 ? 0 : at + by]
    if (next !== undefined) setCurrent(next.id)
  }
  function sortBy(id: string): void {
    const field = SCREENING_SORTS.find((each) => each === id)
    if (field === undefined) return
    const { sort: _sort, direction: _direction, ...rest } = search
    const turned = field === sort && direction === 'desc' ? 'asc' : 'desc'
    change({
      ...rest,
      ...(field === 'decidedAt' ? {} : { sort: field }),
      ...(turned === 'asc' ? { direction: turned } : {}),
    })
  }
  useShortcuts(
    {
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
      e: () => (mayExport ? exportDialog.open() : undefined),
      '/': () => searchBox.current?.focus(),
    },
    !exporting,
  )

  function body() {
    if (list.isPending) return <TableSkeleton rowHeight={ROW_HEIGHT} name={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      const retry = () => void list.refetch()
      const title = words.screenings.failed_title
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    if (rows.length === 0 && !isFiltered(search))
      return <Notice icon={IconHistory} title={words.screenings.empty_title} text={words.screenings.empty_text} />
    if (rows.length === 0)
      return (
        <Notice icon={IconSearchOff} title={words.screenings.no_match_title} text={words.ledger.no_match_text}>
          <Button size="xs" onClick={() => change({})}>
            {words.ledger.clear_all}
          </Button>
        </Notice>
      )
    if (phone) return <ScreeningCards rows={rows} more={more} onMore={reachEnd} />
    return (
      <DataTable
        handle={table}
        name={words.screenings.title}
        columns={columns}
        shown={SHOWN_COLUMNS}
        pinned={2}
        rows={rows}
        above={0}
        more={more}
        total={totals.data?.count}
        rowHeight={ROW_HEIGHT}
        sort={{ id: sort, direction }}
        onSort={sortBy}
        current={current}
        selected={NONE}
        flashed={NONE}
        onOpen={open}
        onReachStart={() => undefined}
        onReachEnd={reachEnd}
        foot={more ? null : words.screenings.end}
      />
    )
  }

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.screenings.title}</h1>
        <span className={styles.grow} />
        <ViewMenu {...views} />
        <Button size="xs" h={30} variant="default" renderRoot={(props) => <Link to="/rescue" {...props} />}>
          {words.screenings.rescue}
        </Button>
        {mayExport ? (
          <Button
            variant="default"
            size="xs"
            h={30}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            title={words.ledger.export_hint}
            onClick={exportDialog.open}
          >
            {words.screenings.export}
          </Button>
        ) : null}
      </div>
      <FiguresBar search={search} onChange={change} />
      <ScreeningFilters search={search} onChange={change} searchBox={searchBox} />
      <div className={`${styles.body} ${list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
      <Totals
        name={isFiltered(search) ? words.ledger.totals_filtered : words.ledger.totals}
        busy={totals.isFetching}
        totals={[
          { name: words.screenings.total_count, value: totals.data?.count, unit: words.screenings.count_unit },
          { name: words.screenings.total_amount, value: totals.data?.amountYen, unit: words.app.yen },
          ...(totals.data?.byResult ?? []).map(({ result, count }) => ({
            name: words.screening_result[result],
            value: count,
            unit: words.screenings.count_unit,
          })),
        ]}
      />
      <Suspense fallback={null}>
        {exporting ? <ExportDialog search={search} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
