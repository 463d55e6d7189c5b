/** Parts of an archive in the ZIP format, for tests that look into workbooks. */
import { inflateRawSync } from 'node:zlib'

/** By the central directory, as a reader of archives goes. */
export function unzip(file: Buffer, path: string): Buffer {
  for (
    let at = file.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = file.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  ) {
    const nameLength = file.readUInt16LE(at + 28)
    const extraLength = file.readUInt16LE(at + 30)
    if (file.toString('utf8', at + 46, at + 46 + nameLength) !== path) continue
    const extra = at + 46 + nameLength
    const sizes = wideFieldOf(file.subarray(extra, extra + extraLength))
    const packed = sizes ? Number(sizes.readBigUInt64LE(8)) : file.readUInt32LE(at + 20)
    const start = sizes ? Number(sizes.readBigUInt64LE(16)) : file.readUInt32LE(at + 42)
    const body = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28)
    return inflateRawSync(file.subarray(body, body + packed))
  }
  throw new Error(`${path} is not in the archive`)
}

/** The sizes and the place of a part that was written in the wide format. */
function wideFieldOf(extra: Buffer): Buffer | undefined {
  for (let at = 0; at < extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4)
  return undefined
}
