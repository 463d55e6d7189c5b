/** The cycles of sixty days, or of one of them, day by day. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { CalendarAnswer, CalendarItem } from '@choba/shared/contracts/subscription-outlook.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './calendar.module.css'
import { CycleBadge } from './subscription-columns.tsx'

type CalendarListProps = {
  readonly answer: CalendarAnswer
  readonly day: BusinessDate | undefined
  readonly onAll: () => void
}

export function CalendarList({ answer, day, onAll }: CalendarListProps) {
  const { subscription_calendar: words } = useWords()
  const language = useLanguage()
  const items = Map.groupBy(answer.items, (item) => item.on)
  const days = answer.days.filter(({ on, count }) => (day === undefined ? count > 0 : on === day))
  const heading = useRef<HTMLDivElement>(null)
  // Below a grid of nine weeks nobody would see what the press of a day has listed.
  useEffect(() => heading.current?.scrollIntoView({ block: 'center' }), [day])
  return (
    <div className={styles.days}>
      {day === undefined ? null : (
        <div className={styles.dayTitle} ref={heading}>
          <h3>{fill(words.day_title, { day: formatDay(day, language) })}</h3>
          <Button size="compact-xs" variant="subtle" onClick={onAll}>
            {words.show_days}
          </Button>
        </div>
      )}
      {days.length === 0 ? <p className="soft">{words.day_none}</p> : null}
      {days.map(({ on, count, amountYen, isHoliday }) => (
        <section key={on} aria-label={fill(words.day_title, { day: formatDay(on, language) })}>
          <p className={styles.dayLine}>
            <strong>{sayDay(on)}</strong>
            {isHoliday ? <span className={styles.rest}>{words.holiday}</span> : null}
            {on === answer.today ? <span className="soft">{words.today}</span> : null}
            <span className={styles.daySum}>
              {fill(words.count, { count: formatCount(count) })} <strong>{formatYen(amountYen)}</strong>
            </span>
          </p>
          <ul className={styles.items}>
            {(items.get(on) ?? []).map((item) => (
              <Item key={`${item.id}-${item.number}`} item={item} />
            ))}
          </ul>
        </section>
      ))}
      {answer.more ? <p className="soft">{words.more}</p> : null}
    </div>
  )

  function sayDay(on: string): string {
    const name = words.weekdays.split(' ')[new Date(`${on}T00:00:00Z`).getUTCDay()]
    return language === 'ja' ? `${formatDay(on, language)}（${name}）` : `${name} ${formatDay(on, language)}`
  }
}

function Item({ item }: { readonly item: CalendarItem }) {
  const words = useWords()
  const language = useLanguage()
  return (
    <li>
      <Link to="/subscriptions/$id" params={{ id: item.id }} className={styles.row}>
        <span className="mono">{item.code}</span>
        <span className="soft">{fill(words.subscription_detail.cycle, { number: item.number })}</span>
        <span className={`line ${styles.who}`}>{item.customerName}</span>
        <MethodMark method={item.method} language={language} />
        <span>
          {item.state === null ? (
            <ToneBadge tone="waiting" word={words.subscription_calendar.planned} />
          ) : (
            <CycleBadge state={item.state} language={language} />
          )}
        </span>
        <span className="num">
          {item.amountYen === null ? words.subscription_calendar.usage_unknown : formatYen(item.amountYen)}
        </span>
      </Link>
    </li>
  )
}
