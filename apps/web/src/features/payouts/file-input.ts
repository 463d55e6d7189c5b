/** A chosen file as the BFF takes it, and what its name says. */
import { type BusinessDate, parseBusinessDate } from '@choba/shared/dates.ts'

const CHUNK = 0x80_00

/** A file with its bytes in base64. */
export type ReadFile = { readonly file: File; readonly content: string }

/** In base64. */
export async function readFile(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let from = 0; from < bytes.length; from += CHUNK)
    text += String.fromCharCode(...bytes.subarray(from, from + CHUNK))
  return btoa(text)
}

export type FileSuggestions = { readonly number?: string; readonly closingOn?: BusinessDate }

/** Files are named after the statement, `NP202611270001.csv`, and the statement after its closing [assumed]. */
export function suggestionsOf(name: string): FileSuggestions {
  const number = name.replace(/\.[^.]*$/, '').trim()
  const day = /(20\d{2})-?(\d{2})-?(\d{2})/.exec(number)
  const closingOn = day === null ? undefined : parseBusinessDate(`${day[1]}-${day[2]}-${day[3]}`)
  return {
    ...(number === '' ? {} : { number: number.slice(0, 40) }),
    ...(closingOn === undefined ? {} : { closingOn }),
  }
}
