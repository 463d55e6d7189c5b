/** Every subscription: conditions, rows, sums below. Those that somebody should look at are one condition away. */
import { Button } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconRepeat, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { type SubscriptionRow, subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { SUBSCRIPTION_SORTS } from '@choba/shared/filters/subscriptions.ts'
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
import { NewButton } from './new-button.tsx'
import { SectionTabs } from './section-tabs.tsx'
import { SubscriptionCards } from './subscription-cards.tsx'
import { SHOWN_COLUMNS, tableColumns } from './subscription-columns.tsx'
import { SubscriptionFilters } from './subscription-filters.tsx'
import {
  filterOf,
  isFiltered,
  type SubscriptionSearch,
  viewOf,
  parseSubscriptionSearch,
} from './subscription-search.ts'
import styles from './subscriptions.module.css'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

const ROW_HEIGHT = 40
const PAGE_ROWS = 100
const NONE: ReadonlySet<string> = new Set()

export function SubscriptionsPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/subscriptions' })
  const navigate = useNavigate({ from: '/subscriptions' })
  const { shops } = useSession()
  const mayExport = useMay('sales.export')
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const { list, rows, more, reachEnd } = usePages<SubscriptionRow>(subscriptions.list, {
    ...viewOf(search),
    limit: PAGE_ROWS,
  })
  const totals = useQuery({
    ...q(subscriptions.totals, { query: filterOf(search) }),
    placeholderData: keepPreviousData,
  })
  useRefresh([subscriptions.list.path, subscriptions.totals.path])
  const [exporting, exportDialog] = useDisclosure(false)
  const [current, setCurrent] = useState<string | null>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<DataTableHandle>(null)
  const shopNames = useMemo(() => new Map(shops.map((shop) => [shop.id, shop.name])), [shops])
  const columns = useMemo(() => tableColumns({ language, shopNames }), [language, shopNames])
  const { sort, direction } = viewOf(search)

  const views = useListViews('subscriptions', {
    search,
    onOpen: (raw, _, replace) => change(parseSubscriptionSearch(raw), replace),
  })
  function change(next: SubscriptionSearch, replace = false): void {
    table.current?.toTop()
    void navigate({ search: next, replace })
  }
  function open(row: SubscriptionRow): void {
    void navigate({ to: '/subscriptions/$id', params: { id: row.id } })
  }
  function move(by: -1 | 1): void {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[at < 0 ? 0 : at + by]
    if (next !== undefined) setCurrent(next.id)
  }
  function sortBy(id: string): void {
    const field = SUBSCRIPTION_SORTS.find((each) => each === id)
    if (field === undefined) return
    const { sort: _sort, direction: _direction, ...rest } = search
    const turned = field === sort && direction === 'desc' ? 'asc' : 'desc'
    change({
      ...rest,
      ...(field === 'createdAt' ? {} : { sort: field }),
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
      const title = words.subscriptions.failed_title
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    if (rows.length === 0 && !isFiltered(search))
      return (
        <Notice icon={IconRepeat} title={words.subscriptions.empty_title} text={words.subscriptions.empty_text}>
          <NewButton />
        </Notice>
      )
    if (rows.length === 0)
      return (
        <Notice icon={IconSearchOff} title={words.subscriptions.no_match_title} text={words.ledger.no_match_text}>
          <Button size="xs" onClick={() => change({})}>
            {words.ledger.clear_all}
          </Button>
        </Notice>
      )
    if (phone) return <SubscriptionCards rows={rows} more={more} onMore={reachEnd} />
    return (
      <DataTable
        handle={table}
        name={words.subscriptions.title}
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
        foot={more ? null : words.subscriptions.end}
      />
    )
  }

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.subscriptions.title}</h1>
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
            {words.subscriptions.export}
          </Button>
        ) : null}
        <NewButton />
      </div>
      <SectionTabs />
      <SubscriptionFilters search={search} onChange={change} searchBox={searchBox} />
      <div className={`${styles.body} ${list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
      <Totals
        name={isFiltered(search) ? words.ledger.totals_filtered : words.ledger.totals}
        busy={totals.isFetching}
        totals={[
          { name: words.subscriptions.total_count, value: totals.data?.count, unit: words.subscriptions.count_unit },
          { name: words.subscriptions.total_amount, value: totals.data?.amountYen, unit: words.app.yen },
          {
            name: words.subscriptions.total_attention,
            value: totals.data?.attention,
            unit: words.subscriptions.count_unit,
          },
        ]}
      />
      <Suspense fallback={null}>
        {exporting ? <ExportDialog search={search} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
