/** Splitting tax-included sales by rate, so that any sequence of partial captures and refunds adds up to the whole. */
import { subtractYen, taxIncludedPart, type Yen, yen } from '@choba/shared/money.ts'
import type { TaxLine } from './payment/events.ts'

export type GoodsLine = { readonly unitPriceYen: number; readonly quantity: number; readonly taxRateBp: number }

/**
 * The taxes of an order from its goods. Where the goods do not add up to the amount (a points discount, a rounding by
 * the shop), the difference belongs to the rate with the largest share. Tax is rounded down once per rate, as on a
 * qualified invoice (適格請求書).
 */
export function taxesOf(goods: readonly GoodsLine[], amountYen: Yen): readonly TaxLine[] {
  const byRate = new Map<number, number>()
  for (const line of goods)
    byRate.set(line.taxRateBp, (byRate.get(line.taxRateBp) ?? 0) + line.unitPriceYen * line.quantity)
  if (byRate.size === 0) byRate.set(1000, 0)
  const rates = [...byRate].sort(([rateA, a], [rateB, b]) => b - a || rateB - rateA)
  const total = rates.reduce((sum, [, amount]) => sum + amount, 0)
  const largest = rates[0] as [number, number]
  largest[1] += amountYen - total
  const usable = rates.every(([, amount]) => amount >= 0)
    ? rates.filter(([, amount]) => amount > 0)
    : [[largest[0], amountYen] as const]
  return usable.map(([rateBp, amount]) => ({
    rateBp,
    amountYen: yen(amount),
    taxYen: taxIncludedPart(yen(amount), rateBp),
  }))
}

/**
 * The split of the first `partYen` of a sale. Each rate takes its share rounded down and the largest rate the rest, so
 * the split of the whole is the whole, and the difference of two splits is the split of what lies between.
 */
export function taxSplit(taxes: readonly TaxLine[], partYen: Yen): readonly TaxLine[] {
  const total = taxes.reduce((sum, line) => sum + line.amountYen, 0)
  if (total === 0) return taxes.map((line) => ({ ...line, amountYen: yen(0), taxYen: yen(0) }))
  let rest = partYen as number
  const split = taxes.map((line, index) => {
    const amountYen = index === 0 ? 0 : share(partYen, line.amountYen, total)
    rest -= amountYen
    return { rateBp: line.rateBp, amountYen, taxYen: 0 }
  })
  return split.map((line, index) => {
    const amountYen = yen(index === 0 ? rest : line.amountYen)
    const whole = taxes[index] as TaxLine
    return {
      rateBp: line.rateBp,
      amountYen,
      taxYen: whole.amountYen === 0 ? yen(0) : yen(share(amountYen, whole.taxYen, whole.amountYen)),
    }
  })
}

/** What lies between two standing amounts of the same sale; negative where it shrank. */
export function taxDifference(taxes: readonly TaxLine[], fromYen: Yen, toYen: Yen): readonly TaxLine[] {
  const before = taxSplit(taxes, fromYen)
  return taxSplit(taxes, toYen).map((line, index) => {
    const earlier = before[index] as TaxLine
    return {
      rateBp: line.rateBp,
      amountYen: subtractYen(line.amountYen, earlier.amountYen),
      taxYen: subtractYen(line.taxYen, earlier.taxYen),
    }
  })
}

/** part × numerator ÷ denominator, rounded down, exact beyond 2^53 in between. */
function share(part: number, numerator: number, denominator: number): number {
  return Number((BigInt(part) * BigInt(numerator)) / BigInt(denominator))
}
