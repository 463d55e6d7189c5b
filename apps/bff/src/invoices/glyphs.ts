/** Which characters the paper's font holds, and what stands for those it lacks. */
import type { Pdf } from './paper.ts'

/** Stands for a character that cannot be drawn, as in print. */
const GETA = '〓'
/** Names in rare shapes, written in the shape that everybody reads as the same name. */
const COMMON: Readonly<Record<string, string>> = { 𠮷: '吉', 𣘺: '橋', 𠮟: '叱', 𡈽: '土', 𡌛: '塀', 𣜜: '柊' }

/** The text in characters that the font has. */
export function drawable(pdf: Pdf, text: string): string {
  return [...plain(text)].map((character) => replacementOf(pdf, character) ?? GETA).join('')
}

/** The characters of a text that would be replaced by 〓, each once. */
export function undrawable(pdf: Pdf, text: string): string[] {
  return [...new Set(plain(text))].filter((character) => replacementOf(pdf, character) === undefined)
}

/** Half-width kana are widened; selectors of variants choose none in this font. */
function plain(text: string): string {
  return text
    .replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'))
    .replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\p{Cc}]/gu, '')
}

function replacementOf(pdf: Pdf, character: string): string | undefined {
  return [character, COMMON[character], character.normalize('NFKC')].find(
    (each) => each !== undefined && [...each].every((part) => hasGlyph(pdf, part)),
  )
}

const known = new Map<string, boolean>()

function hasGlyph(pdf: Pdf, character: string): boolean {
  let has = known.get(character)
  if (has === undefined) {
    pdf.font('regular')
    // The font that pdfkit has opened is not in its types; it is fontkit's, which says what its character map holds.
    const { font } = (pdf as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font
    has = font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
    known.set(character, has)
  }
  return has
}
