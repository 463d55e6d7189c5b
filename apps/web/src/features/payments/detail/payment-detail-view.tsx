/** Everything about one payment, for the drawer (one column) and the page (two). */
import { Skeleton, Stack } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { type PaymentDetail, payments } from '@choba/shared/contracts/payments.ts'
import { reveals } from '@choba/shared/contracts/reveals.ts'
import { asApiError } from '../../../api/api-error.ts'
import { call } from '../../../api/call.ts'
import { q } from '../../../api/q.ts'
import { useReveal } from '../../../api/use-reveal.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { ErrorNotice } from '../../../ui/feedback/error-notice.tsx'
import { Section } from '../../../ui/facts/section.tsx'
import { MoneyPath } from '../../../ui/money-path/money-path.tsx'
import type { Revealing } from '../../../ui/reveal/reveal.tsx'
import { WaitingBanner } from '../approvals/waiting-banner.tsx'
import { PaymentActions } from '../actions/payment-actions.tsx'
import { Goods, Journal, Related } from './books-sections.tsx'
import styles from './detail.module.css'
import { Messages } from './messages-section.tsx'
import { MethodSections } from './method-sections.tsx'
import { nextStep } from './next-step.ts'
import { PaymentHeader } from './payment-header.tsx'
import { PaymentTimeline } from './payment-timeline.tsx'
import { People } from './people-sections.tsx'
import { SubscriptionOfPayment } from './subscription-section.tsx'

const NotesSection = lazy(() =>
  import('./notes/notes-section.tsx').then((module) => ({ default: module.NotesSection })),
)

/** While a request is on its way its result is looked for, should the stream of news be late. */
const LOOK_AGAIN_MS = 2500

export function PaymentDetailView({ id, wide = false }: { readonly id: string; readonly wide?: boolean }) {
  const language = useLanguage()
  const answer = useQuery({
    ...q(payments.get, { id }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.payment.inFlight ? LOOK_AGAIN_MS : false),
  })
  const reveal = useReveal(id, (reason) => call(reveals.payment, { id, body: { reason } }))
  if (answer.isError) {
    const { code, requestId } = asApiError(answer.error)
    return <ErrorNotice code={code} requestId={requestId} language={language} onRetry={() => void answer.refetch()} />
  }
  if (answer.data === undefined) return <DetailSkeleton />
  const Layout = wide ? WideDetail : NarrowDetail
  return (
    <div style={answer.isPlaceholderData ? { opacity: 0.55 } : undefined} aria-busy={answer.isPlaceholderData}>
      <Layout detail={answer.data} plain={plainOf(answer.data, reveal.shown)} reveal={reveal} />
    </div>
  )
}

type LayoutProps = {
  readonly detail: PaymentDetail
  /** The same, with its people as far as the reader sees them now. */
  readonly plain: PaymentDetail
  readonly reveal: Revealing
}

function plainOf(detail: PaymentDetail, shown: Output<typeof reveals.payment> | null): PaymentDetail {
  if (shown === null) return detail
  const { name: customerName, kana: customerKana, phone } = shown.customer
  return { ...detail, ...shown, payment: { ...detail.payment, customerName, customerKana, phone } }
}

function NarrowDetail({ detail, plain, reveal }: LayoutProps) {
  return (
    <>
      <Top detail={detail} plain={plain} reveal={reveal} />
      <Notes id={detail.payment.id} />
      <SubscriptionOfPayment id={detail.payment.id} />
      <MethodSections detail={detail} />
      <History detail={detail} />
      <Goods detail={detail} />
      <People detail={plain} />
      <Journal detail={detail} />
      <Related detail={detail} />
      <Messages detail={detail} />
    </>
  )
}

function WideDetail({ detail, plain, reveal }: LayoutProps) {
  return (
    <div className={styles.columns}>
      <div>
        <Top detail={detail} plain={plain} reveal={reveal} />
        <Goods detail={detail} />
        <Journal detail={detail} />
        <Related detail={detail} />
        <Messages detail={detail} />
      </div>
      <div>
        <Notes id={detail.payment.id} />
        <History detail={detail} />
        <SubscriptionOfPayment id={detail.payment.id} />
        <MethodSections detail={detail} />
        <People detail={plain} />
      </div>
    </div>
  )
}

function Top({ detail, plain, reveal }: LayoutProps) {
  const words = useWords()
  const language = useLanguage()
  const next = nextStep(detail, language)
  return (
    <>
      <PaymentHeader detail={plain} reveal={reveal} />
      <div className={`${styles.next} ${next.urgent ? styles.nextUrgent : ''}`}>
        <span className={styles.nextTitle}>{words.detail.next}</span>
        {next.text}
      </div>
      {detail.payment.inFlight === null ? null : <WaitingBanner paymentId={detail.payment.id} />}
      <PaymentActions detail={detail} suggested={next.action} />
      <Section title={words.detail.money_path}>
        <MoneyPath steps={detail.moneyPath} language={language} />
      </Section>
    </>
  )
}

function Notes({ id }: { readonly id: string }) {
  return (
    <Suspense fallback={null}>
      <NotesSection id={id} />
    </Suspense>
  )
}

function History({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords()
  return (
    <Section title={words.detail.timeline}>
      <PaymentTimeline detail={detail} />
      <Link to="/payments/$id/everything" params={{ id: detail.payment.id }} className="link-button no-print">
        {words.order_record.open}
      </Link>
    </Section>
  )
}

function DetailSkeleton() {
  return (
    <Stack gap="sm" role="status" aria-busy="true" aria-label={useWords().app.loading}>
      <Skeleton height={24} width="55%" />
      <Skeleton height={16} width="70%" />
      <Skeleton height={40} width="40%" mt="xs" />
      <Skeleton height={56} mt="xs" />
      <Skeleton height={32} width="60%" />
      <Skeleton height={64} mt="md" />
      <Skeleton height={160} mt="md" />
    </Stack>
  )
}
