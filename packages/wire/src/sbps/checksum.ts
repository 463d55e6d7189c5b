/**
 * sps_hashcode: the values in the specification's order, each trimmed, without separators, then the hash key; SHA-1;
 * hex. What differs by message is the character set that is hashed and the letter case that SBPS writes:
 * API: Shift_JIS, lower · Link request: UTF-8 (though the form travels in Shift_JIS), lower · Link notice: UTF-8,
 * UPPER · Link browser result: Shift_JIS, lower. Comparing ignores the case.
 */
import { createHash } from 'node:crypto'
import { encodeCp932 } from '../cp932.ts'
import { trimBytes, trimText } from './bytes.ts'

/** Over bytes as they were received or will be sent: the way to check a Shift_JIS checksum. */
export function checksumOfBytes(values: Iterable<Uint8Array>, hashKey: string): string {
  const hash = createHash('sha1')
  for (const value of values) hash.update(trimBytes(value))
  return hash.update(hashKey, 'latin1').digest('hex')
}

/** Over text, hashed as Shift_JIS (CP932). */
export function shiftJisChecksum(values: Iterable<string>, hashKey: string): string {
  return checksumOfBytes(
    Array.from(values, (value) => encodeCp932(value).bytes),
    hashKey,
  )
}

/** Over text, hashed as UTF-8. */
export function utf8Checksum(values: Iterable<string>, hashKey: string): string {
  const hash = createHash('sha1')
  for (const value of values) hash.update(trimText(value), 'utf8')
  return hash.update(hashKey, 'latin1').digest('hex')
}

export function checksumsEqual(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

/** The characters that Shift_JIS tables translate to two different Unicode letters. */
const SPELLINGS = [
  ['\uFF5E', '\u301C'], // ～ 〜 wave dash
  ['\uFF0D', '\u2212'], // － − minus
  ['\u2225', '\u2016'], // ∥ ‖ parallel
  ['\u2015', '\u2014'], // ― — dash
  ['\uFFE5', '\u00A5'], // ￥ ¥ yen
  ['\uFFE0', '\u00A2'], // ￠ ¢ cent
  ['\uFFE1', '\u00A3'], // ￡ £ pound
  ['\uFFE2', '\u00AC'], // ￢ ¬ not
] as const

/**
 * Whether a checksum over UTF-8 holds in any spelling the sender may have used: the form came in Shift_JIS, so the
 * receiver cannot know which of two letters the sender hashed.
 */
export function utf8ChecksumHolds(values: readonly string[], hashKey: string, received: string): boolean {
  const present = SPELLINGS.filter((pair) => values.some((value) => pair.some((letter) => value.includes(letter))))
  for (let choice = 0; choice < 2 ** present.length; choice += 1) {
    const spelled = values.map((value) =>
      present.reduce((text, [wide, narrow], bit) => {
        const [from, to] = (choice >> bit) & 1 ? [wide, narrow] : [narrow, wide]
        return text.replaceAll(from, to)
      }, value),
    )
    if (checksumsEqual(utf8Checksum(spelled, hashKey), received)) return true
  }
  return false
}
