/** Reads a bar code as a scanner does, by a table taken from what another program drew (bwip-js 4), not from our encoder. */
import type { ReadPage } from './pdf-reader.ts'

/** GS1-128 in widths of modules. Together they hold every pair of digits. */
export const DRAWN_ELSEWHERE: ReadonlyArray<readonly [digits: string, widths: string]> = [
  [
    '91000102030405060708091011121314151617181920',
    '2112324111314121212122222221222222211212231213221312221222131223121322122212132213122312121122321221321222311132221231221232212232112211322212312411122331112',
  ],
  [
    '91212223242526272829303132333435363738394041',
    '2112324111314121212132122231123121313112223211223212213122123221123222112121232123212321211113231311231313211123131321131323112113132311132313111123312331112',
  ],
  [
    '91424344454647484950515253545556575859606162',
    '2112324111314121211121331123311321311131231133211331213131212113312311312131132133112131313111233113213311213121133123113321113141112214114311111322122331112',
  ],
  [
    '91636465666768697071727374757677787980818283',
    '2112324111314121211112241114221211241214211411221412211122141124121221141224111421121422112412112211144131112411121341111112421211421212411142122211142331112',
  ],
  [
    '91798081828384858687888990919293949596979899',
    '2112324111314121211341111112421211421212411142121241121242114112124211124212112121412141214121211111431113411311411141131143114111134113111131411132222331112',
  ],
]

/** Start, a mark that GS1 follows, and behind the digits a check character and the stop. */
const LEADING = 12
const TRAILING = 13

/** Digits of bars that are drawn in points, or an error that says what is wrong with them. */
export function readBars(bars: ReadPage['bars']): string {
  const narrow = Math.min(...bars.map(({ width }) => width))
  const edges = bars.flatMap(({ x, width }) => [x, x + width])
  const widths = edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / narrow)
  const modules = widths.map((width) => {
    if (Math.abs(width - Math.round(width)) > 0.05) throw new Error(`a width of ${width} modules`)
    return Math.round(width)
  })
  const text = modules.join('')
  const pairs = text.slice(LEADING, -TRAILING).match(/.{6}/g) ?? []
  const values = pairs.map((pattern) => TABLE.get(pattern) ?? Number.NaN)
  // Start has the value 105 and the mark 102.
  const check = values.reduce((sum, value, index) => sum + value * (index + 2), 105 + 102) % 103
  const drawn = text.slice(-TRAILING, -TRAILING + 6)
  // The three values beyond the digits are in no table here.
  if (TABLE.get(drawn) !== (check < 100 ? check : undefined)) throw new Error('the check character is wrong')
  return values.map((value) => String(value).padStart(2, '0')).join('')
}

const TABLE = new Map(
  DRAWN_ELSEWHERE.flatMap(([digits, widths]) => {
    const patterns = widths.slice(LEADING, -TRAILING).match(/.{6}/g) ?? []
    return patterns.map((pattern, index) => [pattern, Number(digits.slice(2 * index, 2 * index + 2))] as const)
  }),
)
