import { undrawable } from './glyphs.ts'
import { openPaper } from './paper.ts'

/** For each text the characters that the paper's font lacks, which are printed as 〓. */
export function missingCharacters(texts: readonly string[]): string[][] {
  if (texts.length === 0) return []
  const { pdf } = openPaper('', new Date(0))
  return texts.map((text) => undrawable(pdf, text))
}
