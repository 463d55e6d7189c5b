/** Where a form begins when the contract has said nothing of the kind yet. */
import { BILLING_METHODS, SITES } from '@choba/shared/methods.ts'
import { type TermKind, type TermValues, USUAL_CARRIES } from '@choba/shared/terms.ts'

const EMPTY: { readonly [K in TermKind]: TermValues[K] } = {
  scope: { billingMethods: [...BILLING_METHODS], sites: [...SITES] },
  closing: { cycle: 'month_end', roll: 'next' },
  fees: {
    plan: 'custom',
    rateBp: 0,
    perPaymentYen: 0,
    perInvoiceYen: 0,
    perBundledInvoiceYen: 0,
    monthlyYen: 0,
    taxClass: { rate: 'taxable10', invoice: 'taxable10', monthly: 'taxable10' },
    lines: 'separate',
  },
  limit: { limitYen: 0 },
  points: { yenPerPoint: 100 },
  approval: { days: 90 },
  after_payout: { cancel: 'offset' },
  radar: { unreported: 7, arrival: 14, hold: 3, lapse: 14, statement: 3 },
}

export function emptyTerm(kind: TermKind, method: string): Record<string, unknown> {
  if (kind === 'fees' && method !== 'np_postpaid') return { ...EMPTY.fees, carryMost: USUAL_CARRIES }
  if (kind === 'scope' && method === 'np_postpaid') return { ...EMPTY.scope, invoices: 'both' }
  return { ...EMPTY[kind] }
}
