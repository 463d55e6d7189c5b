/** Closings on a phone: the same rows as cards. */
import { Link } from '@tanstack/react-router'
import type { PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { CarriedMark } from './fixed-fees.tsx'
import { PayoutStateBadge } from './payout-state.tsx'
import styles from './payouts.module.css'

type PayoutCardsProps = {
  readonly rows: readonly PayoutRow[]
  readonly more: boolean
  readonly onMore: () => void
}

export function PayoutCards({ rows, more, onMore }: PayoutCardsProps) {
  const { app, coverage, payouts } = useWords()
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={payouts.title}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/payouts/$id" params={{ id: row.id }} className={styles.card}>
            <span className="num">{formatDay(row.closingOn, language)}</span>
            <span className={`num ${styles.cardAmount}`}>
              {formatYen(row.transferYen)}
              <span className={styles.unit}>{app.yen}</span>
            </span>
            <PayoutStateBadge row={row} language={language} />
            <span className="soft num">→ {formatDay(row.paidOn ?? row.payOn, language)}</span>
            <MethodMark method={row.method} language={language} />
            <span className="soft">
              {fill(coverage.count, { count: formatCount(row.lines) })} <CarriedMark row={row} />
            </span>
          </Link>
        </li>
      ))}
      {more ? (
        <li className={styles.more}>
          <button type="button" className="link-button" onClick={onMore}>
            {payouts.more}
          </button>
        </li>
      ) : null}
    </ul>
  )
}
