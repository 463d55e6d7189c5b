/** The sales ledger: filters above, rows between, totals below, and one payment beside them. */
import { Button } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { PAYMENT_SORTS } from '@choba/shared/filters/payments.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useTags } from '../../api/use-tags.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { DataTable, type DataTableHandle } from '../../ui/table/data-table.tsx'
import { TableSkeleton } from '../../ui/table/table-skeleton.tsx'
import { DisplayMenu } from './display-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { LedgerCards } from './ledger-cards.tsx'
import { ledgerColumns, PINNED_COLUMNS, SELECT_COLUMN } from './ledger-columns.tsx'
import { LedgerEmpty } from './ledger-empty.tsx'
import styles from './ledger.module.css'
import { ROW_HEIGHTS, useDensity, useLedgerColumns } from './ledger-preferences.ts'
import { isFiltered, type LedgerSearch, viewOf } from './ledger-search.ts'
import { LedgerViews } from './ledger-views.tsx'
import { PaymentDrawer } from './payment-drawer.tsx'
import { MarkSelected } from './tags/mark-selected.tsx'
import { TotalsBar } from './totals-bar.tsx'
import { useLedger } from './use-ledger.ts'
import { useLedgerKeys } from './use-ledger-keys.ts'
import { useSelection } from './use-selection.ts'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

export function LedgerPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/payments' })
  const navigate = useNavigate({ from: '/payments' })
  const { shops } = useSession()
  const mayExport = useMay('sales.export')
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const wide = useMediaQuery('(min-width: 75em)', window.innerWidth >= 1200)
  const ledger = useLedger(search)
  const selection = useSelection()
  const { all, named } = useTags()
  const [shown, setShown] = useLedgerColumns(all.length > 0)
  const [density, setDensity] = useDensity()
  const [exporting, exportDialog] = useDisclosure(false)
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<DataTableHandle>(null)

  const change = useCallback(
    (next: LedgerSearch, replace = false) => {
      table.current?.toTop()
      void navigate({ search: next, replace })
    },
    [navigate],
  )
  const open = useCallback(
    (row: PaymentRow) =>
      void navigate({ search: (before) => ({ ...before, open: row.id }), replace: search.open !== undefined }),
    [navigate, search.open],
  )
  const close = useCallback(() => void navigate({ search: ({ open: _, ...rest }) => rest }), [navigate])
  const keys = useLedgerKeys({
    rows: ledger.rows,
    open: search.open,
    enabled: !exporting,
    searchBox,
    onOpen: open,
    onClose: close,
    onSelect: selection.toggle,
    onExport: () => {
      if (mayExport) exportDialog.open()
    },
  })

  const shopNames = useMemo(() => new Map(shops.map((shop) => [shop.id, shop.name])), [shops])
  const columns = useMemo(
    () =>
      ledgerColumns({
        language,
        shopNames,
        tagsNamed: named,
        selected: selection.ids,
        onSelect: selection.toggle,
        onOpen: open,
      }),
    [language, shopNames, named, selection.ids, selection.toggle, open],
  )
  const columnIds = useMemo(() => [SELECT_COLUMN, ...shown], [shown])
  const { sort, direction } = viewOf(search)
  const at = ledger.rows.findIndex((row) => row.id === search.open)

  function sortBy(id: string): void {
    const field = PAYMENT_SORTS.find((each) => each === id)
    if (field === undefined) return
    const turned = field === sort && direction === 'desc' ? 'asc' : 'desc'
    const { sort: _sort, direction: _direction, ...rest } = search
    change({
      ...rest,
      ...(field === 'orderedAt' ? {} : { sort: field }),
      ...(turned === 'asc' ? { direction: turned } : {}),
    })
  }
  function step(by: -1 | 1): (() => void) | undefined {
    const row = at < 0 ? undefined : ledger.rows[at + by]
    return row === undefined ? undefined : () => open(row)
  }

  function body() {
    const { list, rows } = ledger
    if (list.isPending) return <TableSkeleton rowHeight={ROW_HEIGHTS[density]} name={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      return (
        <ErrorNotice
          title={words.ledger.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void list.refetch()}
        />
      )
    }
    if (rows.length === 0 && ledger.above === 0) return <LedgerEmpty search={search} onChange={change} />
    const paging = {
      rows,
      above: ledger.above,
      more: ledger.more,
      onReachStart: ledger.reachStart,
      onReachEnd: ledger.reachEnd,
    }
    if (phone) return <LedgerCards {...paging} onOpen={open} />
    return (
      <DataTable
        {...paging}
        handle={table}
        name={words.ledger.title}
        columns={columns}
        shown={columnIds}
        pinned={PINNED_COLUMNS}
        total={ledger.totals.data?.count}
        rowHeight={ROW_HEIGHTS[density]}
        sort={{ id: sort, direction }}
        onSort={sortBy}
        current={keys.current}
        selected={selection.ids}
        flashed={ledger.flashed}
        onOpen={open}
        foot={ledger.more ? null : words.ledger.end}
      />
    )
  }

  return (
    <div className={styles.page}>
      <div className={styles.list}>
        <div className={styles.head}>
          <h1 className={styles.title}>{words.ledger.title}</h1>
          {selection.ids.size > 0 ? (
            <span className={styles.selection} role="status">
              {fill(words.ledger.selected, { count: formatCount(selection.ids.size) })}{' '}
              {fill(words.ledger.selected_amount, { amount: formatYen(selection.amountYen) })}
              <MarkSelected ids={selection.ids} />
              <button type="button" className="link-button" onClick={selection.clear}>
                {words.ledger.selection_clear}
              </button>
            </span>
          ) : null}
          <span className={styles.grow} />
          <LedgerViews search={search} shown={shown} onShow={setShown} />
          {phone ? null : <DisplayMenu shown={shown} onShow={setShown} density={density} onDensity={setDensity} />}
          {mayExport ? (
            <Button
              variant="default"
              size="xs"
              h={30}
              leftSection={<IconDownload size={15} aria-hidden="true" />}
              title={words.ledger.export_hint}
              onClick={exportDialog.open}
            >
              {words.ledger.export}
            </Button>
          ) : null}
        </div>
        <FilterBar search={search} onChange={change} searchBox={searchBox} />
        <div className={`${styles.body} ${ledger.list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
        <TotalsBar totals={ledger.totals} filtered={isFiltered(search)} />
      </div>
      {search.open === undefined ? null : (
        <PaymentDrawer
          id={search.open}
          layout={phone ? 'sheet' : wide ? 'panel' : 'side'}
          onClose={close}
          onPrevious={step(-1)}
          onNext={step(1)}
        />
      )}
      <Suspense fallback={null}>
        {exporting ? <ExportDialog search={search} shown={shown} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
