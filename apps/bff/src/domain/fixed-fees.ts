/**
 * A month's own fee at card and convenience-store providers: set off against the payout of the month's last closing;
 * where the sales do not cover it, carried to the next one, up to a number of times, then invoiced (sbps-protocol 5).
 * [assumed]: fees are set off oldest first, each whole or not at all.
 */
import { addYen, subtractYen, type Yen, yen } from '@choba/shared/money.ts'
import { type FeeTerms, USUAL_CARRIES } from '@choba/shared/terms.ts'
import { monthlyFeeOf } from './fees.ts'

export type FixedFee = {
  /** `YYYY-MM`: the month it was charged for. */
  readonly month: string
  /** Tax included. */
  readonly owedYen: Yen
  /** How often it has been carried. */
  readonly carried: number
}

export const FIXED_FEE_STATES = ['deducted', 'carried', 'invoiced'] as const
export type FixedFeeState = (typeof FIXED_FEE_STATES)[number]
/** What a closing did with a fee; `carried` counts this closing. */
export type SettledFixedFee = FixedFee & { readonly state: FixedFeeState }

/** The fee of a month as it first stands on a closing; undefined where the contract has none. */
export function fixedFeeOf(terms: FeeTerms, month: string): FixedFee | undefined {
  const fee = monthlyFeeOf(terms)
  return fee && { month, owedYen: addYen(fee.amountYen, fee.taxYen), carried: 0 }
}

/** Sets fees off against what the sales of a closing leave. `availableYen` may be negative after refunds. */
export function settleFixedFees(
  fees: readonly FixedFee[],
  availableYen: Yen,
  carryMost: number = USUAL_CARRIES,
): SettledFixedFee[] {
  let leftYen = availableYen
  let isCovered = true
  return fees
    .toSorted((a, b) => (a.month < b.month ? -1 : 1))
    .map((fee) => {
      isCovered &&= fee.owedYen <= leftYen
      if (isCovered) {
        leftYen = subtractYen(leftYen, fee.owedYen)
        return { ...fee, state: 'deducted' }
      }
      return fee.carried >= carryMost
        ? { ...fee, state: 'invoiced' }
        : { ...fee, carried: fee.carried + 1, state: 'carried' }
    })
}

/** What was set off, or goes on to the next closing, or to an invoice. */
export function sumOf(fees: readonly SettledFixedFee[], state: FixedFeeState): Yen {
  return fees.reduce((sum, fee) => (fee.state === state ? addYen(sum, fee.owedYen) : sum), yen(0))
}
