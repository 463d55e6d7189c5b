/** NP's bills to the customers: what they mean, conditions, rows, sums below. */
import { Button } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconFileInvoice, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { type InvoiceRow, invoices } from '@choba/shared/contracts/invoices.ts'
import { INVOICE_SORTS } from '@choba/shared/filters/invoices.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { LATE_FEES } from '@choba/shared/states/invoice.ts'
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
import { formatYen } from '../../ui/money/format-yen.ts'
import { DataTable, type DataTableHandle } from '../../ui/table/data-table.tsx'
import { TableSkeleton } from '../../ui/table/table-skeleton.tsx'
import { Totals } from '../../ui/table/totals.tsx'
import { InvoiceCards } from './invoice-cards.tsx'
import { SHOWN_COLUMNS, tableColumns } from './invoice-columns.tsx'
import { InvoiceFilters } from './invoice-filters.tsx'
import { filterOf, isFiltered, type InvoiceSearch, viewOf, parseInvoiceSearch } from './invoice-search.ts'
import styles from './invoices.module.css'

const InvoiceDrawer = lazy(() => import('./invoice-drawer.tsx').then((module) => ({ default: module.InvoiceDrawer })))
const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

const ROW_HEIGHT = 40
const PAGE_ROWS = 100
const NONE: ReadonlySet<string> = new Set()

export function InvoicesPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/invoices' })
  const navigate = useNavigate({ from: '/invoices' })
  const { shops } = useSession()
  const mayExport = useMay('sales.export')
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const { list, rows, more, reachEnd } = usePages<InvoiceRow>(invoices.list, {
    ...viewOf(search),
    limit: PAGE_ROWS,
  })
  const totals = useQuery({ ...q(invoices.totals, { query: filterOf(search) }), placeholderData: keepPreviousData })
  useRefresh([invoices.list.path, invoices.totals.path])
  const [exporting, exportDialog] = useDisclosure(false)
  const [current, setCurrent] = useState<string | null>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<DataTableHandle>(null)
  const shopNames = useMemo(() => new Map(shops.map((shop) => [shop.id, shop.name])), [shops])
  const columns = useMemo(() => tableColumns({ language, shopNames }), [language, shopNames])
  const { sort, direction } = viewOf(search)

  const { open: _open, ...viewed } = search
  const views = useListViews('invoices', {
    search: viewed,
    onOpen(raw, _, replace) {
      const { open: _raw, ...next } = parseInvoiceSearch(raw)
      change(next, replace)
    },
  })
  function change(next: InvoiceSearch, replace = false): void {
    table.current?.toTop()
    void navigate({ search: next, replace })
  }
  function open(row: InvoiceRow): void {
    setCurrent(row.id)
    void navigate({ search: { ...search, open: row.id }, replace: search.open !== undefined })
  }
  function close(): void {
    const { open: _, ...rest } = search
    void navigate({ search: rest })
  }
  /** The bill beside the open one, as the list stands. */
  function beside(by: -1 | 1): (() => void) | undefined {
    const at = rows.findIndex((row) => row.id === search.open)
    const next = at < 0 ? undefined : rows[at + by]
    return next === undefined ? undefined : () => open(next)
  }
  function move(by: -1 | 1): void {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[at < 0 ? 0 : at + by]
    if (next !== undefined) setCurrent(next.id)
  }
  function sortBy(id: string): void {
    const field = INVOICE_SORTS.find((each) => each === id)
    if (field === undefined) return
    const { sort: _sort, direction: _direction, ...rest } = search
    const turned = field === sort && direction === 'desc' ? 'asc' : 'desc'
    change({
      ...rest,
      ...(field === 'issuedOn' ? {} : { sort: field }),
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
    !exporting && search.open === undefined,
  )

  function body() {
    if (list.isPending) return <TableSkeleton rowHeight={ROW_HEIGHT} name={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      const retry = () => void list.refetch()
      const title = words.invoices.failed_title
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    if (rows.length === 0 && !isFiltered(search))
      return <Notice icon={IconFileInvoice} title={words.invoices.empty_title} text={words.invoices.empty_text} />
    if (rows.length === 0)
      return (
        <Notice icon={IconSearchOff} title={words.invoices.no_match_title} text={words.ledger.no_match_text}>
          <Button size="xs" onClick={() => change({})}>
            {words.ledger.clear_all}
          </Button>
        </Notice>
      )
    if (phone) return <InvoiceCards rows={rows} more={more} onMore={reachEnd} />
    return (
      <DataTable
        handle={table}
        name={words.invoices.title}
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
        foot={more ? null : words.invoices.end}
      />
    )
  }

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.invoices.title}</h1>
        <span className={styles.grow} />
        <ViewMenu {...views} />
        {mayExport ? (
          <Button
            variant="default"
            size="xs"
            h={30}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            title={words.ledger.export_hint}
            onClick={exportDialog.open}
          >
            {words.invoices.export}
          </Button>
        ) : null}
      </div>
      <p className={styles.lead}>
        {words.invoices.lead} {fill(words.invoices.late_fee, { yen: formatYen(LATE_FEES.at(-1)?.yen) })}
      </p>
      <InvoiceFilters search={search} onChange={change} searchBox={searchBox} />
      <div className={`${styles.body} ${list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
      <Totals
        name={isFiltered(search) ? words.ledger.totals_filtered : words.ledger.totals}
        busy={totals.isFetching}
        totals={[
          { name: words.invoices.total_count, value: totals.data?.count, unit: words.invoices.count_unit },
          { name: words.invoices.total_amount, value: totals.data?.amountYen, unit: words.app.yen },
          ...(totals.data?.byState ?? []).map(({ state, count }) => ({
            name: words.invoice_state[state],
            value: count,
            unit: words.invoices.count_unit,
          })),
        ]}
      />
      <Suspense fallback={null}>
        {search.open === undefined ? null : (
          <InvoiceDrawer
            id={search.open}
            layout={phone ? 'sheet' : 'side'}
            onClose={close}
            onPrevious={beside(-1)}
            onNext={beside(1)}
          />
        )}
        {exporting ? <ExportDialog search={search} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
