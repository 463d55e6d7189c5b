import type { UseQueryResult } from '@tanstack/react-query'
import type { CustomerTotals } from '@choba/shared/contracts/customers.ts'
import { useWords } from '../../i18n/language.ts'
import { formatCount, formatYen, UNKNOWN } from '../../ui/money/format-yen.ts'
import styles from './customers.module.css'

/** Sums of everyone who matches, exactly as the server holds them. */
export function CustomersTotals({ totals }: { readonly totals: UseQueryResult<CustomerTotals> }) {
  const { app, customer } = useWords()
  const { data } = totals
  if (totals.isError && data === undefined) {
    return (
      <p className={styles.totals} role="alert">
        {customer.failed_title}
        <button type="button" className="link-button" onClick={() => void totals.refetch()}>
          {app.retry}
        </button>
      </p>
    )
  }
  const counts = [
    ['count', customer.total_count, customer.people],
    ['payments', customer.total_payments, customer.orders],
  ] as const
  const sums = [
    ['capturedYen', customer.total_captured],
    ['refundedYen', customer.total_refunded],
    ['netYen', customer.total_net],
    ['openYen', customer.total_open],
  ] as const
  return (
    <dl className={styles.totals} aria-label={customer.totals} aria-busy={totals.isFetching}>
      {counts.map(([key, name, unit]) => (
        <div key={key} className={styles.total}>
          <dt>{name}</dt>
          <dd className="num">
            {data === undefined ? UNKNOWN : formatCount(data[key])}
            <span className={styles.unit}>{unit}</span>
          </dd>
        </div>
      ))}
      {sums.map(([key, name]) => (
        <div key={key} className={styles.total}>
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
