/** Every order of the customer, newest first. */
import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { customers } from '@choba/shared/contracts/customers.ts'
import { call } from '../../api/call.ts'
import { asApiError } from '../../api/api-error.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { OrderLink } from './customer-sections.tsx'

export function CustomerPayments({ id }: { readonly id: string }) {
  const { app, customer } = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const shopNames = new Map(shops.map((shop) => [shop.id, shop.name]))
  const list = useInfiniteQuery({
    queryKey: [customers.payments.path, id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(customers.payments, { id, query: pageParam === null ? {} : { cursor: pageParam } }, signal),
    getNextPageParam: (last) => last.nextCursor,
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []

  function body() {
    if (list.isPending) return <Skeleton height={160} role="status" aria-label={app.loading} />
    if (list.isError) {
      const { code, requestId } = asApiError(list.error)
      return <ErrorNotice code={code} requestId={requestId} language={language} onRetry={() => void list.refetch()} />
    }
    if (rows.length === 0) return <p className="soft">{customer.payments_empty}</p>
    return (
      <PlainTable
        caption={customer.payments_title}
        columns={[
          { name: customer.ordered_at },
          { name: customer.order },
          { name: app.shop },
          { name: customer.method },
          { name: customer.status },
          { name: customer.amount, end: true },
          { name: customer.captured, end: true },
          { name: customer.refunded, end: true },
        ]}
        rows={rows.map((row) => ({
          key: row.id,
          cells: [
            formatInstant(row.orderedAt, language),
            <OrderLink key="order" id={row.id} orderNumber={row.orderNumber} />,
            shopNames.get(row.shopId) ?? row.shopId,
            <MethodMark key="method" method={row.method} language={language} />,
            <StatusBadge key="status" status={row.status} language={language} />,
            formatYen(row.amountYen),
            formatYen(row.capturedYen),
            formatYen(row.refundedYen),
          ],
        }))}
      />
    )
  }
  return (
    <Section title={customer.payments_title}>
      {body()}
      <MoreButton more={list.hasNextPage} isBusy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        {customer.more}
      </MoreButton>
    </Section>
  )
}
