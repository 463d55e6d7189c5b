/** One subscription: what is charged next, what was agreed, every cycle with its payment, and what happened. */
import { Skeleton } from '@mantine/core'
import { IconChevronLeft, IconRepeatOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { CyclesSection } from './cycles-section.tsx'
import { HistorySection } from './history-section.tsx'
import { NextCharge } from './next-charge.tsx'
import { SubscriptionActions } from './subscription-actions.tsx'
import { SubscriptionBadge } from './subscription-columns.tsx'
import styles from './subscriptions.module.css'
import { GoodsSection, TermsSection } from './terms-section.tsx'

export function SubscriptionPage() {
  const words = useWords()
  const language = useLanguage()
  const { id } = useParams({ from: '/console/subscriptions/$id' })
  const detail = useQuery(q(subscriptions.get, { id }))
  useRefresh([subscriptions.get.path])

  function body() {
    if (detail.isPending) return <Skeleton height={480} role="status" aria-label={words.app.loading} />
    if (detail.isError) {
      const { code, requestId } = asApiError(detail.error)
      if (code === 'resource.not_found') return <Notice icon={IconRepeatOff} title={words.subscriptions.not_found} />
      const retry = () => void detail.refetch()
      const title = words.subscriptions.failed_title
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    return <Detail subscription={detail.data} />
  }
  return (
    <div className={styles.sheet}>
      <Link to="/subscriptions" className={`${styles.back} no-print`}>
        <IconChevronLeft size={16} aria-hidden="true" />
        {words.subscriptions.back}
      </Link>
      {body()}
    </div>
  )
}

function Detail({ subscription }: { readonly subscription: SubscriptionDetail }) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const { code, customer, kind, shopId, status, today } = subscription
  return (
    <>
      <div className={styles.detailHead}>
        <h1 className={`${styles.title} mono`}>{code}</h1>
        <SubscriptionBadge status={status} language={language} />
        <span>{customer.name}</span>
        <span className="soft">{words.subscription_kind[kind]}</span>
        <span className="soft">{shops.find(({ id }) => id === shopId)?.name}</span>
        <span className={`soft ${styles.today}`}>
          {fill(words.subscription_detail.today, { day: formatDay(today, language) })}
        </span>
      </div>
      <SubscriptionActions subscription={subscription} />
      <div className={styles.detailColumns}>
        <div>
          <Section title={words.subscription_detail.next}>
            <NextCharge subscription={subscription} />
          </Section>
          <CyclesSection subscription={subscription} />
          <GoodsSection subscription={subscription} />
        </div>
        <div>
          <TermsSection subscription={subscription} />
          <HistorySection subscription={subscription} />
        </div>
      </div>
    </>
  )
}
