/** From which day to which: a preset or any range. */
import { Skeleton } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { fill, type Language } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatDay } from '../time/format-time.ts'
import { FilterChip } from './filter-chip.tsx'
import styles from './filters.module.css'
import { DATE_PRESETS, presetOf, rangeOf } from './presets.ts'

const RangeCalendar = lazy(() => import('./range-calendar.tsx').then((module) => ({ default: module.RangeCalendar })))

export type DayCondition = { readonly from?: BusinessDate; readonly to?: BusinessDate }

type DayFilterProps = {
  readonly name: string
  readonly today: BusinessDate
  readonly condition: DayCondition
  readonly onChange: (condition: DayCondition) => void
  /** Stands above the days: which day is meant, where there are several. */
  readonly head?: ReactNode
}

export function DayFilter({ name, today, condition, onChange, head }: DayFilterProps) {
  const words = useWords()
  const language = useLanguage()
  const { from, to } = condition
  const chosen = presetOf({ from, to }, today)
  const said = sayRange(condition, chosen === undefined ? undefined : words.filter[chosen], language, words.filter)

  return (
    <FilterChip name={name} value={said} onClear={() => onChange({})} width="auto">
      {(close) => (
        <>
          {head}
          <div className={styles.dates}>
            <div className={styles.presets}>
              {DATE_PRESETS.map((preset) => (
                <button
                  key={preset}
                  type="button"
                  className={styles.preset}
                  aria-pressed={preset === chosen}
                  onClick={() => {
                    onChange(rangeOf(preset, today))
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
                <RangeCalendar language={language} today={today} from={from} to={to} onChange={onChange} />
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
  condition: DayCondition,
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
