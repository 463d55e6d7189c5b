/**
 * NP postpaid's price plans as two public tables of 2018–2020 give them (np-postpaid 1.5), without tax. What holds since
 * April 2025 is not public, and the price of a bundled invoice never was: both are assumed until a contract says them.
 */
import type { FeePlan, FeeTerms } from './terms.ts'

type PlanPrice = { readonly rateBp: number; readonly monthlyYen: number; readonly perInvoiceYen: number }

export const PLAN_PRICES: Readonly<Record<Exclude<FeePlan, 'custom'>, PlanPrice>> = {
  A: { rateBp: 500, monthlyYen: 0, perInvoiceYen: 190 },
  B: { rateBp: 440, monthlyYen: 5_000, perInvoiceYen: 190 },
  C: { rateBp: 360, monthlyYen: 20_000, perInvoiceYen: 190 },
  D: { rateBp: 290, monthlyYen: 48_000, perInvoiceYen: 190 },
}
export const PLANS = Object.keys(PLAN_PRICES) as Array<keyof typeof PLAN_PRICES>

/** The terms of a plan: its prices, with everything a plan does not speak of as it stands now. */
export function planTerms(plan: keyof typeof PLAN_PRICES, now: FeeTerms): FeeTerms {
  return { ...now, ...PLAN_PRICES[plan], plan }
}

/** Which plan these terms are, by rate and monthly fee; what fits none is the merchant's own. */
export function planOf({ rateBp, monthlyYen }: Pick<FeeTerms, 'rateBp' | 'monthlyYen'>): FeePlan {
  return (
    PLANS.find((plan) => PLAN_PRICES[plan].rateBp === rateBp && PLAN_PRICES[plan].monthlyYen === monthlyYen) ?? 'custom'
  )
}

/** From which turnover of a month the second plan costs less: its higher monthly fee over its lower rate, rounded up. */
export function breakEvenYen(cheaperMonth: PlanPrice, cheaperRate: PlanPrice): number | null {
  const saved = cheaperMonth.rateBp - cheaperRate.rateBp
  if (saved <= 0) return null
  return Math.ceil(((cheaperRate.monthlyYen - cheaperMonth.monthlyYen) * 10_000) / saved)
}
