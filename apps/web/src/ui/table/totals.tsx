/** Sums of everything that matches, below a table; each says its unit. */
import { formatYen } from '../money/format-yen.ts'
import styles from './totals.module.css'

type TotalsProps = {
  readonly name: string
  readonly busy: boolean
  /** Undefined figures are not known yet. */
  readonly totals: ReadonlyArray<{ readonly name: string; readonly value: number | undefined; readonly unit: string }>
}

export function Totals({ name, busy, totals }: TotalsProps) {
  return (
    <dl className={styles.totals} aria-label={name} aria-busy={busy}>
      {totals.map((total) => (
        <div key={total.name} className={styles.total}>
          <dt>{total.name}</dt>
          <dd className="num">
            {formatYen(total.value)}
            <span className={styles.unit}>{total.unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
