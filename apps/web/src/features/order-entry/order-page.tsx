/** Phone, fax and postcard orders: keyed in on the left, weighed on the right, sent once, answered in place. */
import { Skeleton } from '@mantine/core'
import { IconBuildingStore, IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import { asApiError } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { OrderEntryForm } from './order-entry-form.tsx'
import styles from './order-entry.module.css'
import { OrderResult, type SentOrder } from './order-result.tsx'

export function NewOrderPage() {
  const { app, order_form: words } = useWords()
  const language = useLanguage()
  const may = useMay('orders.create')
  const shops = useQuery({ ...q(orderEntry.shops, {}), enabled: may })
  const [sent, setSent] = useState<SentOrder | null>(null)

  function body() {
    if (!may) return <Notice icon={IconLock} title={words.forbidden} text={words.forbidden_text} />
    if (shops.isPending) return <Skeleton height={360} role="status" aria-label={app.loading} />
    if (shops.isError) {
      const { code, requestId } = asApiError(shops.error)
      return (
        <ErrorNotice
          title={words.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void shops.refetch()}
        />
      )
    }
    if (shops.data.shops.length === 0)
      return <Notice icon={IconBuildingStore} title={words.no_shop} text={words.no_shop_text} />
    if (sent !== null) return <OrderResult sent={sent} onNext={() => setSent(null)} />
    return <OrderEntryForm shops={shops.data.shops} onSent={setSent} />
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{words.title}</h1>
      <p className={styles.lead}>{words.lead}</p>
      {body()}
    </div>
  )
}
