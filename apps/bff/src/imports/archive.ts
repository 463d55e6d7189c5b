/** The parts of a workbook's archive, unpacked as they are read and no further than their limit: an archive may be a bomb. */
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { UnreadableFile } from './unreadable-file.ts'

const MOST_PARTS = 2000
/** Of one part, unpacked: a hundred thousand rows of forty columns come to about 250 MB. */
const MOST_PART_BYTES = 400 * 1024 * 1024

export type Archive = {
  readonly names: readonly string[]
  /** The text of a part in pieces. @throws UnreadableFile when the part is larger than it may be */
  read(name: string, mostBytes?: number): AsyncGenerator<string>
  close(): void
}

/** @throws UnreadableFile archive, when it cannot be opened as one */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) => {
      if (error) reject(new UnreadableFile('broken_workbook'))
      else resolve(opened)
    })
  })
  const entries = await listEntries(zip).catch((error: unknown) => {
    zip.close()
    throw error
  })
  return {
    names: [...entries.keys()],
    async *read(name, mostBytes = MOST_PART_BYTES) {
      const entry = entries.get(name)
      if (entry === undefined) throw new UnreadableFile('broken_workbook')
      if (entry.uncompressedSize > mostBytes || entry.isEncrypted()) throw new UnreadableFile('too_large')
      const decoder = new TextDecoder('utf-8')
      const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
        zip.openReadStream(entry, (error, opened) => {
          if (error) reject(new UnreadableFile('broken_workbook'))
          else resolve(opened)
        })
      })
      try {
        // Sizes are what the archive says: yauzl ends the stream with an error where more comes out.
        for await (const chunk of stream) yield decoder.decode(chunk as Uint8Array, { stream: true })
      } catch {
        throw new UnreadableFile('broken_workbook')
      }
      yield decoder.decode()
    },
    close: () => zip.close(),
  }
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry)
      if (entries.size > MOST_PARTS) reject(new UnreadableFile('too_large'))
      else zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', () => reject(new UnreadableFile('broken_workbook')))
    zip.readEntry()
  })
}
