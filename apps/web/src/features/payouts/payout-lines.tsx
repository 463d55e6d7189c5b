/** The lines of a closing, beside what was expected of each where it differs. */
import { SegmentedControl, Skeleton } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { payouts } from '@choba/shared/contracts/payouts.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { LineTable } from './line-table.tsx'
import styles from './payouts.module.css'

type PayoutLinesProps = { readonly id: string; readonly method: string; readonly expected: boolean }

export function PayoutLines({ id, method, expected }: PayoutLinesProps) {
  const words = useWords()
  const language = useLanguage()
  const [only, setOnly] = useState<'all' | 'differences'>('all')
  const list = useInfiniteQuery({
    queryKey: [payouts.lines.path, { id, only }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(payouts.lines, { id, query: { only, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []

  function body() {
    if (list.isPending) return <Skeleton height={160} role="status" aria-label={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      return <ErrorNotice code={code} requestId={requestId} language={language} onRetry={() => void list.refetch()} />
    }
    if (rows.length === 0)
      return <p className="soft">{only === 'all' ? words.payout.lines_empty : words.payout.lines_none}</p>
    return <LineTable rows={rows} method={method} expected={expected} />
  }
  return (
    <Section title={expected ? words.payout.expected_lines : words.payout.lines}>
      {expected ? null : (
        <div className={`${styles.lineHead} no-print`}>
          <SegmentedControl
            size="xs"
            aria-label={words.payout.lines}
            value={only}
            onChange={(value) => setOnly(value === 'differences' ? value : 'all')}
            data={[
              { value: 'all', label: words.payout.lines_all },
              { value: 'differences', label: words.payout.lines_differences },
            ]}
          />
        </div>
      )}
      <div className={list.isPlaceholderData ? styles.stale : undefined}>{body()}</div>
      <MoreButton more={list.hasNextPage} isBusy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        {words.payouts.more}
      </MoreButton>
    </Section>
  )
}
