/** What a statement of replacement payments is made of. Amounts as printed: tax is never recomputed from them. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { TaxClass } from '@choba/shared/tax-classes.ts'
import { addYen, subtractYen, sumYen, type Yen, yen } from '@choba/shared/money.ts'

/** `sale` and `cancellation` speak of a transaction (a cancellation gives back what an earlier statement paid); the others of the statement itself. */
export const NP_LINE_KINDS = ['sale', 'cancellation', 'monthly_fee', 'adjustment', 'carry_over'] as const
export type NpLineKind = (typeof NP_LINE_KINDS)[number]

export const NP_FEE_KINDS = ['rate', 'postage', 'monthly', 'other'] as const
export type NpFeeKind = (typeof NP_FEE_KINDS)[number]

/**
 * Each fee with its own tax class: since April 2025 they may differ on one line (np-postpaid 0.7). Assumed: the contract
 * of the day of the shipment report decides, and a month's own fee stands on the last closing of that month.
 */
export type NpStatementFee = {
  readonly kind: NpFeeKind
  readonly taxClass: TaxClass
  readonly amountYen: Yen
  readonly taxYen: Yen
}

/**
 * `grossYen` − fees − their tax = `transferYen`, on every kind of line:
 * a monthly fee has gross 0; an adjustment has its amount as gross (negative when NP takes it);
 * a carry-over is gross without fees: positive where a closing in the merchant's debt is carried forward (so that it
 * transfers 0), negative where the next statement takes it. All of this is assumed.
 */
export type NpStatementLine = {
  readonly kind: NpLineKind
  /** Empty on a line of the statement itself. */
  readonly npTransactionId: string
  readonly shopTransactionId: string
  readonly customerName: string
  /** Only the newer layout prints it. */
  readonly shippedOn: BusinessDate | null
  readonly grossYen: Yen
  readonly fees: readonly NpStatementFee[]
  readonly transferYen: Yen
  readonly note: string
}

export function lineFeeYen(line: Pick<NpStatementLine, 'fees'>): Yen {
  return sumYen(line.fees.map((fee) => fee.amountYen))
}

export function lineFeeTaxYen(line: Pick<NpStatementLine, 'fees'>): Yen {
  return sumYen(line.fees.map((fee) => fee.taxYen))
}

/** What gross less fees and tax leaves. */
export function lineTransferYen(line: Pick<NpStatementLine, 'fees' | 'grossYen'>): Yen {
  return subtractYen(line.grossYen, addYen(lineFeeYen(line), lineFeeTaxYen(line)))
}

export type NpStatementTotals = {
  readonly grossYen: Yen
  readonly feeYen: Yen
  readonly feeTaxYen: Yen
  readonly transferYen: Yen
}

/** `grossYen` counts sales and what was taken back of them, not adjustments and what is carried over. */
export function statementTotals(lines: readonly NpStatementLine[]): NpStatementTotals {
  const traded = lines.filter((line) => line.kind === 'sale' || line.kind === 'cancellation')
  return {
    grossYen: sumYen(traded.map((line) => line.grossYen)),
    feeYen: sumYen(lines.map(lineFeeYen)),
    feeTaxYen: sumYen(lines.map(lineFeeTaxYen)),
    transferYen: sumYen(lines.map((line) => line.transferYen)),
  }
}

/** The fees of a line with every amount turned: what a cancellation after the payout gives back. */
export function negatedFees(fees: readonly NpStatementFee[]): NpStatementFee[] {
  return fees.map((fee) => ({ ...fee, amountYen: yen(0 - fee.amountYen), taxYen: yen(0 - fee.taxYen) }))
}
