/** What customers are owed and the transfers of it: what waits, and what was made. */
import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCashBanknote, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { type CustomerReturnRow, customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { RETURN_TONE } from '@choba/shared/states/customer-return.ts'
import { asApiError } from '../../api/api-error.ts'
import { usePages, useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { useMay } from '../../api/session.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { AccountCell } from './account-cell.tsx'
import { NextStep } from './next-step.tsx'
import styles from './returns.module.css'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

export function ReturnsPage() {
  const words = useWords()
  const language = useLanguage()
  const { view = 'open' } = useSearch({ from: '/console/returns' })
  const navigate = useNavigate({ from: '/returns' })
  const { list, rows, more, reachEnd } = usePages<CustomerReturnRow>(customerReturns.list, { view })
  const totals = useQuery(q(customerReturns.totals, { query: {} }))
  useRefresh([customerReturns.list.path])
  const mayExport = useMay('sales.export')
  const [exporting, exportDialog] = useDisclosure(false)
  const text = words.customer_returns

  function body() {
    if (list.isPending) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      const retry = () => void list.refetch()
      return <ErrorNotice title={text.failed} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    if (rows.length === 0 && view === 'open')
      return <Notice icon={IconCashBanknote} title={text.all_clear} text={text.all_clear_text} />
    if (rows.length === 0) return <Notice icon={IconCashBanknote} title={text.none_ended} />
    return (
      <PlainTable
        caption={text.title}
        columns={[
          { name: text.order },
          { name: text.customer },
          { name: text.reason },
          { name: text.amount, end: true },
          { name: text.state },
          { name: text.since },
          { name: text.account },
          { name: text.next, end: true },
        ]}
        rows={rows.map((row) => ({ key: row.id, cells: cellsOf(row) }))}
      />
    )
  }

  function cellsOf(row: CustomerReturnRow) {
    return [
      <Link key="order" to="/payments/$id" params={{ id: row.paymentId }} className="link-button mono">
        {row.orderNumber}
      </Link>,
      <span key="customer" className={styles.stack}>
        {row.customerName}
        <span className="soft">{row.phone}</span>
      </span>,
      label(language, 'owed_reason', row.reason),
      formatYen(row.amountYen),
      <ToneBadge key="state" tone={RETURN_TONE[row.task]} word={label(language, 'return_task', row.task)} />,
      formatInstant(row.since, language),
      <AccountCell key="account" row={row} />,
      <NextStep key="next" row={row} />,
    ]
  }

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{text.title}</h1>
      <p className={styles.lead}>{text.lead}</p>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={text.state}
          value={view}
          data={[
            { value: 'open', label: text.open },
            { value: 'ended', label: text.ended },
          ]}
          onChange={(next) => void navigate({ search: next === 'ended' ? { view: 'ended' } : {}, replace: true })}
        />
        {mayExport ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            title={words.ledger.export_hint}
            onClick={exportDialog.open}
          >
            {text.export}
          </Button>
        ) : null}
      </Group>
      {totals.data && totals.data.count > 0 ? (
        <p className={styles.total} aria-live="polite">
          {fill(text.total, { count: formatCount(totals.data.count), amount: formatYen(totals.data.amountYen) })}
        </p>
      ) : null}
      {body()}
      <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
        {text.more}
      </MoreButton>
      <Suspense fallback={null}>
        {exporting ? <ExportDialog view={view} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
