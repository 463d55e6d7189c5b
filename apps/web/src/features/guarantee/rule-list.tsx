/** The payments one rule finds, the nearest deadline first, each with its cause and the way to its remedy. */
import { Skeleton } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { guarantee, type GuaranteeItem } from '@choba/shared/contracts/guarantee.ts'
import { type BusinessDate, daysBetween } from '@choba/shared/dates.ts'
import { GUARANTEE_REMEDY, type GuaranteeRule } from '@choba/shared/guarantee.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'
import styles from './guarantee.module.css'

export function RuleList({ rule, shop }: { readonly rule: GuaranteeRule; readonly shop: string | undefined }) {
  const words = useWords()
  const language = useLanguage()
  const list = useInfiniteQuery({
    queryKey: [guarantee.list.path, rule, shop],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(
        guarantee.list,
        { rule, query: { ...(shop && { shop }), ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
  })
  const today = list.data?.pages[0]?.today as BusinessDate | undefined
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={styles.found} aria-label={words.guarantee_rule[rule]}>
      <h2 className={styles.foundTitle}>{words.guarantee_rule[rule]}</h2>
      <p className={styles.cause}>
        <strong>{words.guarantee.cause}</strong> {words.guarantee_cause[rule]}
      </p>
      <p className={styles.cause}>
        <strong>{words.guarantee.remedy}</strong> {words.guarantee_remedy[rule]}
      </p>
      {list.isPending ? (
        <Skeleton height={200} role="status" aria-label={words.app.loading} />
      ) : items.length === 0 ? (
        <Notice icon={IconShieldCheck} title={words.guarantee.rule_clear} />
      ) : (
        <PlainTable
          caption={words.guarantee_rule[rule]}
          columns={[
            { name: words.guarantee.order },
            { name: words.guarantee.customer },
            { name: words.column.status },
            { name: words.guarantee.amount, end: true },
            { name: words.guarantee.since },
            { name: words.guarantee.deadline },
            { name: words.guarantee.details },
            { name: words.guarantee.remedy, end: true },
          ]}
          rows={items.map((item) => ({ key: item.id, cells: cellsOf(item) }))}
        />
      )}
      <MoreButton more={list.hasNextPage} isBusy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        {words.guarantee.more}
      </MoreButton>
    </section>
  )

  function cellsOf(item: GuaranteeItem) {
    return [
      <Link key="order" to="/payments/$id" params={{ id: item.id }} className="link-button mono">
        {item.orderNumber}
      </Link>,
      item.customerName,
      <StatusBadge key="status" status={item.status} language={language} />,
      formatYen(item.amountYen),
      item.since === null ? '–' : formatDay(item.since, language),
      <Deadline key="deadline" day={item.deadline} today={today} />,
      <Details key="details" item={item} />,
      <Remedy key="remedy" item={item} rule={rule} />,
    ]
  }
}

function Deadline({ day, today }: { readonly day: string | null; readonly today: BusinessDate | undefined }) {
  const { guarantee: words } = useWords()
  const language = useLanguage()
  const left = day === null || today === undefined ? null : daysBetween(today, day as BusinessDate)
  if (day === null || (left !== null && left <= 0))
    return (
      <span className={styles.urgent}>
        {words.today_or_past} {day === null ? '' : formatDay(day, language)}
      </span>
    )
  return (
    <span>
      {formatDay(day, language)}{' '}
      {left === null ? null : <span className="soft">{fill(words.days_left, { days: left })}</span>}
    </span>
  )
}

function Details({ item }: { readonly item: GuaranteeItem }) {
  const { guarantee: words } = useWords()
  const language = useLanguage()
  const parts = [
    ...item.reasons.map((code) => label(language, 'reason', code)),
    ...(item.slipNumber === null ? [] : [`${label(language, 'carrier', item.carrierCode ?? '')} ${item.slipNumber}`]),
    ...(item.shipOn === null ? [] : [fill(words.ship_on, { date: formatDay(item.shipOn, language) })]),
  ]
  return <span>{parts.length === 0 ? '–' : parts.join(separatorIn(language))}</span>
}

function Remedy({ item, rule }: { readonly item: GuaranteeItem; readonly rule: GuaranteeRule }) {
  const { guarantee: words } = useWords()
  switch (GUARANTEE_REMEDY[rule]) {
    case 'rescue':
      return (
        <Link to="/rescue/$id" params={{ id: item.id }} className="link-button">
          {words.do_rescue}
        </Link>
      )
    case 'shipments':
      return (
        <Link to="/shipments" search={{ q: item.orderNumber }} className="link-button">
          {words.do_shipments}
        </Link>
      )
    case 'payment':
      return (
        <Link to="/payments/$id" params={{ id: item.id }} className="link-button">
          {words.do_payment}
        </Link>
      )
  }
}
