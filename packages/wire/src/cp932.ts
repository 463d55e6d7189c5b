/** CP932 (Windows-31J), the Shift_JIS that Japanese payment providers and spreadsheets really write: both ways, never a silent `?`. */
import iconv from 'iconv-lite'

export type Cp932Encoded = { bytes: Uint8Array; unmappable: string[] }

/** Look-alikes that JIS mappings disagree about; the right-hand side is the one CP932 holds. */
const FOLDED: Readonly<Record<string, string>> = { '〜': '～', '−': '－', '—': '―', '‖': '∥', '¥': '￥' }
const FOLDABLE = /[〜−—‖¥]/g

export function foldForCp932(text: string): string {
  return text.replace(FOLDABLE, (character) => FOLDED[character] ?? character)
}

/** Characters of `text`, each once, that CP932 cannot hold even after folding. */
export function unmappableInCp932(text: string): string[] {
  const folded = foldForCp932(text)
  if (isPlainAscii(folded) || roundTrips(folded)) return []
  return [...new Set([...folded].filter((character) => !roundTrips(character)))]
}

/** Encodes after folding. What cannot be held is listed in `unmappable`, and stands as 〓 (the printers' mark for a missing type) in `bytes`. */
export function encodeCp932(text: string): Cp932Encoded {
  const folded = foldForCp932(text)
  const unmappable = unmappableInCp932(folded)
  if (unmappable.length === 0) return { bytes: iconv.encode(folded, 'cp932'), unmappable }
  const missing = new Set(unmappable)
  const marked = [...folded].map((character) => (missing.has(character) ? '〓' : character)).join('')
  return { bytes: iconv.encode(marked, 'cp932'), unmappable }
}

/** Undefined when the bytes are not CP932 (a lead byte without its trail, a code point nobody assigned). */
export function decodeCp932(bytes: Uint8Array): string | undefined {
  const text = iconv.decode(bytes, 'cp932')
  return text.includes('\uFFFD') ? undefined : text
}

function isPlainAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text)
}

function roundTrips(text: string): boolean {
  return iconv.decode(iconv.encode(text, 'cp932'), 'cp932') === text
}
