/** The queue on the left: what each row is about, how urgent it is, and a box to take many together. */
import { Button, Checkbox } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { RescueRow } from '@choba/shared/contracts/rescue.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { sayAge } from './age.ts'
import styles from './rescue.module.css'

const TONES = {
  on_hold: 'needs_you',
  rejected: 'ended',
  failed: 'needs_you',
  long_review: 'waiting',
  lapsing: 'needs_you',
  lapsed: 'ended',
} as const

type QueueListProps = {
  readonly rows: readonly RescueRow[]
  readonly current: string | undefined
  readonly selected: ReadonlySet<string>
  readonly more: boolean
  readonly onOpen: (row: RescueRow) => void
  readonly onSelect: (row: RescueRow) => void
  readonly onMore: () => void
}

export function QueueList({ rows, current, selected, more, onOpen, onSelect, onMore }: QueueListProps) {
  const words = useWords()
  const language = useLanguage()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ul className={styles.list} ref={list} aria-label={words.rescue.queue} tabIndex={-1} data-queue>
      {rows.map((row) => (
        <li
          key={row.id}
          className={`${styles.row} ${row.id === current ? styles.current : ''}`}
          aria-current={row.id === current}
        >
          <Checkbox
            size="xs"
            className={styles.check ?? ''}
            aria-label={fill(words.rescue.select, { order: row.orderNumber })}
            checked={selected.has(row.id)}
            onChange={() => onSelect(row)}
          />
          <button type="button" className={styles.rowButton} onClick={() => onOpen(row)}>
            <span className={styles.rowLine}>
              <span className="mono line">{row.orderNumber}</span>
              <strong className="num">
                {formatYen(row.amountYen)} {words.app.yen}
              </strong>
            </span>
            <span className={styles.rowLine}>
              <span className="line">{row.customerName}</span>
              <ToneBadge tone={TONES[row.kind]} word={words.rescue_kind[row.kind]} />
            </span>
            {row.reasons.length > 0 ? (
              <span className={`soft line ${styles.rowReason}`}>
                {row.reasons.map((code) => label(language, 'reason', code)).join(separatorIn(language))}
              </span>
            ) : null}
            <span className={styles.rowLine}>
              <span className={row.shipOn !== null && row.shipOn < row.today ? styles.urgent : 'soft'}>
                {row.shipOn === null
                  ? words.rescue.no_ship_date
                  : fill(words.rescue.ship_on, { date: formatDay(row.shipOn, language) })}
              </span>
              <span className="soft num">{sayAge(row.ageMinutes, language)}</span>
            </span>
          </button>
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
