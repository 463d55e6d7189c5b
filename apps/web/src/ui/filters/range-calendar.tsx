/** A calendar on which two clicks make a range. Loaded when someone opens the date filter. */
import '@mantine/dates/styles.css'
import './range-calendar.css'
import 'dayjs/locale/ja'
import { DatePicker } from '@mantine/dates'
import { useState } from 'react'
import { type BusinessDate, businessDate } from '@choba/shared/dates.ts'
import { type Language, labels } from '@choba/shared/labels/labels.ts'

type RangeCalendarProps = {
  readonly language: Language
  readonly today: BusinessDate
  readonly from: BusinessDate | undefined
  readonly to: BusinessDate | undefined
  readonly onChange: (range: { from: BusinessDate; to: BusinessDate }) => void
}

export function RangeCalendar({ language, today, from, to, onChange }: RangeCalendarProps) {
  const words = labels(language).filter
  const [range, setRange] = useState<[string | null, string | null]>([from ?? null, to ?? null])
  return (
    <DatePicker
      type="range"
      size="sm"
      allowSingleDateInRange
      locale={language}
      firstDayOfWeek={0}
      monthLabelFormat={language === 'ja' ? 'YYYY年M月' : 'MMMM YYYY'}
      yearLabelFormat={language === 'ja' ? 'YYYY年' : 'YYYY'}
      monthsListFormat={language === 'ja' ? 'M月' : 'MMM'}
      defaultDate={from ?? today}
      // The shop's today, not the browser's.
      getDayProps={(day) => (day === today ? { 'aria-current': 'date' } : {})}
      ariaLabels={{
        previousMonth: words.previous_month,
        nextMonth: words.next_month,
        previousYear: words.previous_year,
        nextYear: words.next_year,
        previousDecade: words.previous_decade,
        nextDecade: words.next_decade,
      }}
      value={range}
      onChange={(next) => {
        setRange(next)
        const [first, last] = next
        if (first !== null && last !== null) onChange({ from: businessDate(first), to: businessDate(last) })
      }}
    />
  )
}
