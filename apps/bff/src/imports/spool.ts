/** An upload as a file on disk: its bytes pass through memory once, and are looked at on their way. */
import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportEncoding } from '@choba/shared/imports/names.ts'
import { inspectText } from './inspect-text.ts'
import { UnreadableFile } from './unreadable-file.ts'

export type Spooled = {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly encoding: ImportEncoding
  remove(): Promise<void>
}

/** @throws UnreadableFile empty, too_large, not_text, or what it is instead of a text; nothing stays on disk then */
export async function spool(body: ReadableStream<Uint8Array> | null, mostBytes: number): Promise<Spooled> {
  const path = join(tmpdir(), `choba-import-${randomUUID()}`)
  const remove = () => rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  const inspector = inspectText()
  let bytes = 0
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length
      if (bytes > mostBytes) throw new UnreadableFile('too_large')
      inspector.take(chunk)
      hash.update(chunk)
      await file.write(chunk)
    }
    if (bytes === 0) throw new UnreadableFile('empty')
  } catch (error) {
    await file.close()
    await remove()
    throw error
  }
  await file.close()
  return { path, bytes, sha256: hash.digest('hex'), encoding: inspector.end(), remove }
}
