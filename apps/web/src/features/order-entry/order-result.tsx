/** What became of an order just sent, in place: the screening's result by itself, and what to do next. */
import { Alert, Button, Group, Loader } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { payments } from '@choba/shared/contracts/payments.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { onPaymentsChanged } from '../../api/events.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import styles from './order-entry.module.css'

export type SentOrder = { readonly paymentId: string; readonly orderNumber: string; readonly repeated: boolean }

const WAITING = ['registered', 'in_review']
/** Where the stream of news is broken the result still comes. */
const ASK_AGAIN_MS = 5000

export function OrderResult({ sent, onNext }: { readonly sent: SentOrder; readonly onNext: () => void }) {
  const words = useWords()
  const { order_result: own } = words
  const language = useLanguage()
  const queryClient = useQueryClient()
  const query = q(payments.get, { id: sent.paymentId })
  const detail = useQuery({
    ...query,
    refetchInterval: ({ state }) =>
      WAITING.includes(state.data?.payment.status ?? 'registered') ? ASK_AGAIN_MS : false,
  })
  useEffect(
    () =>
      onPaymentsChanged(({ paymentIds, more }) => {
        if (more || paymentIds.includes(sent.paymentId))
          void queryClient.invalidateQueries({ queryKey: [payments.get.path, { id: sent.paymentId }] })
      }),
    [queryClient, sent.paymentId],
  )
  const payment = detail.data?.payment
  const status = payment?.status ?? 'registered'
  const isSlip = payment?.method === 'convenience_store'
  const waits = WAITING.includes(status)
  const needsWork = status === 'on_hold' || status === 'failed'
  const said = wordsOf(status)

  return (
    <section className={styles.result} aria-live="polite" aria-labelledby="order-result">
      <h2 id="order-result" className={styles.resultTitle}>
        {fill(own.title, { order: sent.orderNumber })}
        {waits ? <Loader size={16} aria-hidden="true" /> : <StatusBadge status={status} language={language} />}
      </h2>
      {sent.repeated ? <Alert variant="light">{own.repeated}</Alert> : null}
      <p className={styles.resultText}>{said}</p>
      <p className="soft">{waits ? own.checking_hint : nextOf(status)}</p>
      {payment !== undefined && payment.reasons.length > 0 ? (
        <ul className={styles.faults} aria-label={own.reasons}>
          {payment.reasons.map((code) => (
            <li key={code}>
              {label(language, 'reason', code)} <span className="mono soft">{code}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <Group gap="xs" mt="md">
        <Button
          component={Link}
          to={`/payments/${sent.paymentId}`}
          variant={needsWork ? 'filled' : 'default'}
          data-autofocus
        >
          {needsWork ? own.fix : own.open}
        </Button>
        {status === 'awaiting_payment' ? (
          <Button component={Link} to={`/slips/${sent.paymentId}`}>
            {words.slip_sheet.open}
          </Button>
        ) : null}
        <Button variant={needsWork ? 'default' : 'filled'} onClick={onNext}>
          {own.next}
        </Button>
      </Group>
    </section>
  )

  function wordsOf(current: string): string {
    if (waits) return isSlip ? own.issuing : own.checking
    if (isSlip && current === 'awaiting_payment') return own.issued
    if (isSlip && current === 'failed') return own.slip_failed
    return current === 'authorized' || current === 'on_hold' || current === 'rejected' || current === 'failed'
      ? own[current]
      : fill(own.other, { status: label(language, 'status', current) })
  }
  function nextOf(current: string): string | null {
    if (isSlip && current === 'awaiting_payment') return own.issued_next
    return current === 'authorized' || current === 'on_hold' || current === 'rejected' || current === 'failed'
      ? own[`${current}_next`]
      : null
  }
}
