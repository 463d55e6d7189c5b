/** The taxes of an order from its goods: what the books post, and what the order form shows before. */
import { taxIncludedPart, type Yen, yen } from './money.ts'

/** `unitPriceYen` with tax; `taxRateBp` 1000 = 10 %. */
export type GoodsLine = { readonly unitPriceYen: number; readonly quantity: number; readonly taxRateBp: number }
export type TaxPart = { readonly rateBp: number; readonly amountYen: Yen; readonly taxYen: Yen }

/**
 * The taxes of an order from its goods. Where the goods do not add up to the amount (a points discount, a rounding by
 * the shop), the difference belongs to the rate with the largest share. Tax is rounded down once per rate, as on a
 * qualified invoice (適格請求書).
 */
export function taxesOf(goods: readonly GoodsLine[], amountYen: Yen): readonly TaxPart[] {
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
