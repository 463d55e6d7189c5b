/** What a changed term would do: the next closings, and what a usual sale would be charged. */
import type { TermPreview } from '@choba/shared/contracts/contract-terms.ts'
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { type Term, termIn } from '@choba/shared/terms.ts'
import { NATIONAL_CALENDAR } from '../../db/holidays.ts'
import { closingFor } from '../../domain/closings.ts'
import { feesOf, feeWithTaxYen } from '../../domain/fees.ts'

const CLOSINGS_SHOWN = 3
/** The sale of the worked example in NP's guides. */
const EXAMPLE_YEN = 11_000

/** The same days by the terms as they stand and as they would. */
export function closingsPreview(terms: readonly Term[], term: Term): TermPreview['closings'] {
  const changed = [...terms.filter((each) => !isSame(each, term)), term]
  const closings: TermPreview['closings'] = []
  let day = businessDate(term.validFrom)
  while (closings.length < CLOSINGS_SHOWN) {
    const after = closingFor(changed, term, day, NATIONAL_CALENDAR)
    if (after === undefined) break
    closings.push({ before: closingFor(terms, term, day, NATIONAL_CALENDAR) ?? null, after })
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

function isSame(a: Term, b: Term): boolean {
  return a.kind === b.kind && a.validFrom === b.validFrom && a.shopId === b.shopId && a.method === b.method
}
