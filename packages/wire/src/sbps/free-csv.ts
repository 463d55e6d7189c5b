/**
 * free_csv of a Link purchase: `KEY=value,KEY=value` in Shift_JIS, then base64. What each method takes is a matter of
 * the merchant's specification; keys of convenience stores are public, those of NP postpaid are not: assumed.
 */
import { decodeCp932, encodeCp932 } from '../cp932.ts'
import { fromBase64, toBase64 } from './bytes.ts'
import type { Values } from './message.ts'

/** Letters that would break the list or the provider's form. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  ',': '，',
  "'": '’',
  '"': '”',
  '%': '％',
  '|': '｜',
  '&': '＆',
  '<': '＜',
  '>': '＞',
}

/** Empty values are left out; forbidden letters become their full-width twins; characters Shift_JIS lacks become 〓. */
export function encodeFreeCsv(values: Values): string {
  const text = Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${allowed(value)}`)
    .join(',')
  return text === '' ? '' : toBase64(encodeCp932(text).bytes)
}

/** Undefined when it is not base64 of Shift_JIS, or a part has no key. */
export function decodeFreeCsv(text: string): Values | undefined {
  if (text === '') return {}
  const bytes = fromBase64(text)
  const plain = bytes && decodeCp932(bytes)
  if (plain === undefined) return undefined
  const values = Object.create(null) as Record<string, string>
  for (const part of plain.split(',')) {
    const equals = part.indexOf('=')
    if (equals < 1) return undefined
    values[part.slice(0, equals).trim()] = part.slice(equals + 1).trim()
  }
  return values
}

function allowed(value: string): string {
  return value.replace(/[,'"%|&<>]/g, (letter) => FORBIDDEN[letter] ?? letter).normalize('NFC')
}
