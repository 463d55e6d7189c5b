/**
 * Expected closings of card and store with their fixed fees, one closing after the other from the last statement on:
 * what a closing cannot set off the next one meets again. A closing whose refunds exceed its sales states none of them;
 * they wait for the next [assumed].
 */
import { addDays, type BusinessDate, businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { type Term, termIn, USUAL_CARRIES } from '@choba/shared/terms.ts'
import { closingFor, type ClosingRules, isLastOfMonth } from '../../domain/closings.ts'
import { monthlyFeeOf } from '../../domain/fees.ts'
import { type FixedFee, fixedFeeOf, settleFixedFees, sumOf } from '../../domain/fixed-fees.ts'
import type { Expected } from './due.queries.ts'
import { add, emptyClosing } from './expected-closing.ts'
import type { LastClosing } from './fixed-fees.queries.ts'

export function withFixedFees(
  rules: ClosingRules,
  expected: readonly Expected[],
  lasts: readonly LastClosing[],
  todayAt: (connectionId: string) => BusinessDate,
): Expected[] {
  const isOf = (closing: Expected, last: LastClosing) =>
    closing.connectionId === last.connectionId && closing.method === last.method
  const untouched = expected.filter((closing) => !lasts.some((last) => isOf(closing, last)))
  const walked = lasts.flatMap((last) =>
    walk(
      rules,
      last,
      expected.filter((closing) => isOf(closing, last)),
      todayAt(last.connectionId),
    ),
  )
  return [...untouched, ...walked]
}

function walk(rules: ClosingRules, last: LastClosing, due: readonly Expected[], today: BusinessDate): Expected[] {
  const { terms, calendar } = rules
  const closings: Expected[] = []
  let owed: readonly FixedFee[] = last.carried.map((fee) => ({ ...fee, owedYen: yen(fee.owedYen) }))
  let waiting: Expected | undefined
  for (const days of closingsFrom(rules, last, firstDay(last, due, today), today)) {
    const own = due.find((closing) => closing.closingOn === days.closingOn)
    const sold = merged(own ?? emptyClosing(last, days), waiting)
    const isDebt = sold.transferYen < 0
    // The newest closing is shown with its debt: what is still sold before it closes may cover it.
    waiting = isDebt && days.closingOn < today ? sold : undefined
    const charged = waiting === undefined ? sold : emptyClosing(last, days)
    // What an earlier statement stated of fixed fees stands.
    const isOpen = last.closedOn === null || days.closingOn > last.closedOn
    const closing =
      isOpen && isLastOfMonth(terms, last, days.closingOn, calendar) ? settled(terms, charged, owed) : charged
    if (closing.fixedFees.length > 0) owed = closing.fixedFees.filter((fee) => fee.state === 'carried')
    if (closing.lines > 0) closings.push(closing)
  }
  return closings
}

/** The day after the newest statement; before the first one, where the first sale waits, or today's closing. */
function firstDay(last: LastClosing, due: readonly Expected[], today: BusinessDate): BusinessDate {
  const first = due.map((closing) => closing.closingOn).toSorted()[0] ?? today
  if (last.closedOn === null) return first < today ? first : today
  const next = addDays(businessDate(last.closedOn), 1)
  return next < first ? next : first
}

/** Closings one after the other, the one that takes today last. */
function closingsFrom(
  { terms, calendar }: ClosingRules,
  contract: LastClosing,
  from: BusinessDate,
  today: BusinessDate,
) {
  const closings = []
  for (let day = from; day <= today;) {
    const closing = closingFor(terms, contract, day, calendar)
    if (closing === undefined) break
    closings.push(closing)
    day = addDays(closing.closingOn, 1)
  }
  return closings
}

function merged(closing: Expected, waiting: Expected | undefined): Expected {
  return waiting === undefined ? closing : add(closing, { ...waiting, count: waiting.lines })
}

/** The last closing of its month takes that month's fee, and those that earlier ones carried. */
function settled(terms: readonly Term[], closing: Expected, carried: readonly FixedFee[]): Expected {
  const { shopId, method, closingOn } = closing
  const fees = termIn(terms, 'fees', { shopId, method, on: closingOn })
  const own = fees && fixedFeeOf(fees, closingOn.slice(0, 7))
  const owed = own === undefined ? [...carried] : [...carried, own]
  if (owed.length === 0) return closing
  const carryMost = fees?.carryMost ?? USUAL_CARRIES
  const fixedFees = settleFixedFees(owed, yen(Math.max(0, closing.transferYen)), carryMost)
  const charge = fees && monthlyFeeOf(fees)
  const amounts = { count: owed.length, grossYen: 0, feeYen: charge?.amountYen ?? 0, taxYen: charge?.taxYen ?? 0 }
  const left = fixedFees.filter((fee) => fee.state !== 'deducted').length
  const broughtYen = carried.reduce((sum, fee) => sum + fee.owedYen, 0)
  const otherYen = sumOf(fixedFees, 'carried') + sumOf(fixedFees, 'invoiced') - broughtYen
  const charged = add(closing, { ...amounts, count: amounts.count + left })
  return { ...charged, otherYen, transferYen: charged.transferYen + otherYen, fixedFees, carryMost }
}
