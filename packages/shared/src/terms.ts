/** The terms of a contract for one shop and method. Each holds from its day until the next of its kind. */
import * as z from 'zod/mini'
import { BILLING_METHODS, SITES } from './methods.ts'
import { TAX_CLASSES } from './tax-classes.ts'

export const CYCLES = ['weekly', 'twice_monthly', 'month_end', 'semi_monthly', 'designated_friday', 'by_day'] as const
export type Cycle = (typeof CYCLES)[number]
/** What happens to a payment day that is no business day of the banks. */
export const ROLLS = ['previous', 'next', 'none'] as const
export type Roll = (typeof ROLLS)[number]

export const FEE_PLANS = ['A', 'B', 'C', 'D', 'custom'] as const
export type FeePlan = (typeof FEE_PLANS)[number]

const yen = z.int().check(z.gte(0), z.lte(9_999_999))
const taxClass = z.enum(TAX_CLASSES)
const days = z.int().check(z.gte(0), z.lte(365))
/** A day of the month; 31 is its last, whichever that is. */
const monthDay = z.int().check(z.gte(1), z.lte(31))

/** How often SBPS carries a fixed fee before it sends an invoice for it (sbps-protocol 5). */
export const USUAL_CARRIES = 4

export const feeTerms = z.object({
  plan: z.enum(FEE_PLANS),
  /** Of the amount billed, in basis points: 500 is 5 %. */
  rateBp: z.int().check(z.gte(0), z.lte(10_000)),
  /** For each payment, whatever its amount. */
  perPaymentYen: z._default(yen, 0),
  /** For each invoice that is mailed, and for each that travels in the parcel. */
  perInvoiceYen: yen,
  perBundledInvoiceYen: yen,
  monthlyYen: yen,
  /** How often a month's fee that no sale covers is carried to the next closing; then it is invoiced. */
  carryMost: z.optional(z.int().check(z.gte(0), z.lte(12))),
  /** Without a class of its own, what is charged for each payment is taxed as the rate is. */
  taxClass: z.object({ rate: taxClass, perPayment: z.optional(taxClass), invoice: taxClass, monthly: taxClass }),
  /**
   * `single`: one fee column for each payment, taxed as a whole (NP's statements before April 2025).
   * `separate`: each fee on its own, with its own tax.
   */
  lines: z._default(z.enum(['single', 'separate']), 'separate'),
})
export type FeeTerms = z.output<typeof feeTerms>

export const closingTerms = z.object({
  cycle: z.enum(CYCLES),
  roll: z.enum(ROLLS),
  /** For `designated_friday`: 1 = first … 4 = fourth. */
  friday: z.optional(z.int().check(z.gte(1), z.lte(4))),
  /** For `by_day`: the days of the month that close, and the payment on a day so many months later. */
  closingDays: z.optional(z.array(monthDay).check(z.minLength(1), z.maxLength(6))),
  payMonths: z.optional(z.int().check(z.gte(0), z.lte(6))),
  payDay: z.optional(monthDay),
  /** Instead of the day of a month: so many days after the closing. */
  payAfterDays: z.optional(z.int().check(z.gte(1), z.lte(120))),
})

export const INVOICE_WAYS = ['both', 'separate', 'bundled'] as const

/** Which orders the contract is for. Where nothing is said, for all. */
export const scopeTerms = z.object({
  billingMethods: z.array(z.enum(BILLING_METHODS)).check(z.minLength(1)),
  sites: z.array(z.enum(SITES)).check(z.minLength(1)),
  /** NP postpaid's alone: how its invoices may travel. */
  invoices: z.optional(z.enum(INVOICE_WAYS)),
})
export type ScopeTerms = z.output<typeof scopeTerms>

export const TERM_VALUES = {
  scope: scopeTerms,
  closing: closingTerms,
  fees: feeTerms,
  /** What one customer may owe the provider over all shops. */
  limit: z.object({ limitYen: yen }),
  /** One point for each so many yen. The provider grants them; they are never in the merchant's books. */
  points: z.object({ yenPerPoint: z.int().check(z.gte(1), z.lte(9_999_999)) }),
  /** An approval that is not followed by a shipment lapses after so many days. */
  approval: z.object({ days: z.int().check(z.gte(1), z.lte(3_650)) }),
  /** A return after the payout: taken back on a later statement, or refused. */
  after_payout: z.object({ cancel: z.enum(['offset', 'refuse']) }),
  /** After how many days the guarantee radar shows something. */
  radar: z.object({ unreported: days, arrival: days, hold: days, lapse: days, statement: days }),
} as const

export type TermKind = keyof typeof TERM_VALUES
export const TERM_KINDS = Object.keys(TERM_VALUES) as TermKind[]
export type TermValues = { readonly [K in TermKind]: z.output<(typeof TERM_VALUES)[K]> }

/** What a method's contract can say. Limit, points, approval and returns are NP postpaid's alone. */
export function termKindsOf(method: string): readonly TermKind[] {
  return method === 'np_postpaid' ? TERM_KINDS : ['scope', 'closing', 'fees']
}

/** Terms that decide what a closed statement must say; a change cannot begin before the last one. */
export const MONEY_TERMS: readonly TermKind[] = ['closing', 'fees', 'after_payout']

export type TermOf<K extends TermKind> = {
  readonly shopId: string
  readonly method: string
  readonly kind: K
  /** `YYYY-MM-DD`: the first day on which it holds. */
  readonly validFrom: string
  readonly value: TermValues[K]
  /** Nobody has confirmed it: a usual value stands in for what the contract says. */
  readonly assumed: boolean
}
export type Term = { readonly [K in TermKind]: TermOf<K> }[TermKind]

export type TermPlace = { readonly shopId: string; readonly method: string; readonly on: string }

/** The value in force on a day, out of terms in any order. */
export function termIn<K extends TermKind>(
  terms: readonly Term[],
  kind: K,
  { shopId, method, on }: TermPlace,
): TermValues[K] | undefined {
  let found: Term | undefined
  for (const term of terms) {
    if (term.kind !== kind || term.shopId !== shopId || term.method !== method || term.validFrom > on) continue
    if (found === undefined || term.validFrom > found.validFrom) found = term
  }
  return found?.value as TermValues[K] | undefined // its kind says which value it holds
}

export type Asked = {
  readonly billingMethod: string
  /** Left out where the customer has yet to come. */
  readonly site?: string | undefined
  /** Of NP postpaid. */
  readonly invoice?: string | undefined
}

/** What of an order its contract is not for. */
export function outOfScope(scope: ScopeTerms | undefined, { billingMethod, site, invoice }: Asked) {
  if (scope === undefined) return undefined
  if (!scope.billingMethods.some((each) => each === billingMethod)) return 'billing' as const
  if (site !== undefined && !scope.sites.some((each) => each === site)) return 'site' as const
  const { invoices = 'both' } = scope
  return invoice === undefined || invoices === 'both' || invoices === invoice ? undefined : ('invoice' as const)
}
