/** The door in set form, for an import: the same rows as `record()` writes, sent by COPY. */
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { Db } from '../db/client.ts'
import { METHOD_DOMAINS, type MethodRegistry } from '../domain/payment/payment.ts'
import { type Batch, type Change, compile } from './record.ts'

/** Enough to make round trips not matter, few enough to hold the compiled rows of two chunks in memory. */
const PAYMENTS_AT_ONCE = 5_000

/**
 * Writes any number of changes in one transaction: all of them or none. Each payment may stand in one change only.
 * Whoever else writes the merchant's books waits from the first chunk to the end, so a long import is several calls.
 * @throws a constraint violation when an order is registered twice
 */
export async function recordBulk(
  db: Db,
  merchantId: string,
  changes: Iterable<Change>,
  methods: MethodRegistry = METHOD_DOMAINS,
): Promise<void> {
  const client = await db.merchantClient(merchantId)
  let writing: Promise<unknown> = Promise.resolve()
  try {
    await client.query('begin')
    for (const part of partsOf(changes)) {
      // The server writes the part before while we compile this one.
      const batch = compile(merchantId, part, methods)
      await writing
      await stage(client, batch)
      writing = client.query('select ledger_record_staged($1)', [merchantId])
    }
    await writing
    await client.query('commit')
    client.release()
  } catch (error) {
    await writing.catch(() => undefined)
    const rolledBack = await client.query('rollback').catch((failure: Error) => failure)
    client.release(rolledBack instanceof Error)
    throw error
  }
}

function* partsOf(changes: Iterable<Change>): Generator<Change[]> {
  let part: Change[] = []
  for (const change of changes) {
    part.push(change)
    if (part.length < PAYMENTS_AT_ONCE) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

async function stage(client: pg.PoolClient, batch: Batch): Promise<void> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    'select name, columns from ledger_open_staging()',
  )
  for (const { name, columns } of tables) {
    const rows = batch[name.replace('staged_', '') as keyof Batch]
    if (rows.length === 0) continue
    const stream = client.query(copyStreams.from(`copy ${name} (${columns.join(', ')}) from stdin`))
    stream.end(rows.map((row) => copyLine(row, columns)).join(''))
    await finished(stream)
  }
}

/** A row in COPY's text format. */
function copyLine(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string {
  return `${columns.map((column) => copyValue(row[column])).join('\t')}\n`
}

function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPED[character] as string) : text
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
