/** One customer: the limit and what is open, purchases over all methods, screenings, points. */
import { Button, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconPlus, IconUserOff } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { customers } from '@choba/shared/contracts/customers.ts'
import { reveals } from '@choba/shared/contracts/reveals.ts'
import { asApiError } from '../../api/api-error.ts'
import { onPaymentsChanged } from '../../api/events.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useReveal } from '../../api/use-reveal.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Copyable } from '../../ui/copy/copyable.tsx'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { LimitMeter } from '../../ui/limit/limit-meter.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { Reveal } from '../../ui/reveal/reveal.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { CustomerPayments } from './customer-payments.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { ByMethod, OpenPayments, PointsSection, Screenings } from './customer-sections.tsx'
import styles from './customers.module.css'

export function CustomerPage() {
  const words = useWords()
  const { customer: own } = words
  const language = useLanguage()
  const { id } = useParams({ from: '/console/customers/$id' })
  const mayOrder = useMay('orders.create')
  const mayErase = useMay('customers.erase')
  const [isErasing, setErasing] = useState(false)
  const detail = useQuery(q(customers.get, { id }))
  useRefresh(id)
  const reveal = useReveal(id, (reason) => call(reveals.customer, { id, body: { reason } }))

  function body() {
    if (detail.isPending) return <Skeleton height={420} mt="md" role="status" aria-label={words.app.loading} />
    if (detail.isError) {
      const { code, requestId } = asApiError(detail.error)
      if (code === 'resource.not_found')
        return <Notice icon={IconUserOff} title={own.not_found} text={own.not_found_text} />
      return (
        <ErrorNotice
          title={own.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void detail.refetch()}
        />
      )
    }
    const { limit, byMethod, open, screenings, points } = detail.data
    const customer = { ...detail.data.customer, ...reveal.shown }
    return (
      <>
        <div className={styles.customerHead}>
          <div>
            <h1 className={styles.title}>{customer.name}</h1>
            <p className="soft" style={{ margin: 0 }}>
              {customer.kana}
            </p>
            <Reveal reveal={reveal} />
          </div>
          {mayOrder ? (
            <Button
              component={Link}
              to={`/orders/new?customer=${id}`}
              size="xs"
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden="true" />}
            >
              {own.new_order}
            </Button>
          ) : null}
        </div>
        <div className={styles.columns}>
          <div>
            <Section title={own.summary}>
              <Facts
                facts={[
                  [
                    words.column.phone,
                    customer.phone === '' ? null : <Copyable key="p" value={customer.phone} language={language} />,
                  ],
                  [words.customer_column.email, customer.email],
                  [own.total_payments, `${formatCount(customer.payments)}${language === 'ja' ? own.orders : ''}`],
                  [own.total_captured, `${formatYen(customer.capturedYen)} ${words.app.yen}`],
                  [own.total_refunded, `${formatYen(customer.refundedYen)} ${words.app.yen}`],
                  [own.total_net, <strong key="n">{`${formatYen(customer.netYen)} ${words.app.yen}`}</strong>],
                  [own.first_order, formatInstant(customer.firstOrderedAt, language)],
                  [own.last_order, formatInstant(customer.lastOrderedAt, language)],
                ]}
              />
            </Section>
            <ByMethod rows={byMethod} />
          </div>
          <div>
            <Section title={words.limit.title}>
              <LimitMeter limit={limit} addedYen={0} language={language} />
            </Section>
            <OpenPayments rows={open} />
            <PointsSection points={points} />
          </div>
        </div>
        <CustomerPayments id={id} />
        <Screenings rows={screenings} />
        {mayErase ? (
          <Button variant="default" size="xs" mt="lg" onClick={() => setErasing(true)}>
            {words.privacy.erase}
          </Button>
        ) : null}
        {isErasing ? <EraseDialog id={id} onClose={() => setErasing(false)} /> : null}
      </>
    )
  }
  return (
    <div className={styles.customerPage}>
      <Link to="/customers" className={styles.back}>
        <IconChevronLeft size={16} aria-hidden="true" />
        {own.back}
      </Link>
      {body()}
    </div>
  )
}

/** A change of any payment may be one of this customer's. */
function useRefresh(id: string): void {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onPaymentsChanged(() => {
        void queryClient.invalidateQueries({ queryKey: [customers.get.path, { id }] })
        void queryClient.invalidateQueries({ queryKey: [customers.payments.path, id] })
      }),
    [queryClient, id],
  )
}
