/** The slip table on a phone: the same rows as cards. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { SlipRow } from '@choba/shared/contracts/slips.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { SlipBadge, storeName, Warnings } from './slip-columns.tsx'
import styles from './slips.module.css'

type SlipCardsProps = { readonly rows: readonly SlipRow[]; readonly more: boolean; readonly onMore: () => void }

export function SlipCards({ rows, more, onMore }: SlipCardsProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={words.slips.title} tabIndex={0}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/payments/$id" params={{ id: row.id }} className={styles.card}>
            <span className="line">{row.customerName}</span>
            <strong className="num">
              {formatYen(row.amountYen)} {words.app.yen}
            </strong>
            <span className="soft mono">{row.orderNumber}</span>
            <SlipBadge state={row.state} language={language} />
            <span className={styles.wide}>
              {storeName(row.store, language)} <span className="mono">{row.numbers.join(' / ')}</span>
            </span>
            {row.warnings.length > 0 ? (
              <span className={styles.wide}>
                <Warnings warnings={row.warnings} language={language} />
              </span>
            ) : null}
            <span className={`soft ${styles.wide}`}>
              {words.slips.pay_by} {formatDay(row.payBy, language)}
            </span>
          </Link>
        </li>
      ))}
      {more ? (
        <li>
          <Button variant="subtle" fullWidth onClick={onMore}>
            {words.slips.more}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
