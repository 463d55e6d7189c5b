/** What both lists share: asking, the three ways of being empty, sums, and more rows. */
import { Button, Skeleton } from '@mantine/core'
import { IconCircleCheck, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type ShipmentRow, shipments, type ShipmentTab } from '@choba/shared/contracts/shipments.ts'
import { asApiError } from '../../api/api-error.ts'
import { usePages, useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Totals } from '../../ui/table/totals.tsx'
import { MoreButton } from '../../ui/table/more-button.tsx'
import styles from './shipments.module.css'
import type { ShipmentsSearch } from './shipments-search.ts'

export type ListProps = {
  readonly search: ShipmentsSearch
  readonly onChange: (next: { readonly q?: string | undefined; readonly shop?: string | undefined }) => void
}

export function useShipments(tab: ShipmentTab, search: ShipmentsSearch) {
  const query = { tab, ...(search.shop && { shop: [search.shop] }), ...(search.q && { q: search.q }) }
  const pages = usePages<ShipmentRow>(shipments.list, query)
  const totals = useQuery({ ...q(shipments.totals, { query }), placeholderData: keepPreviousData })
  useRefresh([shipments.list.path, shipments.totals.path])
  return { ...pages, totals }
}

type ShipmentListProps = ListProps & {
  readonly tab: ShipmentTab
  readonly asked: ReturnType<typeof useShipments>
  readonly children: ReactNode
}

export function ShipmentList({ tab, asked, search, onChange, children }: ShipmentListProps) {
  const words = useWords()
  const language = useLanguage()
  const { list, rows, more, reachEnd, totals } = asked
  if (list.isPending) return <Skeleton height={280} mt="md" role="status" aria-label={words.app.loading} />
  if (list.isError && rows.length === 0) {
    const { code, requestId } = asApiError(list.error)
    const retry = () => void list.refetch()
    const title = words.shipments.failed_title
    return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
  }
  if (rows.length === 0 && (search.q !== undefined || search.shop !== undefined))
    return (
      <Notice icon={IconSearchOff} title={words.shipments.no_match_title}>
        {search.q === undefined ? null : (
          <Button size="xs" variant="default" onClick={() => onChange({ q: undefined })}>
            {words.shipments.clear_search}
          </Button>
        )}
        {search.shop === undefined ? null : (
          <Button size="xs" variant="default" onClick={() => onChange({ shop: undefined })}>
            {words.shipments.clear_shop}
          </Button>
        )}
      </Notice>
    )
  if (rows.length === 0)
    return tab === 'ready' ? (
      <Notice icon={IconCircleCheck} title={words.shipments.all_done_title} text={words.shipments.all_done_text} />
    ) : (
      <Notice icon={IconCircleCheck} title={words.shipments.arrived_title} text={words.shipments.arrived_text} />
    )
  return (
    <>
      <div className={styles.scroll} role="group" aria-label={words.shipments[`tab_${tab}`]} tabIndex={0}>
        {children}
        <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
          {words.shipments.more}
        </MoreButton>
      </div>
      <div className={styles.totals}>
        <Totals
          name={words.ledger.totals}
          busy={totals.isFetching}
          totals={[
            { name: words.shipments.count, value: totals.data?.count, unit: words.app.count_unit },
            { name: words.shipments.total, value: totals.data?.amountYen, unit: words.app.yen },
          ]}
        />
      </div>
    </>
  )
}
