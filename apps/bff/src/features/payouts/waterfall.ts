/** The steps from gross to transfer of a closing that no statement has stated yet. */
import type { PayoutRow, WaterfallStep } from '@choba/shared/contracts/payouts.ts'

export function expectedWaterfall(payout: PayoutRow): WaterfallStep[] {
  const { lines, grossYen, feeYen, taxYen, otherYen, transferYen } = payout
  const step = { feeKind: null, taxClass: null, lines }
  return [
    { ...step, kind: 'sales', amountYen: grossYen },
    { ...step, kind: 'fee', amountYen: -feeYen },
    { ...step, kind: 'tax', amountYen: -taxYen },
    ...(otherYen === 0 ? [] : [{ ...step, kind: 'carry_over' as const, amountYen: otherYen }]),
    { ...step, kind: 'transfer', amountYen: transferYen },
  ]
}
