/** The journal on a phone: the same lines as cards. */
import { Button } from '@mantine/core'
import type { JournalRow } from '@choba/shared/contracts/journal.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { shortId } from './journal-columns.tsx'
import styles from './journal.module.css'

type JournalCardsProps = { readonly rows: readonly JournalRow[]; readonly more: boolean; readonly onMore: () => void }

export function JournalCards({ rows, more, onMore }: JournalCardsProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={words.journal.title} tabIndex={0}>
      {rows.map((row) => (
        <li key={row.id}>
          <div className={styles.card}>
            <span className="line">{row.ownName ?? words.account[row.account]}</span>
            <strong className="num">
              {row.debitYen === null ? words.journal.credit : words.journal.debit}{' '}
              {formatYen(row.debitYen ?? row.creditYen ?? 0)}
            </strong>
            <span className="soft">
              {formatDay(row.bookedOn, language)}・{words.entry_kind[row.kind]}
            </span>
            <span className="soft mono">{row.orderNumber ?? row.statementNumber ?? shortId(row.entryId)}</span>
          </div>
        </li>
      ))}
      {more ? (
        <li>
          <Button variant="subtle" fullWidth onClick={onMore}>
            {words.journal.more}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
