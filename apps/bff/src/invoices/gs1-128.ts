/**
 * GS1-128 of digits (ISO/IEC 15417, code set C): start, FNC1, a character for each two digits, check character, stop.
 * Written here because a payment slip needs this one form of it and nothing else.
 */

/** Widths in modules of bar, space, bar, space, bar, space for the values 0 to 105. */
const CHARACTERS = [
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222',
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321',
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121',
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224',
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111',
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113',
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232',
].flatMap((line) => line.split(' '))
const STOP = '2331112'
const START_C = 105
const FNC1 = 102

/** Blank modules that each side of the bars needs. */
export const QUIET_MODULES = 10

/** Widths in modules, a bar first, then a space, in turn. @throws RangeError unless it is an even count of digits */
export function gs1Bars(digits: string): readonly number[] {
  if (!/^(\d\d)+$/.test(digits)) throw new RangeError('code set C takes digits in pairs')
  const values = [START_C, FNC1, ...(digits.match(/\d\d/g) ?? []).map(Number)]
  // Start counts once, as the first character behind it does.
  const check = values.reduce((sum, value, place) => sum + value * Math.max(place, 1), 0) % 103
  const widths = [...values, check].map((value) => CHARACTERS[value]).join('') + STOP
  return [...widths].map(Number)
}

/** The whole width in modules, blank sides included. */
export function modulesOf(bars: readonly number[]): number {
  return bars.reduce((sum, width) => sum + width, 2 * QUIET_MODULES)
}

/** The 44 digits of a payment slip as people read them, in the two lines below the bars. */
export function slipDigits(digits: string): readonly [string, string] {
  const [, ai, collector, bill, due, stamp, amount, check] =
    /^(\d{2})(\d{6})(\d{22})(\d{6})(\d)(\d{6})(\d)$/.exec(digits) ?? []
  if (ai === undefined) throw new RangeError('a payment slip has 44 digits')
  return [`(${ai})${collector}-${bill}`, `${due}-${stamp}-${amount}-${check}`]
}
