/** Who buys: purchases over all methods, and what is open at NP. */
import { Button, SegmentedControl } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconSearchOff, IconUsers } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import type { CustomerRow } from '@choba/shared/contracts/customers.ts'
import { CUSTOMER_SORTS } from '@choba/shared/filters/customers.ts'
import { asApiError } from '../../api/api-error.ts'
import { useMay } from '../../api/session.ts'
import { useListViews } from '../../api/use-list-views.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ViewMenu } from '../../ui/views/view-menu.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { DataTable, type DataTableHandle } from '../../ui/table/data-table.tsx'
import { TableSkeleton } from '../../ui/table/table-skeleton.tsx'
import { CustomerCards } from './customer-cards.tsx'
import { customersColumns, SHOWN_COLUMNS } from './customers-columns.tsx'
import { type CustomersSearch, isFiltered, viewOf, parseCustomersSearch } from './customers-search.ts'
import { CustomersTotals } from './customers-totals.tsx'
import styles from './customers.module.css'
import { useCustomers } from './use-customers.ts'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

const ROW_HEIGHT = 40
const NONE: ReadonlySet<string> = new Set()
/** Of the limit: from here on the next order may be rejected. */
const NEAR = 0.8

export function CustomersPage() {
  const words = useWords()
  const { customer: own } = words
  const language = useLanguage()
  const search = useSearch({ from: '/console/customers' })
  const navigate = useNavigate({ from: '/customers' })
  const mayExport = useMay('sales.export')
  const phone = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768)
  const { list, totals, rows } = useCustomers(search)
  const [exporting, exportDialog] = useDisclosure(false)
  const [current, setCurrent] = useState<string | null>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<DataTableHandle>(null)
  const columns = useMemo(() => customersColumns(language), [language])
  const { sort, direction } = viewOf(search)
  const limitYen = totals.data?.limitYen ?? null
  const nearYen = limitYen === null ? null : Math.ceil(limitYen * NEAR)

  const views = useListViews('customers', { search, onOpen: (raw) => change(parseCustomersSearch(raw)) })
  function change(next: CustomersSearch): void {
    table.current?.toTop()
    void navigate({ search: next })
  }
  function open(row: CustomerRow): void {
    void navigate({ to: '/customers/$id', params: { id: row.id } })
  }
  function step(by: 1 | -1): void {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next !== undefined) setCurrent(next.id)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    '/': () => searchBox.current?.focus(),
    e: () => (mayExport ? exportDialog.open() : undefined),
    Enter(event) {
      // On a focused control Enter presses that control.
      if (event.target instanceof Element && event.target.closest('button, a') !== null) return false
      const row = rows.find((each) => each.id === current)
      if (row === undefined) return false
      open(row)
      return true
    },
  })
  function sortBy(id: string): void {
    const field = CUSTOMER_SORTS.find((each) => each === id)
    if (field === undefined) return
    const turned = field === sort && direction === 'desc' ? 'asc' : 'desc'
    const { sort: _sort, direction: _direction, ...rest } = search
    change({
      ...rest,
      ...(field === 'lastOrderedAt' ? {} : { sort: field }),
      ...(turned === 'asc' ? { direction: turned } : {}),
    })
  }
  /** The choice in the address is a figure: another contract's limit makes another figure. */
  const shownFilter = search.openMin === undefined ? 'all' : search.openMin > 1 ? 'near' : 'open'
  function filterBy(choice: string): void {
    const { openMin: _, ...rest } = search
    if (choice === 'open') change({ ...rest, openMin: 1 })
    else if (choice === 'near' && nearYen !== null) change({ ...rest, openMin: nearYen })
    else change(rest)
  }

  function body() {
    if (list.isPending) return <TableSkeleton rowHeight={ROW_HEIGHT} name={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      return (
        <ErrorNotice
          title={own.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void list.refetch()}
        />
      )
    }
    if (rows.length === 0) {
      return isFiltered(search) ? (
        <Notice icon={IconSearchOff} title={own.no_match_title} text={own.no_match_text}>
          <Button variant="default" size="xs" onClick={() => change({})}>
            {own.clear}
          </Button>
        </Notice>
      ) : (
        <Notice icon={IconUsers} title={own.empty_title} text={own.empty_text} />
      )
    }
    const paging = {
      rows,
      above: 0,
      more: list.hasNextPage,
      onOpen: open,
      onReachStart: () => undefined,
      onReachEnd: () => {
        if (list.hasNextPage && !list.isFetching) void list.fetchNextPage()
      },
    }
    if (phone) return <CustomerCards {...paging} />
    return (
      <DataTable
        {...paging}
        handle={table}
        name={own.title}
        columns={columns}
        shown={SHOWN_COLUMNS}
        pinned={1}
        total={totals.data?.count}
        rowHeight={ROW_HEIGHT}
        sort={{ id: sort, direction }}
        onSort={sortBy}
        current={current}
        selected={NONE}
        flashed={NONE}
        foot={list.hasNextPage ? null : own.end}
      />
    )
  }

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{own.title}</h1>
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
            {own.export}
          </Button>
        ) : null}
      </div>
      <div className={styles.filters}>
        <SearchBox
          ref={searchBox}
          label={own.search_label}
          placeholder={own.search}
          value={search.q ?? ''}
          onChange={(q) => {
            const { q: _, ...rest } = search
            change(q === '' ? rest : { ...rest, q })
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={own.filter_label}
          value={shownFilter}
          onChange={filterBy}
          data={[
            { value: 'all', label: own.all },
            { value: 'open', label: own.with_open },
            { value: 'near', label: own.near_limit, disabled: nearYen === null },
          ]}
        />
        <span className={styles.who}>{own.who}</span>
      </div>
      <div className={`${styles.body} ${list.isPlaceholderData ? styles.stale : ''}`}>{body()}</div>
      <CustomersTotals totals={totals} />
      <Suspense fallback={null}>
        {exporting ? <ExportDialog search={search} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
