/** What a month of NP postpaid would have cost under each of NP's plans, beside what the contract charges. */
import type { PlanComparison } from '@choba/shared/contracts/contract-terms.ts'
import { addMonths, type BusinessDate, dayOf, endOfMonth } from '@choba/shared/dates.ts'
import { breakEvenYen, PLAN_PRICES, PLANS, planTerms } from '@choba/shared/fee-plans.ts'
import { type FeeTerms, termIn } from '@choba/shared/terms.ts'
import { AppError } from '../../core/app-error.ts'
import { listTerms } from '../../db/terms.ts'
import { monthlyFeeOf } from '../../domain/fees.ts'
import { listContracted } from './contracts.queries.ts'
import type { ContractDeps } from './contracts.service.ts'
import { costUnder, type MonthCost } from './plans.queries.ts'

const METHOD = 'np_postpaid'

/** Without a month: the last one that is over at the provider. @throws AppError resource.not_found */
export async function comparePlans(
  { db, providerClocks }: ContractDeps,
  merchantId: string,
  { shop: shopId, month }: { readonly shop: string; readonly month?: string | undefined },
): Promise<PlanComparison> {
  const reader = db.merchant(merchantId)
  const [contracted, terms] = await Promise.all([
    listContracted(reader, merchantId),
    listTerms(reader, merchantId, { shopId, method: METHOD, kinds: ['fees'] }),
  ])
  const contract = contracted.find((each) => each.shopId === shopId && each.method === METHOD)
  if (contract === undefined) throw new AppError('resource.not_found', { shopId })
  const today = dayOf(providerClocks.now(contract.connectionId))
  const from = month === undefined ? addMonths(today, -1) : (`${month}-01` as BusinessDate)
  const to = endOfMonth(from)
  const current = termIn(terms, 'fees', { shopId, method: METHOD, on: to })
  const offered = current === undefined ? [] : PLANS.map((plan) => ({ plan, terms: planTerms(plan, current) }))
  const compared = current === undefined ? [] : [{ plan: 'current' as const, terms: current }, ...offered]
  const costs = await costUnder(reader, { merchantId, shopId, from, to }, compared)
  const [any] = costs
  return {
    month: from.slice(0, 7),
    sales: any?.sales ?? 0,
    bundled: any?.bundled ?? 0,
    amountYen: any?.amountYen ?? 0,
    terms: current ?? null,
    plans: compared.map(({ plan, terms: priced }) => ({
      plan,
      ...costOf(
        priced,
        costs.find((cost) => cost.plan === plan),
      ),
    })),
    breakEven: PLANS.slice(1).flatMap((plan, index) => {
      const before = PLANS[index] as (typeof PLANS)[number]
      const monthYen = breakEvenYen(PLAN_PRICES[before], PLAN_PRICES[plan])
      return monthYen === null ? [] : [{ from: before, to: plan, monthYen }]
    }),
  }
}

function costOf(terms: FeeTerms, cost: MonthCost | undefined): Omit<PlanComparison['plans'][number], 'plan'> {
  const monthly = monthlyFeeOf(terms)
  const [rateYen, feeYen, saleTaxYen] = [cost?.rateYen ?? 0, cost?.feeYen ?? 0, cost?.taxYen ?? 0]
  const monthlyYen = monthly?.amountYen ?? 0
  const taxYen = saleTaxYen + (monthly?.taxYen ?? 0)
  return {
    rateBp: terms.rateBp,
    monthlyYen,
    rateYen,
    invoicesYen: feeYen - rateYen,
    taxYen,
    totalYen: feeYen + monthlyYen + taxYen,
  }
}
