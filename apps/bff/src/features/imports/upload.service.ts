/** Taking a file in: read as a stream, kept row by row as it says, all of it or nothing. */
import type { Kysely } from 'kysely'
import { IMPORT_MOST_BYTES, IMPORT_MOST_ROWS, type ImportUploaded } from '@choba/shared/contracts/imports.ts'
import { guessMapping, type ImportMapping, missingFields } from '@choba/shared/imports/kinds.ts'
import { findLayout } from '@choba/shared/imports/layouts.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Database } from '../../db/schema.ts'
import { findHeader } from '../../imports/find-header.ts'
import { delimiterOf, type FileRow, readRows } from '../../imports/read-rows.ts'
import { readWorkbook } from '../../imports/read-workbook.ts'
import { spool, type Spooled } from '../../imports/spool.ts'
import { UnreadableFile } from '../../imports/unreadable-file.ts'
import type { ImportDeps } from './import-kind.ts'
import { insertRows } from './import-rows.queries.ts'
import { countRows, findRun, findSameFile, hasShop, insertRun, moveRun, type Run } from './imports.queries.ts'
import { findMapping } from './mappings.queries.ts'
import { checkAnew, headerHash } from './imports.service.ts'
import type { Delimiter } from '../../imports/inspect-text.ts'
import type { ImportKind, TextEncoding } from '@choba/shared/imports/names.ts'

const INSERT_CHUNK = 1000

type Upload = {
  readonly kind: ImportKind
  readonly shop: string
  readonly name: string
  /** Where a person knows better than what is found. */
  readonly encoding?: TextEncoding | undefined
  readonly delimiter?: Delimiter | undefined
}

/** @throws AppError import.unreadable naming reason and line, resource.not_found for an unknown shop */
export async function uploadImport(
  deps: ImportDeps,
  session: Session,
  upload: Upload,
  body: ReadableStream<Uint8Array> | null,
): Promise<ImportUploaded> {
  const { merchantId } = session
  const db = deps.db.merchant(merchantId)
  if (!(await hasShop(db, merchantId, upload.shop))) throw new AppError('resource.not_found', { shop: upload.shop })
  try {
    const found = await spool(body, IMPORT_MOST_BYTES)
    // A workbook is one, whatever a person says.
    const file = {
      ...found,
      encoding: found.encoding === 'xlsx' ? found.encoding : (upload.encoding ?? found.encoding),
    }
    try {
      const same = { kind: upload.kind, shopId: upload.shop, sha256: file.sha256 }
      const earlier = await findSameFile(db, merchantId, same)
      if (earlier !== undefined && !(await callOffMisread(db, merchantId, earlier, upload)))
        return { run: earlier, repeated: true }
      const runId = await db.transaction().execute((tx) => keepFile(tx, session, upload, file))
      const run = runId === undefined ? await findSameFile(db, merchantId, same) : await findRun(db, merchantId, runId)
      if (run === undefined) throw new AppError('import.busy')
      return { run, repeated: runId === undefined }
    } finally {
      await file.remove()
    }
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new AppError('import.unreadable', { reason: error.reason, line: error.line })
    throw error
  }
}

/** A file that a person says is to be read otherwise takes the place of its first reading, while nothing of that has run. */
async function callOffMisread(
  db: Kysely<Database>,
  merchantId: string,
  earlier: Run,
  upload: Upload,
): Promise<boolean> {
  const { encoding = earlier.encoding, delimiter = earlier.delimiter } = upload
  if (earlier.encoding === 'xlsx') return false
  if (encoding === earlier.encoding && delimiter === earlier.delimiter) return false
  return moveRun(db, merchantId, earlier.id, { from: ['mapping', 'checking', 'preview'], to: 'cancelled' })
}

/** Undefined when the same file was brought in at the same moment. */
async function keepFile(
  tx: Kysely<Database>,
  session: Session,
  upload: Upload,
  file: Spooled,
): Promise<string | undefined> {
  const { merchantId } = session
  const { delimiter, rows } = await openRows(file, upload)
  try {
    const { header, data } = await findHeader(rows)
    const { layout, mapping, carrierCode, reading } = await chooseMapping(tx, merchantId, upload, header)
    const complete = missingFields(upload.kind, mapping).length === 0
    const runId = uuidv7()
    const isNew = await insertRun(tx, merchantId, {
      runId,
      kind: upload.kind,
      shopId: upload.shop,
      fileName: upload.name,
      sha256: file.sha256,
      bytes: file.bytes,
      encoding: file.encoding,
      delimiter,
      header,
      layout,
      mapping,
      carrierCode,
      reading,
      state: complete ? 'checking' : 'mapping',
      createdBy: session.userId,
      createdByName: session.name,
    })
    if (!isNew) return undefined
    const total = await keepRows(tx, { merchantId, runId }, data, rows)
    if (total === 0) throw new UnreadableFile('no_rows')
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'import.upload',
      subject: { kind: 'import', id: runId },
      after: { kind: upload.kind, shopId: upload.shop, sha256: file.sha256, rows: total },
    })
    if (complete) await checkAnew(tx, merchantId, runId, mapping)
    else await countRows(tx, merchantId, runId)
    return runId
  } finally {
    await rows.return(undefined)
  }
}

async function openRows(
  { path, encoding }: Spooled,
  upload: Upload,
): Promise<{ delimiter: string; rows: AsyncGenerator<FileRow> }> {
  if (encoding === 'xlsx') return { delimiter: '', rows: readWorkbook(path) }
  const delimiter = upload.delimiter ?? (await delimiterOf(path, encoding))
  return { delimiter, rows: readRows(path, encoding, delimiter) }
}

async function keepRows(
  tx: Kysely<Database>,
  key: { merchantId: string; runId: string },
  before: readonly FileRow[],
  rows: AsyncIterable<FileRow>,
): Promise<number> {
  let n = 0
  let chunk: Array<FileRow & { n: number }> = before.map((row) => ({ ...row, n: (n += 1) }))
  for await (const row of rows) {
    n += 1
    if (n > IMPORT_MOST_ROWS) throw new UnreadableFile('too_many_rows', row.line)
    chunk.push({ ...row, n })
    if (chunk.length < INSERT_CHUNK) continue
    await insertRows(tx, key, chunk)
    chunk = []
  }
  await insertRows(tx, key, chunk)
  return n
}

type Chosen = Pick<Run, 'layout' | 'carrierCode' | 'reading'> & { readonly mapping: ImportMapping }

/** As it was said for the last file with this header; else by a known layout; else by what columns are called. */
async function chooseMapping(
  tx: Kysely<Database>,
  merchantId: string,
  { kind, shop }: Upload,
  header: readonly string[],
): Promise<Chosen> {
  const known = findLayout(kind, header)
  const layout = known?.layout.id ?? null
  const remembered = await findMapping(tx, merchantId, { shopId: shop, kind, headerHash: headerHash(header) })
  if (remembered !== undefined) return { layout, ...remembered }
  return known === undefined
    ? { layout, mapping: guessMapping(kind, header), carrierCode: null, reading: {} }
    : { layout, mapping: known.mapping, carrierCode: known.layout.carrierCode ?? null, reading: {} }
}
