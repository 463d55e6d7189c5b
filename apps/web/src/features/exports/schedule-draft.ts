/** What a person is putting together: a schedule that is there, one made from a file, or a new one. */
import {
  EXPORTS_WITHOUT_DAYS,
  type ExportScheduleRow,
  isFileName,
  type ScheduleAsked,
} from '@choba/shared/contracts/export-schedules.ts'
import { exportAsked, type ExportList, type ExportRow } from '@choba/shared/contracts/exports.ts'
import type { Cadence, Period } from '@choba/shared/export-schedules.ts'
import type { Language } from '@choba/shared/labels/labels.ts'

export type Source = Pick<ExportRow, 'list' | 'view' | 'encoding' | 'language'>
export type Faults = { readonly [Key in 'name' | 'at' | 'fileName' | 'recipients']: boolean }

/** What the days mostly are for files of such a rhythm. */
const USUAL_PERIOD = { daily: 'previous_day', weekly: 'previous_week', monthly: 'previous_month' } as const

export function draftOf(known: ExportScheduleRow | null, source: Source | null, language: Language): ScheduleAsked {
  if (known !== null) return askedOf(known)
  const list = source?.list ?? 'payments'
  return {
    name: '',
    list,
    view: source?.view ?? {},
    encoding: source?.encoding ?? 'utf8',
    language: source?.language ?? language,
    // As for a file that is made again: one character more must not cost the whole file.
    substitute: true,
    cadence: 'daily',
    weekday: 1,
    monthDay: 1,
    hour: 7,
    minute: 0,
    period: usualPeriod(list, 'daily'),
    delivery: 'keep',
    fileName: '',
    recipients: [],
  }
}

/** What a list handed on in the address; undefined when that is nothing a list would write. */
export function readSource(like: string): Source | undefined {
  try {
    return exportAsked.safeParse(JSON.parse(like)).data
  } catch {
    return undefined
  }
}

export function usualPeriod(list: ExportList, cadence: Cadence): Period {
  return EXPORTS_WITHOUT_DAYS.includes(list) ? 'open' : USUAL_PERIOD[cadence]
}

/** Null for what is no time. */
export function timeOf(text: string): Pick<ScheduleAsked, 'hour' | 'minute'> | null {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(text) ?? []
  return hour === undefined || minute === undefined ? null : { hour: Number(hour), minute: Number(minute) }
}

export function faultsOf({ name, delivery, fileName, recipients }: ScheduleAsked, time: string): Faults {
  return {
    name: name.trim() === '',
    at: timeOf(time) === null,
    fileName: delivery === 'folder' && !isFileName(fileName),
    recipients: delivery === 'mail' && recipients.length === 0,
  }
}

/** Filters and columns that were chosen, without the days: the period stands for these. */
export function countChosen({ view }: Pick<ScheduleAsked, 'view'>): number {
  return Object.keys(view).filter((name) => name !== 'from' && name !== 'to').length
}

function askedOf(row: ExportScheduleRow): ScheduleAsked {
  const { id: _, owner: _owner, recipientNames: _names, isPaused: _paused, stoppedBy: _stopped, ...rest } = row
  const { nextAt: _next, last: _last, ...asked } = rest
  return asked
}
