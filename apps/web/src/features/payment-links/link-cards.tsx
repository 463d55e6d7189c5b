/** The payment links on a phone. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { PaymentLinkRow } from '@choba/shared/contracts/payment-links.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { LinkStateBadge } from './link-columns.tsx'
import styles from './links.module.css'

type LinkCardsProps = {
  readonly rows: readonly PaymentLinkRow[]
  readonly more: boolean
  readonly onMore: () => void
}

export function LinkCards({ rows, more, onMore }: LinkCardsProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={words.payment_links.title} tabIndex={0}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/links/$id" params={{ id: row.id }} className={styles.card}>
            <span className="line">{row.customerName}</span>
            <strong className="num">
              {formatYen(row.amountYen)} {words.app.yen}
            </strong>
            <span className="soft mono">{row.orderNumber}</span>
            <LinkStateBadge state={row.state} language={language} />
            <span className="soft">{formatInstant(row.createdAt, language)}</span>
          </Link>
        </li>
      ))}
      {more ? (
        <li>
          <Button variant="subtle" fullWidth onClick={onMore}>
            {words.payment_links.more}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
