/** Named ranges of days, counted from the shop's today. */
import { addDays, addMonths, type BusinessDate, endOfMonth, firstOfMonth } from '@choba/shared/dates.ts'

export const DATE_PRESETS = ['today', 'yesterday', 'this_week', 'this_month', 'last_month'] as const
export type DatePreset = (typeof DATE_PRESETS)[number]

export type DayRange = { readonly from: BusinessDate; readonly to: BusinessDate }

const DAYS_BACK = 6

export function rangeOf(preset: DatePreset, today: BusinessDate): DayRange {
  switch (preset) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'this_week':
      return { from: addDays(today, -DAYS_BACK), to: today }
    case 'this_month':
      return { from: firstOfMonth(today), to: endOfMonth(today) }
    case 'last_month':
      return { from: addMonths(today, -1), to: endOfMonth(addMonths(today, -1)) }
  }
}

/** The preset that a range is, so that a chip can say 今月 instead of two days. */
export function presetOf(
  range: { readonly from: string | undefined; readonly to: string | undefined },
  today: BusinessDate,
): DatePreset | undefined {
  return DATE_PRESETS.find((preset) => {
    const { from, to } = rangeOf(preset, today)
    return from === range.from && to === range.to
  })
}
