/** Which day a sale is counted by, and from when to when: a preset or any range. */
import { SegmentedControl, Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { type BusinessDate, businessDate } from '@choba/shared/dates.ts'
import { fill, type Language } from '@choba/shared/labels/labels.ts'
import { DATE_KINDS, type DateKind } from '@choba/shared/methods.ts'
import { useSession } from '../../../api/session.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { formatDay } from '../../../ui/time/format-time.ts'
import { FilterChip } from './filter-chip.tsx'
import styles from './filters.module.css'
import { DATE_PRESETS, presetOf, rangeOf } from './presets.ts'

const RangeCalendar = lazy(() => import('./range-calendar.tsx').then((module) => ({ default: module.RangeCalendar })))

export type DateCondition = { readonly dateBy?: DateKind; readonly from?: BusinessDate; readonly to?: BusinessDate }

export function DateFilter({
  condition,
  onChange,
}: {
  readonly condition: DateCondition
  readonly onChange: (condition: DateCondition) => void
}) {
  const words = useWords()
  const language = useLanguage()
  const today = businessDate(useSession().today)
  const { dateBy = 'ordered', from, to } = condition
  const chosen = presetOf({ from, to }, today)
  const said = sayRange(condition, chosen === undefined ? undefined : words.filter[chosen], language, words.filter)

  return (
    <FilterChip
      name={said === undefined ? words.filter.date : words.date_kind[dateBy]}
      value={said}
      onClear={() => onChange({})}
      width="auto"
    >
      {(close) => (
        <>
          <SegmentedControl
            fullWidth
            size="xs"
            mb="sm"
            aria-label={words.filter.date_by}
            value={dateBy}
            onChange={(kind) => onChange({ ...condition, dateBy: kind })}
            data={DATE_KINDS.map((kind) => ({ value: kind, label: words.date_kind[kind] }))}
          />
          <div className={styles.dates}>
            <div className={styles.presets}>
              {DATE_PRESETS.map((preset) => (
                <button
                  key={preset}
                  type="button"
                  className={styles.preset}
                  aria-pressed={preset === chosen}
                  onClick={() => {
                    onChange({ dateBy, ...rangeOf(preset, today) })
                    close()
                  }}
                >
                  {words.filter[preset]}
                </button>
              ))}
              <button
                type="button"
                className={styles.preset}
                aria-pressed={from === undefined && to === undefined}
                onClick={() => {
                  onChange({})
                  close()
                }}
              >
                {words.filter.any_day}
              </button>
            </div>
            <div className={styles.calendar}>
              <Suspense fallback={<Skeleton height={276} width={250} />}>
                <RangeCalendar
                  language={language}
                  today={today}
                  from={from}
                  to={to}
                  onChange={(range) => onChange({ dateBy, ...range })}
                />
              </Suspense>
            </div>
          </div>
        </>
      )}
    </FilterChip>
  )
}

type RangeWords = { readonly between: string; readonly from_only: string; readonly to_only: string }

function sayRange(
  condition: DateCondition,
  preset: string | undefined,
  language: Language,
  words: RangeWords,
): string | undefined {
  const { from, to } = condition
  if (from === undefined && to === undefined) return undefined
  if (preset !== undefined) return preset
  const places = { from: formatDay(from, language), to: formatDay(to, language) }
  if (from === to) return places.from
  if (to === undefined) return fill(words.from_only, places)
  return fill(from === undefined ? words.to_only : words.between, places)
}
