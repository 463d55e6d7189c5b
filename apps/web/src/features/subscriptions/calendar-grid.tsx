/** Weeks from Sunday to Saturday; a day says how many cycles fall on it, what they bring, and which need somebody. */
import { VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { CalendarAnswer, CalendarItem } from '@choba/shared/contracts/subscription-outlook.ts'
import { CALENDAR_DAYS } from '@choba/shared/contracts/subscription-outlook.ts'
import { addDays, type BusinessDate, businessDate, weekday } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { ATTENTIONS, type CycleState } from '@choba/shared/states/subscription.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './calendar.module.css'

/** Cycles named in a day's cell; the list below has them all. */
const NAMED = 2

type CalendarGridProps = {
  readonly answer: CalendarAnswer
  readonly chosen: BusinessDate | undefined
  /** Undefined when the chosen day is pressed again. */
  readonly onChoose: (day: BusinessDate | undefined) => void
}

export function CalendarGrid({ answer, chosen, onChoose }: CalendarGridProps) {
  const { subscription_calendar: words } = useWords()
  const first = businessDate(answer.from)
  const days = new Map(answer.days.map((day) => [day.on, day]))
  const items = Map.groupBy(answer.items, (item) => item.on)
  const all = Array.from({ length: CALENDAR_DAYS }, (_, index) => addDays(first, index))
  return (
    <div className={styles.grid} role="group" aria-label={words.title}>
      {words.weekdays.split(' ').map((name) => (
        <span key={name} className={styles.weekday} aria-hidden="true">
          {name}
        </span>
      ))}
      {Array.from({ length: weekday(first) }, (_, index) => (
        <span key={`blank-${index}`} className={styles.blank} />
      ))}
      {all.map((on) => (
        <Day
          key={on}
          on={on}
          day={days.get(on)}
          items={items.get(on) ?? []}
          isFirst={on === first}
          isToday={on === answer.today}
          isChosen={on === chosen}
          onChoose={() => onChoose(on === chosen ? undefined : on)}
        />
      ))}
    </div>
  )
}

type DayProps = {
  readonly on: BusinessDate
  readonly day: CalendarAnswer['days'][number] | undefined
  readonly items: readonly CalendarItem[]
  readonly isFirst: boolean
  readonly isToday: boolean
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Day({ on, day, items, isFirst, isToday, isChosen, onChoose }: DayProps) {
  const words = useWords()
  const language = useLanguage()
  const own = words.subscription_calendar
  const { count, amountYen, atRisk, isHoliday } = day ?? { count: 0, amountYen: 0, atRisk: 0, isHoliday: false }
  const isRest = isHoliday || weekday(on) === 0
  const head = (
    <span className={styles.dayHead}>
      <VisuallyHidden>{formatDay(on, language)}</VisuallyHidden>
      <span
        aria-hidden="true"
        className={`${styles.number} ${isRest ? styles.rest : ''} ${isToday ? styles.today : ''}`}
      >
        {isFirst || on.endsWith('-01') ? `${Number(on.slice(5, 7))}/${Number(on.slice(8))}` : Number(on.slice(8))}
      </span>
      {isHoliday ? <span className={styles.rest}>{own.holiday}</span> : null}
      {count > 0 ? <span className={styles.count}>{fill(own.count, { count: formatCount(count) })}</span> : null}
    </span>
  )
  if (count === 0) return <span className={styles.day}>{head}</span>
  return (
    <button
      type="button"
      className={`${styles.day} ${styles.full} ${isChosen ? styles.chosen : ''}`}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      {head}
      {items.slice(0, NAMED).map((item) => (
        <span key={`${item.id}-${item.number}`} className={styles.item}>
          <span className={`line ${isAtRisk(item.state) ? styles.risk : ''}`}>{item.customerName}</span>
          <span className="num">{item.amountYen === null ? '–' : formatYen(item.amountYen)}</span>
        </span>
      ))}
      <span className={styles.sum}>
        {atRisk > 0 ? (
          <span className={styles.risk}>
            <IconAlertTriangle size={12} aria-hidden="true" /> {fill(own.at_risk, { count: formatCount(atRisk) })}
          </span>
        ) : (
          <span />
        )}
        {count > 1 ? <strong className="num">{formatYen(amountYen)}</strong> : null}
      </span>
    </button>
  )
}

export function isAtRisk(state: CycleState | null): boolean {
  return state !== null && (ATTENTIONS as readonly CycleState[]).includes(state)
}
