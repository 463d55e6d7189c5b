import { type Kysely, type Selectable, sql } from 'kysely'
import type { ExportList } from '@choba/shared/contracts/exports.ts'
import type { ErrorCode } from '@choba/shared/errors.ts'
import type { Database } from '../../db/schema.ts'
import type { ExportScheduleTable } from '../../db/tables/exports.ts'
import { type MailCounts, mailCounts } from './deliveries.queries.ts'
import type { ExportRun } from './exports.queries.ts'

type Tx = Kysely<Database>
export type Schedule = Selectable<ExportScheduleTable>
export type ScheduleKey = Pick<Schedule, 'merchantId' | 'scheduleId'>
/** The last file; all null where there was none. */
type Last = { readonly [Key in keyof (RunPart & MailCounts)]: (RunPart & MailCounts)[Key] | null }
type RunPart = Pick<
  ExportRun,
  | 'exportId'
  | 'askedAt'
  | 'dueAt'
  | 'state'
  | 'rows'
  | 'failureCode'
  | 'failureCount'
  | 'deliveredAt'
  | 'deliveryFailure'
> & { readonly runFile: string | null; readonly runDelivery: ExportRun['delivery'] }
export type ListedSchedule = Schedule & Last

/** Of the lists a person may see, each with the last file it made; served by export_run_of_schedule. */
export async function listSchedules(
  db: Tx,
  merchantId: string,
  seen: readonly ExportList[],
): Promise<ListedSchedule[]> {
  const { rows } = await sql<ListedSchedule>`
    select s.*, r.export_id, r.asked_at, r.due_at, r.state, r.file_name as run_file, r.rows, r.failure_code, r.failure_count,
        r.delivery as run_delivery, r.delivered_at, r.delivery_failure, m.mails_failed, m.mails_waiting, m.mailed_at
      from export_schedule s
        left join lateral (
          select * from export_run r where r.merchant_id = s.merchant_id and r.schedule_id = s.schedule_id
            order by r.asked_at desc limit 1) r on true
        left join lateral (${mailCounts('r')}) m on r.export_id is not null
      where s.merchant_id = ${merchantId}::uuid and s.list = any(${seen}::text[])
      order by s.name, s.schedule_id`.execute(db)
  return rows
}

/** Waits for whoever has it. */
export function lockSchedule(tx: Tx, { merchantId, scheduleId }: ScheduleKey): Promise<Schedule | undefined> {
  return tx
    .selectFrom('exportSchedule')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('scheduleId', '=', scheduleId)
    .forUpdate()
    .executeTakeFirst()
}

/** Of every merchant, as the owner. */
export function listDue(owner: Tx, now: Date): Promise<ScheduleKey[]> {
  return owner
    .selectFrom('exportSchedule')
    .select(['merchantId', 'scheduleId'])
    .where('isPaused', '=', false)
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .execute()
}

type Put = Omit<Schedule, 'view' | 'isPaused' | 'stoppedBy'> & { readonly view: string }

/** Answers whether there was none of its id. */
export async function insertSchedule(tx: Tx, schedule: Put): Promise<boolean> {
  const inserted = await tx
    .insertInto('exportSchedule')
    .values(schedule)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export async function changeSchedule(
  tx: Tx,
  { merchantId, scheduleId, ...schedule }: Put & { readonly isPaused: boolean },
): Promise<void> {
  await tx
    .updateTable('exportSchedule')
    .set({ ...schedule, stoppedBy: null })
    .where('merchantId', '=', merchantId)
    .where('scheduleId', '=', scheduleId)
    .execute()
}

export async function setPause(
  tx: Tx,
  { merchantId, scheduleId }: ScheduleKey,
  pause: { readonly isPaused: boolean; readonly stoppedBy: ErrorCode | null; readonly nextAt?: Date },
): Promise<void> {
  await tx
    .updateTable('exportSchedule')
    .set(pause)
    .where('merchantId', '=', merchantId)
    .where('scheduleId', '=', scheduleId)
    .execute()
}

export async function setNext(tx: Tx, { merchantId, scheduleId }: ScheduleKey, nextAt: Date): Promise<void> {
  await tx
    .updateTable('exportSchedule')
    .set({ nextAt })
    .where('merchantId', '=', merchantId)
    .where('scheduleId', '=', scheduleId)
    .execute()
}

export async function deleteSchedule(tx: Tx, { merchantId, scheduleId }: ScheduleKey): Promise<void> {
  await tx
    .deleteFrom('exportSchedule')
    .where('merchantId', '=', merchantId)
    .where('scheduleId', '=', scheduleId)
    .execute()
}

export async function findScheduleName(db: Tx, merchantId: string, scheduleId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('exportSchedule')
    .select('name')
    .where('merchantId', '=', merchantId)
    .where('scheduleId', '=', scheduleId)
    .executeTakeFirst()
  return row?.name
}
