/** Splitting tax-included sales by rate, so that any sequence of partial captures and refunds adds up to the whole. */
import { subtractYen, type Yen, yen } from '@choba/shared/money.ts'
import type { TaxLine } from './payment/events.ts'

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
