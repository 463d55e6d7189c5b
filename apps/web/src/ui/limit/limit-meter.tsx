/** What an order would use of NP's limit for a customer: bar and figures. An upper bound, and said so. */
import { fill, labels, type Language } from '@choba/shared/labels/labels.ts'
import type { CustomerLimit } from '@choba/shared/contracts/customers.ts'
import { formatYen } from '../money/format-yen.ts'
import styles from './limit-meter.module.css'

type LimitMeterProps = {
  readonly limit: CustomerLimit
  /** Of the order being entered or raised; 0 where there is none. */
  readonly addedYen: number
  readonly language: Language
}

export function LimitMeter({ limit, addedYen, language }: LimitMeterProps) {
  const words = labels(language).limit
  const { limitYen, openYen } = limit
  if (limitYen === null) return <p className={styles.note}>{words.none}</p>
  const afterYen = openYen + addedYen
  const overYen = afterYen - limitYen
  const share = (amountYen: number) => `${Math.min(100, Math.max(0, (amountYen / Math.max(limitYen, 1)) * 100))}%`
  return (
    <div>
      <p className={styles.figures}>
        <span>{fill(words.used, { used: formatYen(openYen) })}</span>
        {addedYen > 0 ? <span>{fill(words.this_order, { amount: formatYen(addedYen) })}</span> : null}
        <span className={styles.of}>{fill(words.of, { limit: formatYen(limitYen) })}</span>
      </p>
      <div
        className={`${styles.bar} ${overYen > 0 ? styles.over : ''}`}
        role="meter"
        aria-label={words.title}
        aria-valuemin={0}
        aria-valuemax={Math.max(limitYen, 1)}
        aria-valuenow={Math.min(afterYen, limitYen)}
        aria-valuetext={`${formatYen(afterYen)} / ${formatYen(limitYen)}`}
      >
        <span className={styles.used} style={{ width: share(openYen) }} />
        <span className={styles.added} style={{ width: `calc(${share(afterYen)} - ${share(openYen)})` }} />
      </div>
      {overYen > 0 ? (
        <p className={styles.warning} role="status">
          {fill(addedYen > 0 ? words.would_pass : words.over, { over: formatYen(overYen) })}
        </p>
      ) : (
        <p className={styles.left}>{fill(words.left, { left: formatYen(-overYen) })}</p>
      )}
      <p className={styles.note}>{words.upper_bound}</p>
      <p className={styles.note}>{words.frees}</p>
      {limit.assumed ? <p className={styles.note}>{words.assumed}</p> : null}
    </div>
  )
}
