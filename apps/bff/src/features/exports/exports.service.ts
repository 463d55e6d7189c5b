/** Files that are asked for, listed, cancelled and taken. */
import { COLUMNS_OF } from '@choba/shared/columns/of-list.ts'
import type { Output, Parsed } from '@choba/shared/contract.ts'
import {
  EXPORT_LISTS,
  EXPORT_READS,
  type ExportList,
  type ExportRow,
  type exports,
} from '@choba/shared/contracts/exports.ts'
import { may } from '@choba/shared/permissions.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { chunksOf } from '../../db/export-chunks.ts'
import { listNames } from '../../db/people.ts'
import { columnFault } from '../../exports/chosen-columns.ts'
import type { Exportable } from '../../exports/exportable.ts'
import type { ListDownload } from '../../exports/list-export.ts'
import { deliveryOf, recipientsOf } from './delivery-state.ts'
import {
  deleteChunks,
  type ExportRun,
  findExportRun,
  insertDownload,
  listDownloads,
  listExportRuns,
  type ListedRun,
  moveExportRun,
} from './exports.queries.ts'
import { queueRun } from './queue-run.ts'

export type ExportsDeps = {
  readonly db: Db
  readonly clock: Clock
  /** Every list that can be taken; the composition root hands them in. */
  readonly exportables: Readonly<Record<ExportList, Exportable>>
}

export async function listExports(
  { db }: ExportsDeps,
  session: Session,
  query: Parsed<typeof exports.list>['query'],
): Promise<Output<typeof exports.list>> {
  const { merchantId } = session
  const seen = EXPORT_LISTS.filter((list) => may(session, EXPORT_READS[list]))
  const { items, nextCursor } = await listExportRuns(db.merchant(merchantId), merchantId, seen, query)
  const names = await listNames(db, merchantId, [
    ...new Set(items.flatMap((run) => [run.askedBy, ...recipientsOf(run.delivery)])),
  ])
  return { items: items.map((run) => rowOf(run, names)), nextCursor }
}

/** @throws AppError auth.forbidden for a list that they may not see; request.invalid when the list cannot be asked so; idempotency.conflict */
export async function createExport(
  deps: ExportsDeps,
  session: Session,
  { idempotencyKey, substitute, ...asked }: Parsed<typeof exports.create>['body'],
): Promise<ExportRow> {
  const { merchantId, userId } = session
  if (!may(session, EXPORT_READS[asked.list])) throw new AppError('auth.forbidden')
  const issues = faultsOfRequest(deps, { ...asked, substitute })
  if (issues.length > 0) throw new AppError('request.invalid', { issues })
  const run = await deps.db
    .merchant(merchantId)
    .transaction()
    .execute((tx) =>
      queueRun(tx, { merchantId, ...asked, substitute, askedBy: userId, askedAt: deps.clock.now(), idempotencyKey }),
    )
  if (run === undefined) throw new AppError('idempotency.conflict')
  return rowOf({ ...run, ...UNLISTED }, new Map([[userId, session.name]]))
}

/** @throws AppError resource.not_found */
export async function cancelExport(deps: ExportsDeps, session: Session, exportId: string): Promise<ExportRow> {
  const key = { merchantId: session.merchantId, exportId }
  const db = deps.db.merchant(session.merchantId)
  await getRun(deps, session, exportId)
  await db.transaction().execute(async (tx) => {
    const endedAt = deps.clock.now()
    if (!(await moveExportRun(tx, key, ['queued', 'running'], { state: 'cancelled', endedAt }))) return
    await deleteChunks(tx, key)
    await audit(tx, {
      merchantId: session.merchantId,
      actor: person(session),
      action: 'export.cancel',
      subject: { kind: 'export', id: exportId },
    })
  })
  const run = await getRun(deps, session, exportId)
  return rowOf({ ...run, ...UNLISTED }, new Map())
}

/** @throws AppError resource.not_found */
export async function listTakers(
  { db }: ExportsDeps,
  session: Session,
  exportId: string,
): Promise<Output<typeof exports.downloads>> {
  const { merchantId } = session
  await getRun({ db }, session, exportId)
  const taken = await listDownloads(db.merchant(merchantId), { merchantId, exportId })
  const names = await listNames(db, merchantId, [...new Set(taken.map(({ userId }) => userId))])
  return { items: taken.map(({ userId, at }) => ({ name: names.get(userId) ?? userId, at: at.toISOString() })) }
}

/**
 * The kept file, and the fact that it was taken.
 * @throws AppError resource.not_found unless it is there whole; auth.forbidden when it holds what they may not read
 */
export async function takeFile(deps: ExportsDeps, session: Session, exportId: string): Promise<ListDownload> {
  const { merchantId } = session
  const key = { merchantId, exportId }
  const db = deps.db.merchant(merchantId)
  const { state, isKept, isMasked, fileName, encoding, totals, rows } = await getRun(deps, session, exportId)
  if (state !== 'done' || !isKept || fileName === null) throw new AppError('resource.not_found')
  if (!isMasked && !may(session, 'personal_data.read'))
    throw new AppError('auth.forbidden', { permission: 'personal_data.read' })
  await db.transaction().execute(async (tx) => {
    await insertDownload(tx, key, { downloadId: uuidv7(), userId: session.userId, at: deps.clock.now() })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'export.download',
      subject: { kind: 'export', id: exportId },
      after: { fileName },
    })
  })
  const body = ReadableStream.from(chunksOf(db, key))
  return { fileName, encoding, totals: { ...totals, count: rows ?? 0 }, body }
}

/** A list that they may not see is not there for them. */
async function getRun({ db }: Pick<ExportsDeps, 'db'>, session: Session, exportId: string): Promise<ExportRun> {
  const run = await findExportRun(db.merchant(session.merchantId), { merchantId: session.merchantId, exportId })
  if (run === undefined || !may(session, EXPORT_READS[run.list])) throw new AppError('resource.not_found')
  return run
}

/** As the list's own export is asked. */
export function requestOf({
  view,
  encoding,
  language,
  substitute,
}: Pick<ExportRun, 'view' | 'encoding' | 'language' | 'substitute'>): object {
  return { ...view, encoding, language, ...(substitute ? { substitute: 'geta' } : {}) }
}

/** What is wrong with a request, by the field it stands in: what its list does not know, or has no column of. */
export function faultsOfRequest(
  { exportables }: Pick<ExportsDeps, 'exportables'>,
  asked: Parameters<typeof requestOf>[0] & { readonly list: ExportList },
): Array<{ path: string; message: string }> {
  const { columns } = asked.view
  const unknown = columnFault(COLUMNS_OF[asked.list].ids, typeof columns === 'string' ? columns : undefined)
  return [...exportables[asked.list].faultsOf(requestOf(asked)), ...(unknown === undefined ? [] : [unknown])].map(
    ({ path, message }) => ({ path: `view.${path}`, message }),
  )
}

/** Of a file that has just been asked for, or will not be written. */
const UNLISTED = { mailsFailed: 0, mailsWaiting: 0, mailedAt: null, downloads: 0, schedule: null } as const

function rowOf(run: ListedRun, names: ReadonlyMap<string, string>): ExportRow {
  const { exportId, failureCode, failureCount, askedAt, endedAt, schedule, ...row } = run
  return {
    ...row,
    id: exportId,
    failure: failureCode === null ? null : { code: failureCode, count: failureCount },
    askedBy: names.get(run.askedBy) ?? run.askedBy,
    askedAt: askedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    schedule: run.scheduleId === null ? null : (schedule ?? ''),
    delivery: deliveryOf(run, names),
  }
}
