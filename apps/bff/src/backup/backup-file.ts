/** The file of a backup: one gzip stream of frames, a head first, then each table's COPY text, a tail with what was counted last. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { StartError } from '../core/start-error.ts'

/** A file of another format is refused, never guessed at. */
export const FORMAT = 'choba-backup-1'

export type BackupHead = {
  readonly format: typeof FORMAT
  /** When the snapshot was taken (instant, ISO 8601). */
  readonly takenAt: string
  /** Every migration the database had run, oldest first. */
  readonly migrations: readonly string[]
  /** The version of the job queue's own tables. */
  readonly queueVersion: number
}

export type TableHead = { readonly schema: string; readonly table: string; readonly columns: readonly string[] }

/** `sha256` is of the COPY text in order of the primary key, uncompressed. */
export type TableTail = { readonly rows: number; readonly bytes: number; readonly sha256: string }

export type SequenceValue = {
  readonly schema: string
  readonly name: string
  readonly value: string
  readonly called: boolean
}

export type BackupTail = { readonly sequences: readonly SequenceValue[]; readonly tables: number }

export type Frame =
  | { readonly kind: 'head'; readonly head: BackupHead }
  | { readonly kind: 'table'; readonly table: TableHead }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'tableEnd'; readonly end: TableTail }
  | { readonly kind: 'tail'; readonly tail: BackupTail }

const DATA = 0
const WORDS = 1
const FRAME_HEAD_BYTES = 5
/** No frame that we write is larger; a length beyond it is damage, not data to wait for. */
const MAX_FRAME_BYTES = 256 * 1024 * 1024

export function encodeFrame(frame: Frame): Buffer {
  const body = frame.kind === 'data' ? frame.bytes : Buffer.from(JSON.stringify(frame))
  const head = Buffer.alloc(FRAME_HEAD_BYTES)
  head.writeUInt8(frame.kind === 'data' ? DATA : WORDS, 0)
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

/** @throws StartError when the file is no backup of ours, is damaged or was cut short. */
export async function* readFrames(file: string): AsyncGenerator<Frame> {
  let ended = false
  try {
    for await (const frame of framesOf(file)) {
      ended = frame.kind === 'tail'
      yield frame
    }
  } catch (error) {
    if (error instanceof SyntaxError || isReadingError(error)) throw damaged(file, error)
    throw error
  }
  if (!ended) throw damaged(file, 'its end is missing')
}

async function* framesOf(file: string): AsyncGenerator<Frame> {
  const source = createReadStream(file)
  const unzipped = createGunzip()
  source.on('error', (error) => unzipped.destroy(error))
  source.pipe(unzipped)
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of unzipped) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer)
    for (;;) {
      if (rest.length < FRAME_HEAD_BYTES) break
      const length = rest.readUInt32BE(1)
      if (length > MAX_FRAME_BYTES) throw new SyntaxError('a part of an impossible length')
      if (rest.length < FRAME_HEAD_BYTES + length) break
      const body = rest.subarray(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + length)
      yield rest.readUInt8(0) === DATA ? { kind: 'data', bytes: body } : (JSON.parse(body.toString('utf8')) as Frame)
      rest = rest.subarray(FRAME_HEAD_BYTES + length)
    }
  }
  if (rest.length > 0) throw new SyntaxError('cut short')
}

/** Reads the whole file and holds every table against its own count and hash. @throws StartError */
export async function checkBackup(file: string): Promise<{ head: BackupHead; tables: number; rows: number }> {
  let head: BackupHead | undefined
  let counter = new TableCounter()
  let name = ''
  let [tables, rows] = [0, 0]
  for await (const frame of readFrames(file)) {
    if (!head && (frame.kind !== 'head' || frame.head.format !== FORMAT))
      throw damaged(file, 'it does not begin as a backup of Choba')
    if (frame.kind === 'head') ({ head } = frame)
    if (frame.kind === 'table') [counter, name] = [new TableCounter(), frame.table.table]
    if (frame.kind === 'data') counter.add(frame.bytes)
    if (frame.kind === 'tableEnd') {
      if (!isSame(counter.end(), frame.end)) throw damaged(file, `${name} is not what was written`)
      tables += 1
      rows += frame.end.rows
    }
    if (frame.kind === 'tail' && frame.tail.tables !== tables) throw damaged(file, 'tables are missing')
  }
  if (!head) throw damaged(file, 'it is empty')
  return { head, tables, rows }
}

/** Counts and hashes COPY text as it passes. In COPY's text format a line feed ends a row and stands nowhere else. */
export class TableCounter {
  readonly #hash = createHash('sha256')
  #rows = 0
  #bytes = 0

  add(bytes: Buffer): void {
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) this.#rows += 1
  }

  end(): TableTail {
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }
}

export function isSame(one: TableTail, other: TableTail): boolean {
  return one.rows === other.rows && one.bytes === other.bytes && one.sha256 === other.sha256
}

function damaged(file: string, why: unknown): StartError {
  return new StartError(`${file} cannot be restored: ${why instanceof Error ? why.message : String(why)}.`)
}

function isReadingError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('Z_') || code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR'
}
