/**
 * Writing a kept file: one snapshot, block by block. A process that dies leaves `running`; the job is taken up again and
 * writes the file anew, of the books as they then stand.
 */
import { createHash } from 'node:crypto'
import { EXPORT_READS, EXPORTS_WITHOUT_PEOPLE } from '@choba/shared/contracts/exports.ts'
import { addDays, dayOf } from '@choba/shared/dates.ts'
import type { ErrorCode } from '@choba/shared/errors.ts'
import { may } from '@choba/shared/permissions.ts'
import { AppError } from '../../core/app-error.ts'
import { findMembership } from '../../db/people.ts'
import { withSightOf } from '../../core/personal-sight.ts'
import { withShops } from '../../db/shop-scope.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { blocksOf, rowCounter } from './blocks.ts'
import {
  deleteChunks,
  dropOverdueFiles,
  type ExportKey,
  type ExportRun,
  insertChunk,
  lockExportRun,
  moveExportRun,
} from './exports.queries.ts'
import { deliver, type DeliverDeps } from './deliver.ts'
import { requestOf } from './exports.service.ts'
import { listDue, type ScheduleKey } from './schedules.queries.ts'
import { takeDue } from './take.service.ts'

export type ExportJobsDeps = DeliverDeps

/** Each minute what is due; files go every night in Tokyo. */
export const EXPORTS_CRONTAB = `* * * * * exports:take\n10 18 * * * exports:prune`
/** Long enough for a year's closing and its audit. */
const KEPT_DAYS = 400
/** With the queue's growing pauses a folder that is away for three hours has its file. */
const DELIVERY_ATTEMPTS = 10

export function exportJobs(deps: ExportJobsDeps): TaskHandlers {
  return {
    'exports:take': async () => {
      for (const key of await listDue(deps.db.owner, deps.clock.now())) await take(deps, key)
    },
    'exports:run': (key) => write(deps, key),
    'exports:deliver': (key) => deliver(deps, key),
    'exports:prune': async () => {
      await dropOverdueFiles(deps.db.owner, dayOf(deps.clock.now()))
    },
  }
}

/** One that fails keeps no other from its time; it is looked at again in the next minute. */
async function take({ db, clock, log }: ExportJobsDeps, key: ScheduleKey): Promise<void> {
  try {
    await db
      .merchant(key.merchantId)
      .transaction()
      .execute((tx) => takeDue(tx, key, clock.now()))
  } catch (error) {
    log.error({ err: error, ...key }, 'a scheduled export was not taken')
  }
}

async function write(deps: ExportJobsDeps, key: ExportKey): Promise<void> {
  const db = deps.db.merchant(key.merchantId)
  const run = await db.transaction().execute(async (tx) => {
    const found = await lockExportRun(tx, key)
    if (found === undefined || !(await moveExportRun(tx, key, ['queued', 'running'], { state: 'running' }))) return
    await deleteChunks(tx, key)
    return found
  })
  if (run === undefined) return
  try {
    await writeFile(deps, key, run)
  } catch (error) {
    const isRefusal = error instanceof AppError
    if (!isRefusal) deps.log.error({ err: error, exportId: key.exportId }, 'an export failed')
    const count = isRefusal ? error.details?.['count'] : undefined
    await fail(deps, key, isRefusal ? error.code : 'internal', typeof count === 'number' ? count : null)
  }
}

async function writeFile(deps: ExportJobsDeps, key: ExportKey, run: ExportRun): Promise<void> {
  const { merchantId } = key
  const db = deps.db.merchant(merchantId)
  const member = await findMembership(db, run.askedBy, merchantId)
  // Whoever has lost the right since then gets no file.
  if (member === undefined || !may(member, 'sales.export') || !may(member, EXPORT_READS[run.list]))
    return fail(deps, key, 'auth.forbidden', null)
  const session = { ...member, userId: run.askedBy, name: '', email: '' }
  const download = () => deps.exportables[run.list].download(deps, session, requestOf(run))
  // What they may see today, no more.
  const { fileName, totals, body } = await withShops(member.shops, () => withSightOf(member, download))
  const { count, ...sums } = totals
  const numbers = Object.fromEntries(Object.entries(sums).filter(([, sum]) => typeof sum === 'number'))
  const isMasked = EXPORTS_WITHOUT_PEOPLE.includes(run.list) || !may(member, 'personal_data.read')
  await moveExportRun(db, key, ['running'], { isMasked, fileName, rows: count, totals: JSON.stringify(numbers) })
  const hash = createHash('sha256')
  const rows = rowCounter(run.encoding)
  let bytes = 0
  let number = 0
  for await (const block of blocksOf(body)) {
    hash.update(block)
    bytes += block.length
    const rowsWritten = rows.add(block)
    const goesOn = await db.transaction().execute(async (tx) => {
      if (!(await moveExportRun(tx, key, ['running'], { bytes, rowsWritten }))) return false
      await insertChunk(tx, key, number, block)
      return true
    })
    // Somebody has cancelled it: leaving the loop ends the snapshot.
    if (!goesOn) return
    number += 1
  }
  const now = deps.clock.now()
  await db.transaction().execute(async (tx) => {
    const isDone = await moveExportRun(tx, key, ['running'], {
      state: 'done',
      rowsWritten: count,
      sha256: hash.digest('hex'),
      endedAt: now,
      keptUntil: addDays(dayOf(now), KEPT_DAYS),
    })
    if (isDone && run.delivery !== null) await enqueue(tx, 'exports:deliver', key, { maxAttempts: DELIVERY_ATTEMPTS })
  })
}

async function fail(
  deps: ExportJobsDeps,
  key: ExportKey,
  failureCode: ErrorCode,
  failureCount: number | null,
): Promise<void> {
  const db = deps.db.merchant(key.merchantId)
  await db.transaction().execute(async (tx) => {
    const endedAt = deps.clock.now()
    await moveExportRun(tx, key, ['running'], { state: 'failed', failureCode, failureCount, endedAt })
    await deleteChunks(tx, key)
  })
}
