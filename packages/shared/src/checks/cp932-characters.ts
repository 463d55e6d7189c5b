/** Which characters CP932 holds, without its table: the platform's own Shift_JIS decoder knows them. */

/** Look-alikes that JIS mappings disagree about; CP932 holds the right-hand one, and both are written alike. */
const FOLDED = new Set('〜−—‖¥')

let repertoire: ReadonlySet<string> | undefined

export type MisfitCharacter = {
  readonly character: string
  /** From 1. */ readonly place: number
}

/** Characters that NP's files cannot hold, each at its first place: controls, emoji, rare variants of kanji. */
export function misfitCharacters(text: string): MisfitCharacter[] {
  const found = new Map<string, number>()
  ;[...text].forEach((character, index) => {
    if (isPrintableAscii(character) || FOLDED.has(character) || found.has(character)) return
    repertoire ??= readRepertoire()
    if (!repertoire.has(character)) found.set(character, index + 1)
  })
  return [...found].map(([character, place]) => ({ character, place }))
}

function isPrintableAscii(character: string): boolean {
  return character >= ' ' && character <= '~'
}

/** Every pair of bytes on a line of its own: a pair that nobody assigned decodes to more or other than one character. */
function readRepertoire(): ReadonlySet<string> {
  const decoder = new TextDecoder('shift_jis')
  const bytes: number[] = []
  for (let kana = 0xa1; kana <= 0xdf; kana += 1) bytes.push(kana, 0x0a)
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    // 0xf0 and beyond are private use: what stands there depends on the machine.
    if ((lead > 0x9f && lead < 0xe0) || (lead >= 0xf0 && lead <= 0xf9)) continue
    for (let trail = 0x40; trail <= 0xfc; trail += 1) if (trail !== 0x7f) bytes.push(lead, trail, 0x0a)
  }
  const characters = decoder.decode(new Uint8Array(bytes)).split('\n')
  return new Set(characters.filter((line) => [...line].length === 1 && line !== '\uFFFD'))
}
