/** A schedule's file on its way: laid into the folder, or a mail to each reader. At least once; what went wrong stands on the run. */
import { type DeliveryFailure, type ExportRow, MOST_MAILED_BYTES } from '@choba/shared/contracts/exports.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import type { Log } from '../../core/log.ts'
import { chunksOf } from '../../db/export-chunks.ts'
import { listColleagues } from '../../db/people.ts'
import type { TextTemplate } from '@choba/shared/text-templates.ts'
import { findText } from '../../db/text-templates.ts'
import { queueMail } from '../../jobs/queue-mail.ts'
import { type ExportKey, type ExportRun, findExportRun, moveExportRun } from './exports.queries.ts'
import { layFile } from './folder.ts'
import { mayReceive } from './readers.ts'
import { findScheduleName } from './schedules.queries.ts'
import type { SchedulesDeps } from './schedules.service.ts'

export type DeliverDeps = SchedulesDeps & {
  readonly log: Log
  /** Where people reach the console. */
  readonly address: string
}

/** @throws the error of the file system, so that the queue tries again */
export async function deliver(deps: DeliverDeps, key: ExportKey): Promise<void> {
  const run = await findExportRun(deps.db.merchant(key.merchantId), key)
  if (run?.state !== 'done' || run.deliveredAt !== null || run.delivery === null) return
  // It has been dropped since, as that of a customer who was erased.
  if (!run.isKept) return fail(deps, key, 'not_kept')
  if (run.delivery.kind === 'mail') await mailFile(deps, key, run, run.delivery.recipients)
  else await layInFolder(deps, key, run.delivery.fileName)
}

async function layInFolder(deps: DeliverDeps, key: ExportKey, fileName: string): Promise<void> {
  const { db, exportDir } = deps
  if (exportDir === null) return fail(deps, key, 'no_folder')
  try {
    await layFile({ exportDir, ...key, fileName, blocks: chunksOf(db.merchant(key.merchantId), key) })
  } catch (error) {
    await fail(deps, key, 'folder_refused')
    throw error
  }
  await moveExportRun(db.merchant(key.merchantId), key, ['done'], {
    deliveredAt: deps.clock.now(),
    deliveryFailure: null,
  })
}

async function mailFile(
  deps: DeliverDeps,
  key: ExportKey,
  run: ExportRun,
  recipients: readonly string[],
): Promise<void> {
  const { merchantId, exportId } = key
  const addresses = await listAddresses(deps, run, recipients)
  const refused = addresses.length < recipients.length ? ('reader_lost' as const) : null
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const name = (run.scheduleId && (await findScheduleName(tx, merchantId, run.scheduleId))) ?? ''
      const text = await findText(tx, merchantId, 'export', run.language)
      const letter = letterOf(run, text, { schedule: name, exports: `${deps.address}/exports` })
      const about = { merchantId, kind: 'export', cause: `export:${exportId}`, exportId, ...letter } as const
      let isSetUp = true
      for (const to of addresses) isSetUp = (await queueMail(tx, { ...about, to })) && isSetUp
      const deliveryFailure = isSetUp ? refused : 'no_mail'
      const deliveredAt = isSetUp ? deps.clock.now() : null
      await moveExportRun(tx, key, ['done'], { deliveredAt, deliveryFailure })
    })
}

/** Of those who may have the file today: what its owner sees and they do not is not sent to them. */
async function listAddresses({ db }: DeliverDeps, run: ExportRun, recipients: readonly string[]): Promise<string[]> {
  const colleagues = await listColleagues(db.owner, run.merchantId)
  const owner = colleagues.find(({ userId }) => userId === run.askedBy)
  if (owner === undefined) return []
  return colleagues
    .filter((reader) => recipients.includes(reader.userId) && mayReceive(reader, run.list, owner))
    .map(({ email }) => email)
}

function letterOf(
  run: ExportRun,
  text: TextTemplate,
  { schedule, exports }: { readonly schedule: string; readonly exports: string },
): { subject: string; text: string } {
  const words = labels(run.language).export_mail
  const fileName = run.fileName ?? ''
  const file = fill(words.file, { file: fileName, rows: (run.rows ?? 0).toLocaleString('en') })
  const values = {
    schedule: schedule === '' ? fileName : schedule,
    files: [file, ...sumsOf(run)].join('\n'),
    how: run.bytes <= MOST_MAILED_BYTES ? words.carried : words.too_large,
    exports,
  }
  return { subject: fill(text.subject, values), text: fill(text.body, values) }
}

/** Control totals, in the order of their words. */
function sumsOf({ language, totals }: Pick<ExportRun, 'language' | 'totals'>): string[] {
  return Object.entries(labels(language).export_total).flatMap(([id, name]) => {
    const sum = (totals as ExportRow['totals'])?.[id]
    return sum === undefined ? [] : [`${name}: ${sum.toLocaleString('en')}`]
  })
}

async function fail(deps: DeliverDeps, key: ExportKey, deliveryFailure: DeliveryFailure): Promise<void> {
  await moveExportRun(deps.db.merchant(key.merchantId), key, ['done'], { deliveryFailure })
}
