/** The one formatter of money on the screen. Unknown is an en dash, zero is 0. */
const grouped = new Intl.NumberFormat('ja-JP', { maximumFractionDigits: 0 })

export const UNKNOWN = '–'

export function formatYen(amount: number | null | undefined): string {
  return amount === null || amount === undefined ? UNKNOWN : grouped.format(amount === 0 ? 0 : amount)
}

/** Counts are grouped like money. */
export function formatCount(count: number): string {
  return grouped.format(count)
}

/**
 * Reads what a person types for an amount: full-width digits, separators and a yen sign are fine, a fraction is not.
 * Undefined when it is no whole yen amount.
 */
export function readYen(text: string): number | undefined {
  const digits = text.normalize('NFKC').replace(/[,\s¥\\円]/g, '')
  return /^-?\d{1,12}$/.test(digits) ? Number(digits) : undefined
}
