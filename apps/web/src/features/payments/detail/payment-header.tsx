import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { useSession } from '../../../api/session.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { Copyable } from '../../../ui/copy/copyable.tsx'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { MethodMark } from '../../../ui/status/method-mark.tsx'
import { Reveal, type Revealing } from '../../../ui/reveal/reveal.tsx'
import { StatusBadge } from '../../../ui/status/status-badge.tsx'
import { formatInstant } from '../../../ui/time/format-time.ts'
import { PaymentTags } from '../tags/payment-tags.tsx'
import styles from './detail.module.css'

type PaymentHeaderProps = { readonly detail: PaymentDetail; readonly reveal: Revealing }

export function PaymentHeader({ detail, reveal }: PaymentHeaderProps) {
  const { app, ledger } = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const { payment } = detail
  const shop = shops.find((each) => each.id === payment.shopId)
  const amounts: [string, number][] = [
    [ledger.total_captured, payment.capturedYen],
    [ledger.total_refunded, payment.refundedYen],
    [ledger.total_fee, payment.feeYen],
    [ledger.total_net, payment.netYen],
  ]
  return (
    <header>
      <div className={styles.head}>
        <h1 className={styles.order}>
          <Copyable value={payment.orderNumber} language={language} />
        </h1>
        <StatusBadge status={payment.status} language={language} />
      </div>
      <div className={styles.under}>
        <MethodMark method={payment.method} language={language} />
        <span>{payment.customerName}</span>
        <Reveal reveal={reveal} />
        <span>{formatInstant(payment.orderedAt, language)}</span>
        {shop ? <span>{shop.name}</span> : null}
      </div>
      <PaymentTags payment={payment} />
      <dl className={styles.amounts}>
        <div className={`${styles.amount} ${styles.first}`}>
          <dt>{ledger.total_amount}</dt>
          <dd className="num">
            {formatYen(payment.amountYen)}{' '}
            <span className="soft" style={{ fontSize: '0.875rem', fontWeight: 400 }}>
              {app.yen}
            </span>
          </dd>
        </div>
        {amounts.map(([name, amount]) => (
          <div key={name} className={styles.amount} style={{ alignSelf: 'flex-end' }}>
            <dt>{name}</dt>
            <dd className="num">{formatYen(amount)}</dd>
          </div>
        ))}
      </dl>
    </header>
  )
}
