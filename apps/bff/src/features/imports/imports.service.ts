/** Bringing files in, saying what their columns mean, correcting rows, and starting, stopping and repeating the work. */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { ImportRow, imports, ImportRun } from '@choba/shared/contracts/imports.ts'
import { headerKey, IMPORT_FIELDS, missingFields } from '@choba/shared/imports/kinds.ts'
import { type ImportReading, SKIP_WORD, WORD_FIELDS } from '@choba/shared/imports/words.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Database } from '../../db/schema.ts'
import { valuesOf } from '../../imports/values.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { ImportDeps } from './import-kind.ts'
import { confirmWarnings, findRow, hasRows, listRows, retryFailed, type StoredRow } from './import-rows.queries.ts'
import { keyRows, leadRows } from './row-keys.queries.ts'
import { jobKey } from './imports.jobs.ts'
import { countRows, findRun, listRuns, lockRun, moveRun, type Run, setMapping } from './imports.queries.ts'
import { keepMapping } from './mappings.queries.ts'
import { KINDS } from './kinds.ts'
import type { ImportState } from '@choba/shared/imports/names.ts'

type Tx = Kysely<Database>

export function listImports(
  { db }: ImportDeps,
  { merchantId }: Session,
  query: Parsed<typeof imports.list>['query'],
): Promise<Output<typeof imports.list>> {
  return listRuns(db.merchant(merchantId), merchantId, query)
}

/** @throws AppError resource.not_found */
export async function getImport({ db }: ImportDeps, { merchantId }: Session, id: string): Promise<Run> {
  return found(await findRun(db.merchant(merchantId), merchantId, id), id)
}

/** @throws AppError resource.not_found */
export async function listImportRows(
  deps: ImportDeps,
  session: Session,
  id: string,
  query: Parsed<typeof imports.rows>['query'],
): Promise<Output<typeof imports.rows>> {
  const { merchantId } = session
  const run = await getImport(deps, session, id)
  const limit = Math.max(query.limit, 1)
  const rows = await listRows(
    deps.db.merchant(merchantId),
    { merchantId, runId: id },
    { state: query.state, after: query.after, limit: limit + 1 },
  )
  const items = rows.slice(0, limit).map((row) => rowView(run, row))
  return { items, next: rows.length > limit ? (items.at(-1)?.row ?? null) : null }
}

export function rowView(run: Pick<ImportRun, 'mapping' | 'reading'>, row: StoredRow): ImportRow {
  const { rowNumber, line, cells, edits, headRow, state, faults, confirmed, paymentId, result, reasons } = row
  return {
    row: rowNumber,
    line,
    cells: [...cells],
    values: { ...valuesOf(cells, run.mapping, edits, run.reading) },
    edited: Object.keys(edits),
    headRow,
    state,
    faults: [...faults],
    confirmed,
    paymentId,
    result,
    reasons: [...reasons],
  }
}

/** Headers are alike when their words are, in order. */
export function headerHash(header: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(header.map(headerKey)))
    .digest('hex')
}

/** @throws AppError resource.not_found, import.busy, request.invalid */
export async function mapImport(
  deps: ImportDeps,
  session: Session,
  id: string,
  { mapping, carrierCode, reading }: Parsed<typeof imports.map>['body'],
): Promise<Run> {
  return change(deps, session, id, ['mapping', 'checking', 'preview'], async (tx, run) => {
    const { merchantId } = session
    const fields = IMPORT_FIELDS[run.kind].map((field) => field.id)
    const wrong = Object.entries(mapping).find(([field, at]) => !fields.includes(field) || at >= run.header.length)
    if (wrong !== undefined)
      throw new AppError('request.invalid', { issues: [{ path: `mapping.${wrong[0]}`, message: 'no such column' }] })
    refuseUnknownWords(run, reading)
    const complete = missingFields(run.kind, mapping).length === 0
    await setMapping(tx, merchantId, id, {
      mapping,
      carrierCode,
      reading,
      layout: run.layout,
      state: complete ? 'checking' : 'mapping',
    })
    const at = { shopId: run.shopId, kind: run.kind, headerHash: headerHash(run.header) }
    await keepMapping(tx, merchantId, at, { mapping, carrierCode, reading, updatedBy: session.userId })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'import.map',
      subject: { kind: 'import', id },
      before: { mapping: run.mapping, carrierCode: run.carrierCode, reading: run.reading },
      after: { mapping, carrierCode, reading },
    })
    if (complete) await checkAnew(tx, merchantId, id, mapping)
  })
}

function refuseUnknownWords({ kind }: Run, { words = {} }: ImportReading): void {
  for (const [field, told] of Object.entries(words)) {
    const values = [...(WORD_FIELDS[kind][field] ?? []), SKIP_WORD]
    const wrong = Object.values(told).find((value) => !values.includes(value))
    if (WORD_FIELDS[kind][field] === undefined || wrong !== undefined)
      throw new AppError('request.invalid', { issues: [{ path: `reading.words.${field}`, message: 'no such word' }] })
  }
}

/** Puts every row before the checks again. */
export async function checkAnew(
  tx: Tx,
  merchantId: string,
  runId: string,
  mapping: Readonly<Record<string, number>>,
): Promise<void> {
  const key = { merchantId, runId }
  await keyRows(tx, key, { orderNumber: mapping['orderNumber'], slipNumber: mapping['slipNumber'] })
  await leadRows(tx, key)
  await countRows(tx, merchantId, runId)
  await enqueue(tx, 'imports:work', { merchantId, runId }, { jobKey: jobKey(runId) })
}

/** @throws AppError resource.not_found, import.busy */
export async function confirmImport(deps: ImportDeps, session: Session, id: string): Promise<Run> {
  const { merchantId } = session
  return change(deps, session, id, ['preview', 'cancelled', 'done'], async (tx, run) => {
    await confirmWarnings(tx, { merchantId, runId: id })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'import.confirm',
      subject: { kind: 'import', id },
      after: { faulty: run.counts.faulty ?? 0 },
    })
    await moveRun(tx, merchantId, id, { from: [run.state], to: 'checking' })
    await enqueue(tx, 'imports:work', { merchantId, runId: id }, { jobKey: jobKey(id) })
  })
}

/** @throws AppError resource.not_found, import.busy, import.nothing_ready */
export async function runImport(deps: ImportDeps, session: Session, id: string): Promise<Run> {
  return change(deps, session, id, ['preview', 'cancelled', 'done'], (tx, run) => start(tx, session, run, 'import.run'))
}

/** @throws AppError resource.not_found, import.busy, import.nothing_ready */
export async function retryImport(deps: ImportDeps, session: Session, id: string): Promise<Run> {
  return change(deps, session, id, ['cancelled', 'done'], async (tx, run) => {
    const count = await retryFailed(tx, { merchantId: session.merchantId, runId: id }, KINDS[run.kind].retries)
    if (count === 0) throw new AppError('import.nothing_ready', { id })
    await start(tx, session, run, 'import.retry')
  })
}

async function start(tx: Tx, session: Session, run: Run, action: string): Promise<void> {
  const { merchantId, userId } = session
  if (!(await hasRows(tx, { merchantId, runId: run.id }, 'ready')))
    throw new AppError('import.nothing_ready', { id: run.id })
  await moveRun(tx, merchantId, run.id, { from: ['preview', 'cancelled', 'done'], to: 'running', by: userId })
  await audit(tx, {
    merchantId,
    actor: person(session),
    action,
    subject: { kind: 'import', id: run.id },
    after: { kind: run.kind, counts: run.counts },
  })
  await enqueue(tx, 'imports:work', { merchantId, runId: run.id }, { jobKey: jobKey(run.id) })
}

/** What was handed on goes its way; the rest stays where it is. @throws AppError resource.not_found */
export async function cancelImport(deps: ImportDeps, session: Session, id: string): Promise<Run> {
  const { merchantId } = session
  return change(deps, session, id, undefined, async (tx, run) => {
    const open: ImportState[] = ['mapping', 'checking', 'preview', 'running']
    if (!(await moveRun(tx, merchantId, id, { from: open, to: 'cancelled' }))) return
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'import.cancel',
      subject: { kind: 'import', id },
      after: { kind: run.kind, counts: run.counts },
    })
  })
}

/** One step of a run, with its counts right afterwards. */
export async function change(
  { db }: ImportDeps,
  { merchantId }: Session,
  id: string,
  from: readonly ImportState[] | undefined,
  act: (tx: Tx, run: Run) => Promise<void>,
): Promise<Run> {
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const run = found(await lockRun(tx, merchantId, id), id)
      if (from !== undefined && !from.includes(run.state)) throw new AppError('import.busy', { id, state: run.state })
      await act(tx, run)
      await countRows(tx, merchantId, id)
      return found(await findRun(tx, merchantId, id), id)
    })
}

export async function getRow(tx: Tx, merchantId: string, runId: string, row: number): Promise<StoredRow> {
  return found(await findRow(tx, { merchantId, runId }, row), String(row))
}

function found<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new AppError('resource.not_found', { id })
  return value
}
