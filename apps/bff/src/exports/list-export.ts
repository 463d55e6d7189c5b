/** A list as a file: its rows and totals in one snapshot, what the encoding cannot write said first, and who took it in the audit log. */
import { type RawBuilder, sql } from 'kysely'
import { dayOf } from '@choba/shared/dates.ts'
import type { ExportEncoding } from '@choba/shared/filters/export.ts'
import type { Language } from '@choba/shared/labels/labels.ts'
import { audit } from '../audit/audit.ts'
import { person } from '../core/actor.ts'
import { AppError } from '../core/app-error.ts'
import type { Clock } from '../core/clock.ts'
import type { Session } from '../core/session.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { Db } from '../db/client.ts'
import { chosenColumns } from './chosen-columns.ts'
import type { ExportColumn, ExportSource } from './csv-sql.ts'
import { openSnapshot, type Snapshot } from './csv-stream.ts'
import { charactersMissing, type UnmappableCell, unmappableSql } from './unmappable.ts'
import { MOST_ROWS } from './workbook.ts'

export type ExportDeps = { readonly db: Db; readonly clock: Clock }

/** What every export is asked with, beside the filter and the order of its list. */
export type ExportAsked = {
  readonly encoding: ExportEncoding
  readonly language: Language
  readonly columns?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly q?: string | undefined
  /** `geta`: what CP932 lacks is written as 〓. */
  readonly substitute?: string | readonly string[] | undefined
}

/** Sums in yen carry `Yen` at the end of their name and go beside the rows as headers. */
export type ExportTotals = { readonly count: number }

/** A list that can be taken as a file. */
export type ListExport<Query extends ExportAsked, Totals extends ExportTotals> = {
  /** The head of its files' names; `<name>.export` in the audit log. */
  readonly name: string
  /** With every column; those `asked` for are picked by whoever opens it, and said to a list that reads no more than it must. */
  open(
    within: Within,
    query: Omit<Omit<Query, 'substitute'>, 'columns'>,
    asked: string | undefined,
  ): Promise<OpenedList<Totals>>
}

/** The snapshot's reads, for a list whose words or rows depend on what it holds. */
export type Within = {
  readonly merchantId: string
  /** Whose file it is: some conditions speak of whoever asks. */
  readonly userId: string
  query<Row extends object>(query: RawBuilder<Row>): Promise<Row[]>
}

export type OpenedList<Totals extends ExportTotals> = ExportSource & {
  totals(): Promise<Totals>
  /** Behind the chosen ones, whichever these are. */
  readonly also?: readonly ExportColumn[]
  /** Columns of `hit` that say which row a cell that cannot be written is of; none where no cell can be such. */
  readonly rowKey?: RawBuilder<unknown>
  /** In place of the name and the range, without the ending. */
  readonly fileName?: string
}

export type ListDownload = {
  readonly fileName: string
  readonly encoding: ExportEncoding
  readonly totals: ExportTotals
  readonly body: ReadableStream<Uint8Array>
}

/** Characters a person is shown before saying what shall stand for them. */
const MOST_SHOWN = 20

/** How many rows and which sums a download would hold, and what the encoding cannot write. */
export async function checkListExport<Query extends ExportAsked, Totals extends ExportTotals>(
  deps: ExportDeps,
  session: Session,
  list: ListExport<Query, Totals>,
  query: Omit<Query, 'substitute'>,
): Promise<{ totals: Totals; unmappable: string[]; unmappableCount: number }> {
  const { totals, cells } = await findUnmappable<object, Query, Totals>(deps, session, list, query, MOST_SHOWN)
  return {
    totals,
    unmappable: [...new Set(cells.flatMap(({ value }) => [...charactersMissing(value)]))],
    unmappableCount: cells[0]?.total ?? 0,
  }
}

/** The totals, and the first cells that the encoding cannot write, each with the columns of the list's row key. */
export async function findUnmappable<Key, Query extends ExportAsked, Totals extends ExportTotals>(
  deps: ExportDeps,
  { merchantId, userId }: Session,
  list: ListExport<Query, Totals>,
  query: Omit<Query, 'substitute'>,
  most: number,
): Promise<{ totals: Totals; cells: UnmappableCell<Key>[] }> {
  const snapshot = await openSnapshot(deps.db, merchantId)
  try {
    const within = withinOf(deps, snapshot, { merchantId, userId })
    const opened = await openList(list, within, query)
    const cells = query.encoding === 'cp932' ? await unmappableOf<Key>(within, opened, most) : []
    return { totals: await opened.totals(), cells }
  } finally {
    await snapshot.close()
  }
}

/**
 * @throws AppError export.unmappable while CP932 lacks a character and nothing is said to stand for it
 * @throws AppError export.too_many_rows when a sheet cannot hold them
 */
export async function exportList<Query extends ExportAsked, Totals extends ExportTotals>(
  deps: ExportDeps,
  session: Session,
  list: ListExport<Query, Totals>,
  query: Query,
): Promise<ListDownload> {
  const { merchantId, userId } = session
  const { encoding, substitute, q, ...said } = query
  const snapshot = await openSnapshot(deps.db, merchantId)
  try {
    const within = withinOf(deps, snapshot, { merchantId, userId })
    const opened = await openList(list, within, query)
    if (encoding === 'cp932' && substitute?.includes('geta') !== true) {
      const [first] = await unmappableOf(within, opened, 1)
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await opened.totals()
    if (encoding === 'xlsx' && totals.count > MOST_ROWS)
      throw new AppError('export.too_many_rows', { count: totals.count, most: MOST_ROWS })
    const range = `${list.name}_${query.from ?? 'start'}_${query.to ?? dayOf(deps.clock.now())}_JST`
    const fileName = `${opened.fileName ?? range}.${encoding === 'xlsx' ? 'xlsx' : 'csv'}`
    // What was searched for may be a customer's name: that there was a search is enough.
    const searched = (q ?? '').trim() !== ''
    const columns = opened.columns.map((column) => column.id)
    await audit(deps.db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: `${list.name}.export`,
      subject: { kind: 'export', id: uuidv7() },
      after: { ...said, encoding, searched, columns, ...totals, fileName },
    })
    return { fileName, encoding, totals, body: snapshot.stream(opened, encoding) }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

const CONTENT_TYPE: Readonly<Record<ExportEncoding, string>> = {
  utf8: 'text/csv; charset=utf-8; header=present',
  cp932: 'text/csv; charset=Shift_JIS; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The control totals go beside the rows, not among them. */
export function exportHeaders({ fileName, totals, encoding }: ListDownload): Record<string, string> {
  const sums = Object.entries(totals).filter(([name, sum]) => name.endsWith('Yen') && typeof sum === 'number')
  return {
    'Content-Type': CONTENT_TYPE[encoding],
    'Content-Disposition': `attachment; filename="${fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeRfc5987(fileName)}`,
    'Cache-Control': 'no-store',
    'X-Choba-Rows': String(totals.count),
    ...Object.fromEntries(sums.map(([name, sum]) => [`X-Choba-Total-${headerWords(name)}`, String(sum)])),
  }
}

async function openList<Query extends ExportAsked, Totals extends ExportTotals>(
  list: ListExport<Query, Totals>,
  within: Within,
  { columns: asked, ...query }: Omit<Query, 'substitute'>,
): Promise<OpenedList<Totals>> {
  const opened = await list.open(within, query, asked)
  return { ...opened, columns: [...chosenColumns(opened.columns, asked), ...(opened.also ?? [])] }
}

function withinOf(
  { db }: ExportDeps,
  snapshot: Snapshot,
  { merchantId, userId }: Pick<Session, 'merchantId' | 'userId'>,
): Within {
  const compiler = db.merchant(merchantId)
  return { merchantId, userId, query: (query) => snapshot.query(query.compile(compiler)) }
}

function unmappableOf<Key>(
  within: Within,
  { columns, from, rowKey }: OpenedList<ExportTotals>,
  most: number,
): Promise<UnmappableCell<Key>[]> {
  const found = rowKey && unmappableSql<Key>(columns, rowKey, sql`${from}`, most)
  return found === undefined ? Promise.resolve([]) : within.query(found)
}

/** `capturedYen` → `Captured-Yen`. */
function headerWords(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replace(/[A-Z]/g, '-$&')}`
}

function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
