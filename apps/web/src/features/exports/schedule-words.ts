/** A schedule's times, days and destination as a person says them. */
import type { ExportScheduleRow, ScheduleAsked } from '@choba/shared/contracts/export-schedules.ts'
import { fill, type Language } from '@choba/shared/labels/labels.ts'
import type { Labels } from '@choba/shared/labels/types.ts'
import { separatorIn } from '../../i18n/separator.ts'

/** Sunday first. */
export function weekdayNames(language: Language): string[] {
  const names = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  // The first of November 2026 is a Sunday.
  return Array.from({ length: 7 }, (_, day) => names.format(new Date(Date.UTC(2026, 10, 1 + day))))
}

export function monthDayName(words: Labels, day: number): string {
  return day === 31 ? words.export_schedule.last_day : fill(words.export_schedule.day_of_month, { day: String(day) })
}

export function timeText({ hour, minute }: Pick<ScheduleAsked, 'hour' | 'minute'>): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** For example 毎月末日 07:30. */
export function cadenceText(words: Labels, language: Language, schedule: ScheduleAsked): string {
  const { cadence, weekday, monthDay } = schedule
  const day =
    cadence === 'weekly'
      ? (weekdayNames(language)[weekday] ?? '')
      : cadence === 'monthly'
        ? monthDayName(words, monthDay)
        : ''
  const between = language === 'ja' || day === '' ? '' : ', '
  return `${words.export_cadence[cadence]}${between}${day} ${timeText(schedule)}`
}

export function deliveryText(words: Labels, language: Language, row: ExportScheduleRow): string {
  const what = words.export_delivery[row.delivery]
  if (row.delivery === 'keep') return what
  const to = row.delivery === 'folder' ? row.fileName : row.recipientNames.join(separatorIn(language))
  return fill(words.export_schedule.delivered_to, { what, to })
}
