/** Sums of everything that matches, exactly as the server holds them; dimmed while they are being asked again. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { PaymentTotals } from '@choba/shared/contracts/payments.ts'
import { useWords } from '../../i18n/language.ts'
import { formatCount, formatYen, UNKNOWN } from '../../ui/money/format-yen.ts'
import styles from './ledger.module.css'

type TotalsBarProps = { readonly totals: UseQueryResult<PaymentTotals>; readonly filtered: boolean }

export function TotalsBar({ totals, filtered }: TotalsBarProps) {
  const { app, ledger } = useWords()
  const { data } = totals
  const sums: [keyof PaymentTotals, string][] = [
    ['amountYen', ledger.total_amount],
    ['capturedYen', ledger.total_captured],
    ['refundedYen', ledger.total_refunded],
    ['feeYen', ledger.total_fee],
    ['netYen', ledger.total_net],
  ]
  if (totals.isError && data === undefined) {
    return (
      <p className={styles.totals} role="alert">
        {ledger.totals_failed}
        <button type="button" className="link-button" onClick={() => void totals.refetch()}>
          {app.retry}
        </button>
      </p>
    )
  }
  return (
    <dl
      className={`${styles.totals} ${totals.isPlaceholderData ? styles.stale : ''}`}
      aria-label={filtered ? ledger.totals_filtered : ledger.totals}
      aria-busy={totals.isFetching}
    >
      <div className={styles.total}>
        <dt>{ledger.total_count}</dt>
        <dd className="num">
          {data === undefined ? UNKNOWN : formatCount(data.count)}
          <span className={styles.unit}>{app.count_unit}</span>
        </dd>
      </div>
      {sums.map(([key, name]) => (
        <div key={key} className={`${styles.total} ${key === 'netYen' ? styles.net : ''}`}>
          <dt>{name}</dt>
          <dd className="num">
            {formatYen(data?.[key])}
            <span className={styles.unit}>{app.yen}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
