/** The screening table on a phone: the same rows as cards. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ScreeningRow } from '@choba/shared/contracts/screenings.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { ReasonWords, ResultBadge } from './screening-columns.tsx'
import styles from './screenings.module.css'

type ScreeningCardsProps = {
  readonly rows: readonly ScreeningRow[]
  readonly more: boolean
  readonly onMore: () => void
}

export function ScreeningCards({ rows, more, onMore }: ScreeningCardsProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={words.screenings.title} tabIndex={0}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/payments/$id" params={{ id: row.paymentId }} className={styles.card}>
            <span className="line">{row.customerName}</span>
            <strong className="num">
              {formatYen(row.amountYen)} {words.app.yen}
            </strong>
            <span className="soft mono">
              {row.orderNumber} · {fill(words.screenings.attempt_nth, { number: row.attempt })}
            </span>
            <ResultBadge result={row.result} wireCode={row.wireCode} language={language} />
            {row.reasons.length > 0 ? (
              <span className={styles.wide}>
                <ReasonWords codes={row.reasons} language={language} />
              </span>
            ) : null}
            <span className={`soft ${styles.wide}`}>{formatInstant(row.decidedAt, language)}</span>
          </Link>
        </li>
      ))}
      {more ? (
        <li>
          <Button variant="subtle" fullWidth onClick={onMore}>
            {words.screenings.more}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
