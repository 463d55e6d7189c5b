/** What any provider's statement is made of. Amounts as printed: tax is never recomputed from them. */
import { addYen, subtractYen, sumYen, type Yen, yen } from '@choba/shared/money.ts'
import type { TaxClass } from '@choba/shared/tax-classes.ts'

/** Each fee with its own tax class: they may differ on one line. */
export type StatementFee<Kind extends string = string> = {
  readonly kind: Kind
  readonly taxClass: TaxClass
  readonly amountYen: Yen
  readonly taxYen: Yen
}

/** `grossYen` − fees − their tax = `transferYen`, on every kind of line. `sale` and `cancellation` speak of a payment. */
export type StatementLine = {
  readonly kind: string
  readonly grossYen: Yen
  readonly fees: readonly StatementFee[]
  readonly transferYen: Yen
}

export function lineFeeYen(line: Pick<StatementLine, 'fees'>): Yen {
  return sumYen(line.fees.map((fee) => fee.amountYen))
}

export function lineFeeTaxYen(line: Pick<StatementLine, 'fees'>): Yen {
  return sumYen(line.fees.map((fee) => fee.taxYen))
}

/** What gross less fees and tax leaves. */
export function lineTransferYen(line: Pick<StatementLine, 'fees' | 'grossYen'>): Yen {
  return subtractYen(line.grossYen, addYen(lineFeeYen(line), lineFeeTaxYen(line)))
}

export type StatementTotals = {
  readonly grossYen: Yen
  readonly feeYen: Yen
  readonly feeTaxYen: Yen
  readonly transferYen: Yen
}

/** `grossYen` counts sales and what was taken back of them, not adjustments and what is carried over. */
export function statementTotals(lines: readonly StatementLine[]): StatementTotals {
  const traded = lines.filter((line) => line.kind === 'sale' || line.kind === 'cancellation')
  return {
    grossYen: sumYen(traded.map((line) => line.grossYen)),
    feeYen: sumYen(lines.map(lineFeeYen)),
    feeTaxYen: sumYen(lines.map(lineFeeTaxYen)),
    transferYen: sumYen(lines.map((line) => line.transferYen)),
  }
}

/** The fees of a line with every amount turned: what a cancellation after the payout gives back. */
export function negatedFees<Fee extends StatementFee>(fees: readonly Fee[]): Fee[] {
  return fees.map((fee) => ({ ...fee, amountYen: yen(0 - fee.amountYen), taxYen: yen(0 - fee.taxYen) }))
}
