/** The ledger on a phone: the same rows as cards. */
import { useMemo, useRef } from 'react'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { useTags } from '../../api/use-tags.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { TagChips } from '../../ui/tags/tag-chip.tsx'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { useRowWindow } from '../../ui/table/use-row-window.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './ledger.module.css'

const CARD_HEIGHT = 92

type LedgerCardsProps = {
  readonly rows: readonly PaymentRow[]
  readonly above: number
  readonly more: boolean
  readonly onOpen: (row: PaymentRow) => void
  readonly onReachStart: () => void
  readonly onReachEnd: () => void
}

export function LedgerCards({ rows, above, more, onOpen, onReachStart, onReachEnd }: LedgerCardsProps) {
  const { app, ledger } = useWords()
  const language = useLanguage()
  const { named } = useTags()
  const scroller = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const { virtualizer, items } = useRowWindow({
    scroller,
    ids,
    above,
    more,
    rowHeight: CARD_HEIGHT,
    onReachStart,
    onReachEnd,
  })
  return (
    <div className={styles.cards} ref={scroller} role="list" aria-label={ledger.title} tabIndex={0}>
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
                <span className="line">{row.customerName}</span>
                <span className={`num ${styles.cardAmount}`}>
                  {formatYen(row.amountYen)}
                  <span className={styles.unit}>{app.yen}</span>
                </span>
                <span className="line soft mono">
                  {row.orderNumber} {row.tags.length === 0 ? null : <TagChips tags={named(row.tags)} />}
                </span>
                <StatusBadge status={row.status} language={language} />
                <MethodMark method={row.method} language={language} />
                <span className="soft num">{formatInstant(row.orderedAt, language)}</span>
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}
