/** The invoice table on a phone: the same rows as cards. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { InvoiceRow } from '@choba/shared/contracts/invoices.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { InvoiceBadge, IssueDay } from './invoice-columns.tsx'
import styles from './invoices.module.css'

type InvoiceCardsProps = {
  readonly rows: readonly InvoiceRow[]
  readonly more: boolean
  readonly onMore: () => void
}

export function InvoiceCards({ rows, more, onMore }: InvoiceCardsProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={words.invoices.title} tabIndex={0}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link from="/invoices" to="." search={(before) => ({ ...before, open: row.id })} className={styles.card}>
            <span className="line">{row.customerName}</span>
            <strong className="num">
              {formatYen(row.amountYen)} {words.app.yen}
            </strong>
            <span className="soft mono">{row.orderNumber}</span>
            <InvoiceBadge state={row.state} language={language} />
            <span className="soft">
              <IssueDay row={row} language={language} /> → {row.dueOn === null ? '–' : formatDay(row.dueOn, language)}
            </span>
            <span className="soft">
              {row.paidOn === null
                ? label(language, 'invoice_delivery', row.delivery)
                : `${formatDay(row.paidOn, language)} ${label(language, 'paid_at', row.paidPlace ?? '')}`}
            </span>
          </Link>
        </li>
      ))}
      {more ? (
        <li>
          <Button variant="subtle" fullWidth onClick={onMore}>
            {words.invoices.more}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
