/** Which day a sale is counted by, and from when to when. */
import { SegmentedControl } from '@mantine/core'
import { type BusinessDate, businessDate } from '@choba/shared/dates.ts'
import { DATE_KINDS, type DateKind } from '@choba/shared/methods.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { DayFilter } from '../../ui/filters/day-filter.tsx'

export type DateCondition = { readonly dateBy?: DateKind; readonly from?: BusinessDate; readonly to?: BusinessDate }

export function DateFilter({
  condition,
  onChange,
}: {
  readonly condition: DateCondition
  readonly onChange: (condition: DateCondition) => void
}) {
  const words = useWords()
  const today = businessDate(useSession().today)
  const { dateBy = 'ordered', from, to } = condition
  return (
    <DayFilter
      name={from === undefined && to === undefined ? words.filter.date : words.date_kind[dateBy]}
      today={today}
      condition={condition}
      onChange={(days) => onChange(days.from === undefined && days.to === undefined ? {} : { dateBy, ...days })}
      head={
        <SegmentedControl
          fullWidth
          size="xs"
          mb="sm"
          aria-label={words.filter.date_by}
          value={dateBy}
          onChange={(kind) => onChange({ ...condition, dateBy: kind })}
          data={DATE_KINDS.map((kind) => ({ value: kind, label: words.date_kind[kind] }))}
        />
      }
    />
  )
}
