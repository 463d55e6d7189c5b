/** What a changed term would do: the next closings, and what a usual sale would be charged. */
import type { TermPreview } from '@choba/shared/contracts/contract-terms.ts'
import { addDays, addMonths, type BusinessDate, businessDate, endOfMonth, firstOfMonth } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { type FeeTerms, type Term, termIn } from '@choba/shared/terms.ts'
import type { Kysely } from 'kysely'
import { closingFor, type ClosingRules } from '../../domain/closings.ts'
import type { Database } from '../../db/schema.ts'
import { feesOf, feeWithTaxYen } from '../../domain/fees.ts'
import { fixedFeeOf, settleFixedFees, sumOf } from '../../domain/fixed-fees.ts'
import { type CapturedCost, costOfCaptured } from './plans.queries.ts'

const CLOSINGS_SHOWN = 3
/** The sale of the worked example in NP's guides. */
const EXAMPLE_YEN = 11_000

/** The same days by the terms as they stand and as they would. */
export function closingsPreview({ terms, calendar }: ClosingRules, term: Term): TermPreview['closings'] {
  const changed = [...terms.filter((each) => !isSame(each, term)), term]
  const closings: TermPreview['closings'] = []
  let day = businessDate(term.validFrom)
  while (closings.length < CLOSINGS_SHOWN) {
    const after = closingFor(changed, term, day, calendar)
    if (after === undefined) break
    closings.push({ before: closingFor(terms, term, day, calendar) ?? null, after })
    day = addDays(after.closingOn, 1)
  }
  return closings
}

export function feeExample(terms: readonly Term[], term: Term): TermPreview['example'] {
  if (term.kind !== 'fees') return null
  const sale = { amountYen: EXAMPLE_YEN, invoice: term.method === 'np_postpaid' ? ('separate' as const) : null }
  const before = termIn(terms, 'fees', { ...term, on: term.validFrom })
  return {
    beforeYen: before === undefined ? null : feeWithTaxYen(feesOf(before, sale)),
    afterYen: feeWithTaxYen(feesOf(term.value, sale)),
  }
}

/** What the last whole month before `today` would have left under the terms as they stand and as they would. */
export async function feeEffect(
  db: Kysely<Database>,
  { merchantId, today, terms, term }: EffectOf,
): Promise<TermPreview['effect']> {
  if (term.kind !== 'fees' || term.method === 'np_postpaid') return null
  const { shopId, method } = term
  const from = firstOfMonth(addMonths(today, -1))
  const month = from.slice(0, 7)
  const sold = { merchantId, shopId, method, from, to: endOfMonth(from) }
  const before = termIn(terms, 'fees', { ...term, on: term.validFrom })
  const [stands, would] = await Promise.all([
    before === undefined ? undefined : costOfCaptured(db, sold, before),
    costOfCaptured(db, sold, term.value),
  ])
  return {
    month,
    sales: would.sales,
    grossYen: would.grossYen,
    before: before && stands ? monthCost(before, stands, month) : null,
    after: monthCost(term.value, would, month),
  }
}

type EffectOf = {
  readonly merchantId: string
  readonly today: BusinessDate
  readonly terms: readonly Term[]
  readonly term: Term
}

function monthCost(terms: FeeTerms, { grossYen, chargedYen }: CapturedCost, month: string) {
  const leftYen = yen(grossYen - chargedYen)
  const fixed = fixedFeeOf(terms, month)
  const settled = settleFixedFees(fixed === undefined ? [] : [fixed], leftYen, terms.carryMost)
  const deductedYen = sumOf(settled, 'deducted')
  return {
    feesYen: chargedYen,
    monthlyYen: fixed?.owedYen ?? 0,
    covered: settled.every((fee) => fee.state === 'deducted'),
    transferYen: leftYen - deductedYen,
  }
}

function isSame(a: Term, b: Term): boolean {
  return a.kind === b.kind && a.validFrom === b.validFrom && a.shopId === b.shopId && a.method === b.method
}
