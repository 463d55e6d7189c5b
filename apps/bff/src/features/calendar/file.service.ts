import type { CalendarFile } from '@choba/shared/contracts/calendar.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { listCalendarDays } from '../../db/calendar.ts'
import { NATIONAL_CALENDAR } from '../../db/holidays.ts'
import { type CalendarDeps, todayOf } from './calendar.service.ts'
import { changesBy, readHolidayFile } from './holiday-file.ts'

/** Reads and compares; nothing is saved. @throws AppError import.unreadable */
export async function readFile(deps: CalendarDeps, { merchantId }: Session, base64: string): Promise<CalendarFile> {
  const file = readHolidayFile(Buffer.from(base64, 'base64'))
  if (file === undefined || file.years === null) throw new AppError('import.unreadable', { reason: 'holidays' })
  const days = await listCalendarDays(deps.db.merchant(merchantId), merchantId)
  const own = days.filter(({ scope }) => scope === 'nation')
  const now = { library: NATIONAL_CALENDAR.holidays, own, today: await todayOf(deps, merchantId) }
  const { rows, faults, years } = file
  // A file with faults does not say what a missing day means.
  return { rows, faults, years, changes: faults.length > 0 ? [] : changesBy(file, now) }
}
