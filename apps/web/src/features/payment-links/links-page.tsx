/** Payment links: conditions, rows, sums below; a link opens on its own page. */
import { Button } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconLink, IconPlus, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { type PaymentLinkRow, paymentLinks } from '@choba/shared/contracts/payment-links.ts'
import { PAYMENT_LINK_SORTS } from '@choba/shared/filters/payment-links.ts'
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
import { LinkCards } from './link-cards.tsx'
import { linkColumns, SHOWN_COLUMNS } from './link-columns.tsx'
import { LinkFilters } from './link-filters.tsx'
import { filterOf, isFiltered, type LinkSearch, viewOf, parseLinkSearch } from './link-search.ts'
import styles from './links.module.css'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

const ROW_HEIGHT = 40
const PAGE_ROWS = 100
const NONE: ReadonlySet<string> = new Set()

export function LinksPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/links' })
  const navigate = useNavigate({ from: '/links' })
  const { shops } = useSession()
  const mayExport = useMay('sales.export')
  const mayMake = useMay('orders.create')
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const { list, rows, more, reachEnd } = usePages<PaymentLinkRow>(paymentLinks.list, {
    ...viewOf(search),
    limit: PAGE_ROWS,
  })
  const totals = useQuery({ ...q(paymentLinks.totals, { query: filterOf(search) }), placeholderData: keepPreviousData })
  useRefresh([paymentLinks.list.path, paymentLinks.totals.path])
  const [exporting, exportDialog] = useDisclosure(false)
  const [current, setCurrent] = useState<string | null>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<DataTableHandle>(null)
  const shopNames = useMemo(() => new Map(shops.map((shop) => [shop.id, shop.name])), [shops])
  const columns = useMemo(() => linkColumns({ language, shopNames }), [language, shopNames])
  const { sort, direction } = viewOf(search)

  const views = useListViews('links', { search, onOpen: (raw, _, replace) => change(parseLinkSearch(raw), replace) })
  function change(next: LinkSearch, replace = false): void {
    table.current?.toTop()
    void navigate({ search: next, replace })
  }
  function open(row: PaymentLinkRow): void {
    void navigate({ to: '/links/$id', params: { id: row.id } })
  }
  function move(by: -1 | 1): void {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[at < 0 ? 0 : at + by]
    if (next !== undefined) setCurrent(next.id)
  }
  function sortBy(id: string): void {
    const field = PAYMENT_LINK_SORTS.find((each) => each === id)
    if (field === undefined) return
    const { sort: _sort, direction: _direction, ...rest } = search
    const turned = field === sort && direction === 'desc' ? 'asc' : 'desc'
    change({
      ...rest,
      ...(field === 'createdAt' ? {} : { sort: field }),
      ...(turned === 'asc' ? { direction: turned } : {}),
    })
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
    e: () => (mayExport ? exportDialog.open() : undefined),
  })

  function body() {
    if (list.isPending) return <TableSkeleton rowHeight={ROW_HEIGHT} name={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      const retry = () => void list.refetch()
      const title = words.payment_links.failed_title
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    if (rows.length === 0 && !isFiltered(search))
      return <Notice icon={IconLink} title={words.payment_links.empty_title} text={words.payment_links.empty_text} />
    if (rows.length === 0)
      return (
        <Notice icon={IconSearchOff} title={words.payment_links.no_match_title} text={words.ledger.no_match_text}>
          <Button size="xs" onClick={() => change({})}>
            {words.ledger.clear_all}
          </Button>
        </Notice>
      )
    if (phone) return <LinkCards rows={rows} more={more} onMore={reachEnd} />
    return (
      <DataTable
        handle={table}
        name={words.payment_links.title}
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
        foot={more ? null : words.payment_links.end}
      />
    )
  }

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.payment_links.title}</h1>
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
            {words.payment_links.export}
          </Button>
        ) : null}
        {mayMake ? (
          <Button
            size="xs"
            h={30}
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            renderRoot={(props) => <Link to="/links/new" {...props} />}
          >
            {words.payment_links.new}
          </Button>
        ) : null}
      </div>
      <LinkFilters search={search} onChange={change} searchBox={searchBox} />
      <div className={`${styles.body} ${list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
      <Totals
        name={isFiltered(search) ? words.ledger.totals_filtered : words.ledger.totals}
        busy={totals.isFetching}
        totals={[
          { name: words.payment_links.total_count, value: totals.data?.count, unit: words.screenings.count_unit },
          { name: words.payment_links.total_amount, value: totals.data?.amountYen, unit: words.app.yen },
          ...(totals.data?.byState ?? []).map(({ state, count }) => ({
            name: words.payment_link_state[state],
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
