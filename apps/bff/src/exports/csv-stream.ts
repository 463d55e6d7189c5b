/** Rows of one snapshot as a download: read no faster than they are taken, and stopped when nobody takes them. */
import { pipeline, type Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { type CompiledQuery, type Kysely } from 'kysely'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { ExportEncoding } from '@choba/shared/filters/export.ts'
import { AppError } from '../core/app-error.ts'
import type { Db } from '../db/client.ts'
import type { Database } from '../db/schema.ts'
import { cp932Encoder, type Encoder, utf8Encoder } from './cp932-encoder.ts'
import { copyStatement, type ExportSource, headerLine, selectCells } from './csv-sql.ts'
import { workbook } from './workbook.ts'

/** One REPEATABLE READ snapshot of a merchant's rows: what is counted, checked and written in it is the same. */
export type Snapshot = {
  query<Row extends object>(query: CompiledQuery): Promise<Row[]>
  /** Ends the snapshot when it is read to the end or abandoned. */
  stream(source: ExportSource, encoding: ExportEncoding): ReadableStream<Uint8Array>
  close(): Promise<void>
}

/** A slow reader keeps its connection for long; the others are for the rest of the house. */
const MOST_AT_ONCE = 4
const openSnapshots = new WeakMap<Db, number>()
/** A reader that takes nothing for so long is gone. */
const STALLED_MS = 60_000

/** @throws AppError service.unavailable when too many are open */
export async function openSnapshot(db: Db, merchantId: string): Promise<Snapshot> {
  const already = openSnapshots.get(db) ?? 0
  if (already >= MOST_AT_ONCE) throw new AppError('service.unavailable', { exports: already })
  openSnapshots.set(db, already + 1)
  const client = await db.merchantClient(merchantId).catch((error: unknown) => {
    closeOne(db)
    throw error
  })
  const compiler = db.merchant(merchantId)
  let isOpen = true

  /** A connection that was left in the middle of a COPY is closed, which ends the query on the server. */
  function give(back: { readonly broken: boolean }): void {
    if (!isOpen) return
    isOpen = false
    closeOne(db)
    client.release(back.broken)
  }

  try {
    await client.query('begin isolation level repeatable read read only')
  } catch (error) {
    give({ broken: true })
    throw error
  }

  return {
    query: <Row extends object>(query: CompiledQuery) => rowsOf<Row>(client, query),
    stream: (source, encoding) => download(client, compiler, source, encoding, give),
    async close() {
      if (!isOpen) return
      try {
        await client.query('commit')
        give({ broken: false })
      } catch {
        give({ broken: true })
      }
    },
  }
}

function closeOne(db: Db): void {
  openSnapshots.set(db, (openSnapshots.get(db) ?? 1) - 1)
}

/** Column names as the rest of the house writes them. */
async function rowsOf<Row extends object>(client: pg.PoolClient, { sql, parameters }: CompiledQuery): Promise<Row[]> {
  const { rows } = await client.query<Record<string, unknown>>(sql, [...parameters])
  return rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
          value,
        ]),
      ) as Row,
  )
}

type Give = (back: { readonly broken: boolean }) => void

function download(
  client: pg.PoolClient,
  compiler: Kysely<Database>,
  source: ExportSource,
  encoding: ExportEncoding,
  give: Give,
): ReadableStream<Uint8Array> {
  const cells = selectCells(source, encoding !== 'xlsx')
  const rows = client.query(copyStreams.to(copyStatement(cells.compile(compiler))))
  const bytes = encoding === 'xlsx' ? workbookBytes(source, rows) : csvBytes(source, rows, encoding)
  let stalled: NodeJS.Timeout | undefined

  function abandon(): void {
    clearTimeout(stalled)
    // Nobody waits for what the broken connection still says.
    rows.on('error', () => undefined)
    give({ broken: true })
  }

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stalled)
      try {
        const next = await bytes.next()
        if (next.done === true) {
          await client.query('commit')
          give({ broken: false })
          return controller.close()
        }
        controller.enqueue(next.value)
      } catch (error) {
        abandon()
        throw error
      }
      stalled = setTimeout(() => {
        abandon()
        controller.error(new Error('the download was not read'))
      }, STALLED_MS)
    },
    cancel: abandon,
  })
}

async function* csvBytes(
  { columns }: ExportSource,
  rows: Readable,
  encoding: 'utf8' | 'cp932',
): AsyncGenerator<Uint8Array> {
  const encoder: Encoder = encoding === 'cp932' ? cp932Encoder() : utf8Encoder()
  yield encoder.write(headerLine(columns))
  for await (const chunk of rows) yield encoder.write(chunk as Buffer)
  const rest = encoder.end()
  if (rest.length > 0) yield rest
}

async function* workbookBytes({ columns }: ExportSource, rows: Readable): AsyncGenerator<Uint8Array> {
  const parsed = pipeline(rows, parse({ max_record_size: 0 }), () => undefined)
  for await (const chunk of workbook(columns, parsed as AsyncIterable<string[]>)) yield chunk as Buffer
}
