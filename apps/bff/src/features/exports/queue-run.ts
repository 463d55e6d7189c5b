/** A file that shall be written: its row and its job, once for each key and once for each time of a schedule. */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { ExportRun } from './exports.queries.ts'
import { AppError } from '../../core/app-error.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Database } from '../../db/schema.ts'
import type { RunDelivery } from '../../db/tables/exports.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { findByKey, insertExportRun } from './exports.queries.ts'

export type NewRun = Pick<
  ExportRun,
  'merchantId' | 'list' | 'view' | 'encoding' | 'language' | 'substitute' | 'askedBy' | 'askedAt' | 'idempotencyKey'
> & {
  readonly schedule?: {
    readonly scheduleId: string
    /** Of the person in whose name it is taken; null for all. */
    readonly shopIds: string[] | null
    /** Null beside its times. */
    readonly dueAt: Date | null
    readonly delivery: RunDelivery | null
  }
}

/**
 * Undefined when the schedule's time has had its file.
 * @throws AppError idempotency.conflict when the key stands for something else
 */
export async function queueRun(tx: Kysely<Database>, { schedule, ...asked }: NewRun): Promise<ExportRun | undefined> {
  const { merchantId, idempotencyKey, list, view, encoding, language, substitute } = asked
  const scheduleId = schedule?.scheduleId ?? null
  const requestHash = createHash('sha256')
    .update(JSON.stringify({ list, view, encoding, language, substitute, ...(scheduleId !== null && { scheduleId }) }))
    .digest('hex')
  const exportId = uuidv7()
  const inserted = await insertExportRun(tx, {
    ...asked,
    exportId,
    view: JSON.stringify(view),
    scheduleId,
    ...(schedule && { shopIds: schedule.shopIds }),
    dueAt: schedule?.dueAt ?? null,
    delivery: schedule?.delivery ? JSON.stringify(schedule.delivery) : null,
    state: 'queued',
    fileName: null,
    sha256: null,
    failureCode: null,
    failureCount: null,
    endedAt: null,
    keptUntil: null,
    requestHash,
  })
  if (inserted !== undefined) {
    await enqueue(tx, 'exports:run', { merchantId, exportId })
    return inserted
  }
  const earlier = await findByKey(tx, merchantId, idempotencyKey)
  if (earlier !== undefined && earlier.requestHash !== requestHash) throw new AppError('idempotency.conflict')
  return earlier
}
