/** The subscription table on a phone: the same rows as cards. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { SubscriptionRow } from '@choba/shared/contracts/subscriptions.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { rhythmWords } from './rhythm-words.ts'
import { Attentions, SubscriptionBadge } from './subscription-columns.tsx'
import styles from './subscriptions.module.css'

type SubscriptionCardsProps = {
  readonly rows: readonly SubscriptionRow[]
  readonly more: boolean
  readonly onMore: () => void
}

export function SubscriptionCards({ rows, more, onMore }: SubscriptionCardsProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={words.subscriptions.title} tabIndex={0}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/subscriptions/$id" params={{ id: row.id }} className={styles.card}>
            <span className="line">{row.customerName}</span>
            <strong className="num">
              {formatYen(row.amountYen)} {words.app.yen}
            </strong>
            <span className="soft mono">{row.code}</span>
            <SubscriptionBadge status={row.status} language={language} />
            <span className={`line ${styles.wide}`}>{row.itemName}</span>
            <span className={`soft ${styles.wide}`}>
              {words.subscriptions.next_on}{' '}
              {row.nextOn === null ? words.subscriptions.no_next : formatDay(row.nextOn, language)}
              {language === 'ja' ? '・' : ' · '}
              {rhythmWords(language, { unit: row.rhythmUnit, every: row.rhythmEvery, day: row.rhythmDay })}
            </span>
            <MethodMark method={row.method} language={language} />
            <span>
              {row.attention.length > 0 ? <Attentions attention={row.attention} language={language} /> : null}
            </span>
          </Link>
        </li>
      ))}
      {more ? (
        <li>
          <Button variant="subtle" fullWidth onClick={onMore}>
            {words.subscriptions.more}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
