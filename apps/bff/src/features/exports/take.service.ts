/** Files that schedules ask for: each time once, with the days and the delivery as they are set, in the owner's name. */
import type { Kysely } from 'kysely'
import { DAY_IN_NAME } from '@choba/shared/contracts/export-schedules.ts'
import type { ExportView } from '@choba/shared/contracts/exports.ts'
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { daysOf, lastTime, nextTime } from '@choba/shared/export-schedules.ts'
import { audit } from '../../audit/audit.ts'
import { AppError } from '../../core/app-error.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { findMembership, type Membership } from '../../db/people.ts'
import type { Database } from '../../db/schema.ts'
import type { RunDelivery } from '../../db/tables/exports.ts'
import { queueRun } from './queue-run.ts'
import { mayTake } from './readers.ts'
import { lockSchedule, type Schedule, type ScheduleKey, setNext, setPause } from './schedules.queries.ts'

type Tx = Kysely<Database>
const ENDING = { utf8: 'csv', cp932: 'csv', xlsx: 'xlsx' } as const

/** What was missed while nothing ran is taken once, as of its last time. One whose owner may no longer take it stops. */
export async function takeDue(tx: Tx, key: ScheduleKey, now: Date): Promise<void> {
  const schedule = await lockSchedule(tx, key)
  if (schedule === undefined || schedule.isPaused || schedule.nextAt > now) return
  const owner = await findOwner(tx, schedule)
  if (owner === undefined) return stop(tx, schedule)
  const dueAt = lastTime(schedule, now)
  // The time itself keeps a second file away, not the key.
  await queueRun(tx, { ...runOf(schedule, owner, now, dueAt), idempotencyKey: `schedule:${uuidv7()}` })
  await setNext(tx, schedule, nextTime(schedule, now))
}

/** @throws AppError export.owner_lost; idempotency.conflict */
export async function takeNow(
  tx: Tx,
  schedule: Schedule,
  { now, idempotencyKey }: { readonly now: Date; readonly idempotencyKey: string },
): Promise<{ exportId: string; isNew: boolean }> {
  const owner = await findOwner(tx, schedule)
  if (owner === undefined) throw new AppError('export.owner_lost')
  const run = await queueRun(tx, { ...runOf(schedule, owner, now, null), idempotencyKey })
  if (run === undefined) throw new AppError('idempotency.conflict')
  return { exportId: run.exportId, isNew: run.askedAt.getTime() === now.getTime() }
}

/** Undefined for one in whose name it may no longer be taken. */
export async function findOwner(tx: Tx, { merchantId, ownerId, list }: Schedule): Promise<Membership | undefined> {
  const owner = await findMembership(tx, ownerId, merchantId)
  return mayTake(owner, list) ? owner : undefined
}

async function stop(tx: Tx, schedule: Schedule): Promise<void> {
  const { merchantId, scheduleId, name, ownerId } = schedule
  await setPause(tx, schedule, { isPaused: true, stoppedBy: 'export.owner_lost' })
  await audit(tx, {
    merchantId,
    actor: { kind: 'job', id: 'exports:take' },
    action: 'export_schedule.stop',
    subject: { kind: 'export_schedule', id: scheduleId },
    before: { name, isPaused: false },
    after: { name, isPaused: true, stoppedBy: 'export.owner_lost', ownerId },
  })
}

function runOf(schedule: Schedule, { shops }: Membership, now: Date, dueAt: Date | null) {
  const { merchantId, scheduleId, list, view, encoding, language, substitute, period, ownerId } = schedule
  const today = dayOf(dueAt ?? now)
  return {
    merchantId,
    list,
    view: withDays(view, daysOf(period, today)),
    encoding,
    language,
    substitute,
    askedBy: ownerId,
    askedAt: now,
    schedule: {
      scheduleId,
      shopIds: shops === 'all' ? null : [...shops],
      dueAt,
      delivery: deliveryOf(schedule, today),
    },
  }
}

function withDays(
  view: ExportView,
  days: { readonly from: BusinessDate; readonly to: BusinessDate } | null,
): ExportView {
  const { from: _from, to: _to, ...rest } = view
  return { ...rest, ...days }
}

function deliveryOf({ delivery, fileName, encoding, recipients }: Schedule, today: BusinessDate): RunDelivery | null {
  if (delivery === 'keep') return null
  if (delivery === 'mail') return { kind: 'mail', recipients }
  return { kind: 'folder', fileName: `${fileName.replaceAll(DAY_IN_NAME, today)}.${ENDING[encoding]}` }
}
