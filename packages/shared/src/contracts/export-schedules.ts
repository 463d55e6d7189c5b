/** Exports that are taken by themselves, and where they go. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { ERROR_CODES } from '../errors.ts'
import { CADENCES, PERIODS } from '../export-schedules.ts'
import { personal } from '../personal.ts'
import { EXPORT_LISTS, EXPORT_STATES, exportAsked, type ExportList, exportDelivery, exportView } from './exports.ts'

/** Every file is kept and can be downloaded; it is laid into a folder of the server or mailed beside. */
export const DELIVERIES = ['keep', 'folder', 'mail'] as const
export type Delivery = (typeof DELIVERIES)[number]

/** Lists as they stand today: they know no days to ask for. */
export const EXPORTS_WITHOUT_DAYS: readonly ExportList[] = ['customers', 'customer_returns', 'zombies']

/** In the name of a file: the day in Tokyo on which it was due. */
export const DAY_IN_NAME = '{date}'
/** A plain name: no folder, nothing hidden, nothing that one file system or another refuses. Its ending is the format's. */
const FILE_NAME = /^(?!\.)[^\\/:*?"<>|\p{Cc}]{1,80}(?<![. ])$/u

export const MOST_RECIPIENTS = 20

const permission = 'sales.export'

/** What a person says of a schedule. */
export const scheduleAsked = z.extend(exportAsked, {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u)),
  /** What CP932 lacks is written as 〓; otherwise such a file fails. */
  substitute: z.boolean(),
  cadence: z.enum(CADENCES),
  /** Sunday is 0; for `weekly` alone. */
  weekday: whole(0, 6),
  /** 31 is the last day of every month; for `monthly` alone. */
  monthDay: whole(1, 31),
  hour: whole(0, 23),
  minute: whole(0, 59),
  /** Takes the place of the days of the view, which are left out. */
  period: z.enum(PERIODS),
  delivery: z.enum(DELIVERIES),
  /** For `folder` alone: a file of that name is replaced. */
  fileName: z.string().check(z.maxLength(80)),
  /** For `mail` alone: user ids, each among the list's `people`. */
  recipients: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(MOST_RECIPIENTS)),
})
export type ScheduleAsked = z.infer<typeof scheduleAsked>

export const exportScheduleRow = z.extend(scheduleAsked, {
  id: z.string(),
  // What is searched for may be a name.
  view: personal('tree', exportView),
  /** Names of those it is sent to, as they stand in `recipients`. */
  recipientNames: z.array(z.string()),
  /** In whose name it is taken, with what they may see then: whoever saved it last. */
  owner: z.string(),
  isPaused: z.boolean(),
  /** Why it stopped by itself; null when a person paused it, or nobody did. */
  stoppedBy: z.nullable(z.enum(ERROR_CODES)),
  nextAt: z.string(),
  last: z.nullable(
    z.object({
      exportId: z.string(),
      askedAt: z.string(),
      /** When it was to be taken; null for one taken by hand. */
      dueAt: z.nullable(z.string()),
      state: z.enum(EXPORT_STATES),
      fileName: z.nullable(z.string()),
      rows: z.nullable(z.int()),
      failure: z.nullable(z.object({ code: z.enum(ERROR_CODES), count: z.nullable(z.int()) })),
      delivery: z.nullable(exportDelivery),
    }),
  ),
})
export type ExportScheduleRow = z.infer<typeof exportScheduleRow>

const done = z.object({ done: z.literal(true) })

export const exportSchedules = {
  list: contract({
    method: 'GET',
    path: '/api/export-schedules',
    permission,
    response: z.object({
      items: z.array(exportScheduleRow),
      /** Below the folder that whoever runs the server gave; null where none was given. */
      folder: z.nullable(z.string()),
      hasMail: z.boolean(),
      /** Colleagues, and the lists of which a file may be sent to them that is written in the caller's name. */
      people: z.array(z.object({ id: z.string(), name: z.string(), lists: z.array(z.enum(EXPORT_LISTS)) })),
    }),
  }),
  /** The caller makes the id, so that a repeat makes no second one. */
  add: contract({
    method: 'POST',
    path: '/api/export-schedules',
    permission,
    body: z.extend(scheduleAsked, { id: z.uuid() }),
    response: done,
    errors: ['request.invalid', 'export.no_folder', 'mail.not_set_up', 'idempotency.conflict'],
  }),
  /** Put anew, in the name of whoever does. */
  change: contract({
    method: 'PUT',
    path: '/api/export-schedules/:id',
    permission,
    body: scheduleAsked,
    response: done,
    errors: ['request.invalid', 'resource.not_found', 'export.no_folder', 'mail.not_set_up'],
  }),
  /** What was missed in the meantime is not made up for. */
  pause: contract({
    method: 'POST',
    path: '/api/export-schedules/:id/pause',
    permission,
    body: z.object({ isPaused: z.boolean() }),
    response: done,
    errors: ['resource.not_found', 'export.owner_lost'],
  }),
  /** Now, beside its times, and delivered as ever. The same key again answers the same file. */
  run: contract({
    method: 'POST',
    path: '/api/export-schedules/:id/run',
    permission,
    body: z.object({ idempotencyKey: z.string().check(z.minLength(8), z.maxLength(100)) }),
    response: z.object({ exportId: z.string() }),
    errors: ['resource.not_found', 'export.owner_lost', 'idempotency.conflict'],
  }),
  remove: contract({
    method: 'DELETE',
    path: '/api/export-schedules/:id',
    permission,
    response: done,
    errors: ['resource.not_found'],
  }),
} as const

function whole(least: number, most: number) {
  return z.int().check(z.gte(least), z.lte(most))
}

export function isFileName(name: string): boolean {
  return FILE_NAME.test(name)
}
