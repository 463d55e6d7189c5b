/** Payouts by closing, over all methods: what is guaranteed and where it stands above, every closing below. */
import { Button } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconCalendarDollar, IconDownload, IconFileUpload, IconSearchOff } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import type { PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { asApiError } from '../../api/api-error.ts'
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
import { CoverageBar } from './coverage-bar.tsx'
import { PayoutCards } from './payout-cards.tsx'
import { PAYOUT_COLUMN_IDS, payoutTableColumns } from './payout-columns.tsx'
import { PayoutFilters } from './payout-filters.tsx'
import styles from './payouts.module.css'
import { isFiltered, type PayoutsSearch, parsePayoutsSearch } from './payouts-search.ts'
import { usePayouts } from './use-payouts.ts'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))
const FileDialog = lazy(() => import('./file-dialog.tsx').then((module) => ({ default: module.FileDialog })))

const ROW_HEIGHT = 40
const NONE: ReadonlySet<string> = new Set()

export function PayoutsPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/payouts' })
  const navigate = useNavigate({ from: '/payouts' })
  const { shops } = useSession()
  const mayExport = useMay('sales.export')
  const mayImport = useMay('payouts.import')
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const { list, totals, rows } = usePayouts(search)
  const [current, setCurrent] = useState<string | null>(null)
  const [bringing, fileDialog] = useDisclosure(false)
  const [exporting, exportDialog] = useDisclosure(false)
  const table = useRef<DataTableHandle>(null)
  const columns = useMemo(
    () => payoutTableColumns(language, new Map(shops.map((shop) => [shop.id, shop.name]))),
    [language, shops],
  )

  const views = useListViews('payouts', { search, onOpen: (raw) => change(parsePayoutsSearch(raw)) })
  function change(next: PayoutsSearch): void {
    table.current?.toTop()
    void navigate({ search: next })
  }
  function open(row: PayoutRow): void {
    void navigate({ to: '/payouts/$id', params: { id: row.id } })
  }
  function step(by: 1 | -1): void {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next !== undefined) setCurrent(next.id)
  }
  useShortcuts(
    {
      j: () => step(1),
      k: () => step(-1),
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      e: () => (mayExport ? exportDialog.open() : undefined),
      Enter(event) {
        // On a focused control Enter presses that control.
        if (event.target instanceof Element && event.target.closest('button, a') !== null) return false
        const row = rows.find((each) => each.id === current)
        if (row === undefined) return false
        open(row)
        return true
      },
    },
    !exporting && !bringing,
  )
  function more(): void {
    if (list.hasNextPage && !list.isFetching) void list.fetchNextPage()
  }

  function body() {
    if (list.isPending) return <TableSkeleton rowHeight={ROW_HEIGHT} name={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      return (
        <ErrorNotice
          title={words.payouts.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void list.refetch()}
        />
      )
    }
    if (rows.length === 0)
      return isFiltered(search) ? (
        <Notice icon={IconSearchOff} title={words.payouts.no_match_title} text={words.payouts.no_match_text}>
          <Button variant="default" size="xs" onClick={() => change({})}>
            {words.ledger.clear_all}
          </Button>
        </Notice>
      ) : (
        <Notice icon={IconCalendarDollar} title={words.payouts.empty_title} text={words.payouts.empty_text} />
      )
    if (phone) return <PayoutCards rows={rows} more={list.hasNextPage} onMore={more} />
    return (
      <DataTable
        handle={table}
        name={words.payouts.title}
        columns={columns}
        shown={PAYOUT_COLUMN_IDS}
        pinned={1}
        rows={rows}
        above={0}
        more={list.hasNextPage}
        total={totals.data?.count}
        rowHeight={ROW_HEIGHT}
        sort={{ id: 'closingOn', direction: 'desc' }}
        onSort={() => undefined}
        current={current}
        selected={NONE}
        flashed={NONE}
        onOpen={open}
        onReachStart={() => undefined}
        onReachEnd={more}
        foot={list.hasNextPage ? null : words.ledger.end}
      />
    )
  }

  const sums = totals.data
  const { yen } = words.app
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.payouts.title}</h1>
        <span className={styles.grow} />
        <ViewMenu {...views} />
        {mayImport ? (
          <Button
            variant="default"
            size="xs"
            h={30}
            leftSection={<IconFileUpload size={15} aria-hidden="true" />}
            onClick={fileDialog.open}
          >
            {words.payouts.import}
          </Button>
        ) : null}
        {mayExport ? (
          <Button
            variant="default"
            size="xs"
            h={30}
            title={words.ledger.export_hint}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={exportDialog.open}
          >
            {words.payouts.export}
          </Button>
        ) : null}
      </div>
      <CoverageBar filter={search.shop === undefined ? {} : { shop: search.shop }} />
      <PayoutFilters search={search} onChange={change} />
      <div className={`${styles.body} ${list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
      <Totals
        name={words.payouts.totals}
        busy={totals.isFetching}
        totals={[
          { name: words.ledger.total_count, value: sums?.count, unit: words.app.count_unit },
          { name: words.payout.gross, value: sums?.grossYen, unit: yen },
          { name: words.payout.fee, value: sums && -sums.feeYen, unit: yen },
          { name: words.payout.tax, value: sums && -sums.taxYen, unit: yen },
          { name: words.payout.transfer, value: sums?.transferYen, unit: yen },
        ]}
      />
      <Suspense fallback={null}>
        {bringing ? <FileDialog onClose={fileDialog.close} /> : null}
        {exporting ? <ExportDialog search={search} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
