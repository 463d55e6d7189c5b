/** The sales behind a part of the coverage, each with why it is there. */
import { Group, SegmentedControl, Select, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconChecklist } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { dayOf } from '@choba/shared/dates.ts'
import type { CoverageSale } from '@choba/shared/contracts/payouts.ts'
import { COVERAGE_PARTS, COVERAGE_REASONS, type CoverageReason } from '@choba/shared/filters/payouts.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { CoverageBar } from './coverage-bar.tsx'
import styles from './payouts.module.css'
import type { CoverageSearch } from './payouts-search.ts'
import { useCoverageSales } from './use-payouts.ts'

export function CoveragePage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/payouts/coverage' })
  const navigate = useNavigate({ from: '/payouts/coverage' })
  const { shops } = useSession()
  const [today] = useState(() => dayOf(new Date()))
  const list = useCoverageSales(search)
  const { part, reason, ...filter } = search
  const { from, to, shop } = filter
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total

  function change(next: CoverageSearch): void {
    void navigate({ search: next, replace: true })
  }

  function body() {
    if (list.isPending) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      return (
        <ErrorNotice
          title={words.coverage.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void list.refetch()}
        />
      )
    }
    if (rows.length === 0) return <Notice icon={IconChecklist} title={words.coverage.list_empty} />
    return (
      <>
        <SaleTable rows={rows} />
        <MoreButton more={list.hasNextPage} isBusy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
          {words.payouts.more}
        </MoreButton>
      </>
    )
  }

  const reasons: readonly CoverageReason[] =
    part === undefined
      ? COVERAGE_PARTS.flatMap((each): readonly CoverageReason[] => COVERAGE_REASONS[each])
      : COVERAGE_REASONS[part]
  return (
    <div className={styles.sheet}>
      <Link to="/payouts" className={styles.back}>
        <IconChevronLeft size={16} aria-hidden="true" />
        {words.payout.back}
      </Link>
      <h1 className={styles.title}>{words.coverage.title}</h1>
      <p className={styles.lead}>{words.coverage.lead}</p>
      <CoverageBar filter={filter} />
      <Group gap="xs" mb="md">
        <SegmentedControl
          size="xs"
          aria-label={words.coverage.title}
          value={part ?? 'all'}
          onChange={(value) => {
            const chosen = COVERAGE_PARTS.find((each) => each === value)
            change(chosen === undefined ? filter : { ...filter, part: chosen })
          }}
          data={[
            { value: 'all', label: words.coverage.all },
            ...COVERAGE_PARTS.map((value) => ({ value, label: words.coverage[value] })),
          ]}
        />
        <DayFilter
          name={words.coverage.period}
          today={today}
          condition={{ ...(from && { from }), ...(to && { to }) }}
          onChange={(days) => {
            const { from: _from, to: _to, ...others } = search
            change({ ...others, ...days })
          }}
        />
        {shops.length > 1 ? (
          <ChoiceFilter
            name={words.filter.shop}
            choices={shops.map((each) => ({ value: each.id, word: each.name }))}
            chosen={shop ?? []}
            onChange={(values) => {
              const { shop: _, ...others } = search
              change(values.length === 0 ? others : { ...others, shop: [...values] })
            }}
          />
        ) : null}
        <Select
          size="xs"
          w={230}
          aria-label={words.payout.reason}
          placeholder={words.coverage.all}
          clearable
          data={reasons.map((value) => ({ value, label: words.coverage_reason[value] }))}
          value={reason ?? null}
          onChange={(value) => {
            const chosen = reasons.find((each) => each === value)
            const { reason: _, ...others } = search
            change(chosen === undefined ? others : { ...others, reason: chosen })
          }}
        />
      </Group>
      {total === undefined ? null : (
        <p className={styles.lead} role="status">
          {fill(words.coverage.count, { count: formatCount(total.count) })} · {formatYen(total.amountYen)}
          {language === 'ja' ? words.app.yen : ` ${words.app.yen}`}
        </p>
      )}
      <div className={list.isPlaceholderData ? styles.stale : undefined}>{body()}</div>
    </div>
  )
}

function SaleTable({ rows }: { readonly rows: readonly CoverageSale[] }) {
  const words = useWords()
  const language = useLanguage()
  return (
    <PlainTable
      caption={words.coverage.title}
      columns={[
        { name: words.payout.order },
        { name: words.payout.customer },
        { name: words.payout.reason },
        { name: words.coverage.shipped },
        { name: words.payout.arrived },
        { name: words.coverage.statement },
        { name: words.coverage.closing },
        { name: words.coverage.pay },
        { name: words.payout.amount, end: true },
      ]}
      rows={rows.map((row) => ({
        key: row.paymentId,
        cells: [
          <Link key="order" to="/payments/$id" params={{ id: row.paymentId }} className="link-button mono">
            {row.orderNumber}
          </Link>,
          row.customerName,
          label(language, 'coverage_reason', row.reason),
          formatDay(row.shippedOn, language),
          formatDay(row.arrivedOn, language),
          row.statementId === null ? (
            <span key="statement" className="mono">
              {row.statementNumber ?? '–'}
            </span>
          ) : (
            <Link key="statement" to="/payouts/$id" params={{ id: row.statementId }} className="link-button mono">
              {row.statementNumber}
            </Link>
          ),
          formatDay(row.closingOn, language),
          formatDay(row.payOn, language),
          formatYen(row.amountYen),
        ],
      }))}
    />
  )
}
