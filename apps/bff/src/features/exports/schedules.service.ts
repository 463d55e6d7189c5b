/** Exports that are taken by themselves: what is set, by whom, and what became of the last one. */
import { isDeepStrictEqual } from 'node:util'
import type { Output, Parsed } from '@choba/shared/contract.ts'
import {
  EXPORTS_WITHOUT_DAYS,
  type ExportScheduleRow,
  type exportSchedules,
  isFileName,
  type ScheduleAsked,
} from '@choba/shared/contracts/export-schedules.ts'
import { EXPORT_LISTS, EXPORT_READS } from '@choba/shared/contracts/exports.ts'
import { nextTime } from '@choba/shared/export-schedules.ts'
import { may } from '@choba/shared/permissions.ts'
import { isMasked } from '@choba/shared/personal.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { type Colleague, listColleagues, listNames } from '../../db/people.ts'
import { currentShops, withShops } from '../../db/shop-scope.ts'
import { hasMail } from '../../jobs/queue-mail.ts'
import { deliveryOf, recipientsOf } from './delivery-state.ts'
import { type ExportsDeps, faultsOfRequest } from './exports.service.ts'
import { mayReceive } from './readers.ts'
import {
  changeSchedule,
  deleteSchedule,
  insertSchedule,
  type ListedSchedule,
  listSchedules,
  lockSchedule,
  type Schedule,
  setPause,
} from './schedules.queries.ts'
import { findOwner, takeNow } from './take.service.ts'

export type SchedulesDeps = ExportsDeps & {
  /** Where files are laid; null where whoever runs the server gave none. */
  readonly exportDir: string | null
}
type Tx = Parameters<typeof hasMail>[0]

export async function listExportSchedules(
  { db, exportDir }: SchedulesDeps,
  session: Session,
): Promise<Output<typeof exportSchedules.list>> {
  const { merchantId } = session
  const reader = db.merchant(merchantId)
  const seen = EXPORT_LISTS.filter((list) => may(session, EXPORT_READS[list]))
  const rows = await listSchedules(reader, merchantId, seen)
  const named = rows.flatMap((row) => [row.ownerId, ...row.recipients, ...recipientsOf(row.runDelivery)])
  const names = await listNames(db, merchantId, [...new Set(named)])
  const colleagues = await listColleagues(db.owner, merchantId)
  return {
    items: rows.map((row) => rowOf(row, names)),
    folder: exportDir === null ? null : merchantId,
    hasMail: await hasMail(reader, merchantId),
    people: colleagues.map((person) => ({
      id: person.userId,
      name: person.name,
      lists: seen.filter((list) => mayReceive(person, list, session)),
    })),
  }
}

/** @throws AppError auth.forbidden for a list that they may not see; request.invalid; export.no_folder; mail.not_set_up; idempotency.conflict */
export async function addExportSchedule(
  deps: SchedulesDeps,
  session: Session,
  { id, ...asked }: Parsed<typeof exportSchedules.add>['body'],
): Promise<{ done: true }> {
  const { merchantId } = session
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const schedule = await scheduleOf(deps, tx, session, id, asked)
      if (await insertSchedule(tx, schedule)) return tell(tx, session, 'export_schedule.add', id, { after: asked })
      const there = await lockSchedule(tx, { merchantId, scheduleId: id })
      const same = { ...asked, recipients: [...new Set(asked.recipients)] }
      if (there === undefined || !isDeepStrictEqual(toldOf(there), toldOf({ ...there, ...same })))
        throw new AppError('idempotency.conflict')
    })
  return { done: true }
}

/** @throws AppError as {@link addExportSchedule}; resource.not_found */
export function changeExportSchedule(
  deps: SchedulesDeps,
  session: Session,
  scheduleId: string,
  asked: ScheduleAsked,
): Promise<{ done: true }> {
  return withSchedule(deps, session, scheduleId, async (tx, before) => {
    const schedule = await scheduleOf(deps, tx, session, scheduleId, asked)
    // One that had stopped by itself goes on: it has an owner again who may.
    await changeSchedule(tx, { ...schedule, isPaused: before.isPaused && before.stoppedBy === null })
    await tell(tx, session, 'export_schedule.change', scheduleId, { before: toldOf(before), after: asked })
  })
}

/** @throws AppError resource.not_found; export.owner_lost when it would stop again at once */
export function pauseExportSchedule(
  deps: SchedulesDeps,
  session: Session,
  scheduleId: string,
  isPaused: boolean,
): Promise<{ done: true }> {
  return withSchedule(deps, session, scheduleId, async (tx, before) => {
    if (before.isPaused === isPaused) return
    if (!isPaused && (await findOwner(tx, before)) === undefined) throw new AppError('export.owner_lost')
    const nextAt = nextTime(before, deps.clock.now())
    await setPause(tx, before, { isPaused, stoppedBy: null, ...(!isPaused && { nextAt }) })
    await tell(tx, session, 'export_schedule.pause', scheduleId, {
      before: { name: before.name, isPaused: before.isPaused, stoppedBy: before.stoppedBy },
      after: { name: before.name, isPaused },
    })
  })
}

/** @throws AppError resource.not_found; export.owner_lost; idempotency.conflict */
export async function runExportSchedule(
  deps: SchedulesDeps,
  session: Session,
  scheduleId: string,
  idempotencyKey: string,
): Promise<Output<typeof exportSchedules.run>> {
  const db = deps.db.merchant(session.merchantId)
  await db.transaction().execute((tx) => lockSeen(tx, session, scheduleId))
  // The file is of the owner's shops, which may have become more than the caller's since.
  const ofAllShops = withShops('all', () => deps.db.merchant(session.merchantId))
  return ofAllShops.transaction().execute(async (tx) => {
    const schedule = await lockSeen(tx, session, scheduleId)
    const { exportId, isNew } = await takeNow(tx, schedule, { now: deps.clock.now(), idempotencyKey })
    if (isNew) await tell(tx, session, 'export_schedule.run', scheduleId, { after: { name: schedule.name, exportId } })
    return { exportId }
  })
}

/** Its files stay. @throws AppError resource.not_found */
export function removeExportSchedule(
  deps: SchedulesDeps,
  session: Session,
  scheduleId: string,
): Promise<{ done: true }> {
  return withSchedule(deps, session, scheduleId, async (tx, before) => {
    await deleteSchedule(tx, before)
    await tell(tx, session, 'export_schedule.remove', scheduleId, { before: toldOf(before) })
  })
}

/** One at a time of one schedule. @throws AppError resource.not_found */
async function withSchedule(
  { db }: SchedulesDeps,
  session: Session,
  scheduleId: string,
  work: (tx: Tx, before: Schedule) => Promise<void>,
): Promise<{ done: true }> {
  await db
    .merchant(session.merchantId)
    .transaction()
    .execute(async (tx) => work(tx, await lockSeen(tx, session, scheduleId)))
  return { done: true }
}

/** One of a list that they may not see is not there for them. */
async function lockSeen(tx: Tx, session: Session, scheduleId: string): Promise<Schedule> {
  const schedule = await lockSchedule(tx, { merchantId: session.merchantId, scheduleId })
  if (schedule === undefined || !may(session, EXPORT_READS[schedule.list])) throw new AppError('resource.not_found')
  return schedule
}

/** What is asked, as it is kept, in the name of whoever asks. @throws AppError as {@link addExportSchedule} */
async function scheduleOf(deps: SchedulesDeps, tx: Tx, session: Session, scheduleId: string, asked: ScheduleAsked) {
  if (!may(session, EXPORT_READS[asked.list])) throw new AppError('auth.forbidden')
  const colleagues = asked.delivery === 'mail' ? await listColleagues(deps.db.owner, session.merchantId) : []
  const issues = faultsOf(deps, session, asked, colleagues)
  if (issues.length > 0) throw new AppError('request.invalid', { issues })
  if (asked.delivery === 'folder' && deps.exportDir === null) throw new AppError('export.no_folder')
  if (asked.delivery === 'mail' && !(await hasMail(tx, session.merchantId))) throw new AppError('mail.not_set_up')
  return {
    merchantId: session.merchantId,
    scheduleId,
    ...asked,
    view: JSON.stringify(asked.view),
    recipients: [...new Set(asked.recipients)],
    ownerId: session.userId,
    shopIds: shopsNow(),
    nextAt: nextTime(asked, deps.clock.now()),
  }
}

function shopsNow(): string[] | null {
  const shops = currentShops()
  return shops === 'all' ? null : [...shops]
}

function faultsOf(
  deps: SchedulesDeps,
  session: Session,
  asked: ScheduleAsked,
  colleagues: readonly Colleague[],
): Array<{ path: string; message: string }> {
  const { list, view, period, delivery, fileName, recipients } = asked
  const faults = faultsOfRequest(deps, asked)
  // What was masked on somebody's screen finds nothing.
  if (Object.values(view).some((value) => isMasked(String(value)))) faults.push({ path: 'view', message: 'masked' })
  if (period !== 'open' && EXPORTS_WITHOUT_DAYS.includes(list)) faults.push({ path: 'period', message: 'no days' })
  if (delivery === 'folder' && !isFileName(fileName)) faults.push({ path: 'fileName', message: 'not a plain name' })
  if (delivery === 'mail' && recipients.length === 0) faults.push({ path: 'recipients', message: 'nobody' })
  if (delivery === 'mail')
    for (const id of recipients) {
      const reader = colleagues.find(({ userId }) => userId === id)
      if (!mayReceive(reader, list, session)) faults.push({ path: 'recipients', message: `may not have it: ${id}` })
    }
  return faults
}

function tell(
  tx: Tx,
  session: Session,
  action:
    | 'export_schedule.add'
    | 'export_schedule.change'
    | 'export_schedule.pause'
    | 'export_schedule.run'
    | 'export_schedule.remove',
  id: string,
  told: { readonly before?: object; readonly after?: object },
): Promise<void> {
  const { merchantId } = session
  return audit(tx, { merchantId, actor: person(session), action, subject: { kind: 'export_schedule', id }, ...told })
}

function toldOf(schedule: Schedule | (Schedule & ScheduleAsked)): ScheduleAsked {
  const { name, list, view, encoding, language, substitute, cadence, weekday, monthDay, hour, minute } = schedule
  const { period, delivery, fileName, recipients } = schedule
  const timing = { cadence, weekday, monthDay, hour, minute }
  return { name, list, view, encoding, language, substitute, ...timing, period, delivery, fileName, recipients }
}

function rowOf(row: ListedSchedule, names: ReadonlyMap<string, string>): ExportScheduleRow {
  return {
    ...toldOf(row),
    id: row.scheduleId,
    recipientNames: row.recipients.map((id) => names.get(id) ?? id),
    owner: names.get(row.ownerId) ?? row.ownerId,
    isPaused: row.isPaused,
    stoppedBy: row.stoppedBy,
    nextAt: row.nextAt.toISOString(),
    last: lastOf(row, names),
  }
}

function lastOf(row: ListedSchedule, names: ReadonlyMap<string, string>): ExportScheduleRow['last'] {
  const { exportId, askedAt, dueAt, state, runFile, rows, failureCode, failureCount } = row
  if (exportId === null || askedAt === null || state === null) return null
  const { runDelivery, deliveredAt, deliveryFailure, mailsFailed, mailsWaiting, mailedAt } = row
  return {
    exportId,
    askedAt: askedAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    state,
    fileName: runFile,
    rows,
    failure: failureCode === null ? null : { code: failureCode, count: failureCount },
    delivery: deliveryOf(
      {
        state,
        delivery: runDelivery,
        deliveredAt,
        deliveryFailure,
        mailsFailed: mailsFailed ?? 0,
        mailsWaiting: mailsWaiting ?? 0,
        mailedAt,
      },
      names,
    ),
  }
}
