/** The customers on a phone: the same rows as cards. */
import { useMemo, useRef } from 'react'
import type { CustomerRow } from '@choba/shared/contracts/customers.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { useRowWindow } from '../../ui/table/use-row-window.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './customers.module.css'

const CARD_HEIGHT = 92

type CustomerCardsProps = {
  readonly rows: readonly CustomerRow[]
  readonly above: number
  readonly more: boolean
  readonly onOpen: (row: CustomerRow) => void
  readonly onReachStart: () => void
  readonly onReachEnd: () => void
}

export function CustomerCards({ rows, above, more, onOpen, onReachStart, onReachEnd }: CustomerCardsProps) {
  const { app, customer } = useWords()
  const language = useLanguage()
  const scroller = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const window = { scroller, ids, above, more, rowHeight: CARD_HEIGHT, onReachStart, onReachEnd }
  const { virtualizer, items } = useRowWindow(window)
  return (
    <div className={styles.cards} ref={scroller} role="list" aria-label={customer.title} tabIndex={0}>
      <div role="presentation" style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index - above]
          if (row === undefined) return null
          return (
            <div
              role="listitem"
              key={row.id}
              className={styles.cardPlace}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <button type="button" className={styles.card} onClick={() => onOpen(row)}>
                <span className="line">{row.name}</span>
                <span className={`num ${styles.cardAmount}`}>
                  {formatYen(row.netYen)}
                  <span className={styles.unit}>{app.yen}</span>
                </span>
                <span className="line soft mono">{row.phone}</span>
                <span className="num">
                  {customer.total_open} {formatYen(row.openYen)}
                </span>
                <span className="soft">
                  {formatCount(row.payments)}
                  {language === 'ja' ? '' : ' '}
                  {customer.orders}
                </span>
                <span className="soft num">{formatInstant(row.lastOrderedAt, language)}</span>
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}
