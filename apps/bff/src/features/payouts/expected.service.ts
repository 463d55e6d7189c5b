/** The closings we reckon with: what is due, put into the closing that its contract's cycle says, with its fixed fees. */
import { type BusinessDate, businessDate, dayOf } from '@choba/shared/dates.ts'
import { termIn } from '@choba/shared/terms.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Db } from '../../db/client.ts'
import { loadCalendar } from '../../db/calendar.ts'
import { listTerms } from '../../db/terms.ts'
import { closingFor, type ClosingRules, isLastOfMonth } from '../../domain/closings.ts'
import { monthlyFeeOf } from '../../domain/fees.ts'
import { type DueGroup, type Expected, groupDue } from './due.queries.ts'
import { add, type ClosingDays, type Contracted, emptyClosing, expectedId } from './expected-closing.ts'
import { listLastClosings } from './fixed-fees.queries.ts'
import { withFixedFees } from './fixed-fees.service.ts'

export type ExpectedDeps = { readonly db: Db; readonly providerClocks: ProviderClocks }

export async function listExpected({ db, providerClocks }: ExpectedDeps, merchantId: string): Promise<Expected[]> {
  const reader = db.merchant(merchantId)
  const [terms, calendar, groups, lasts] = await Promise.all([
    listTerms(reader, merchantId),
    loadCalendar(reader, merchantId),
    groupDue(reader, merchantId),
    listLastClosings(reader, merchantId),
  ])
  const today = (connectionId: string) => dayOf(providerClocks.now(connectionId))
  const rules = { terms, calendar }
  return withFixedFees(rules, expectedOf(rules, groups), lasts, today)
}

/** Where no term says when a sale closes it is in no expected payout; coverage still counts it. */
export function expectedOf({ terms, calendar }: ClosingRules, groups: readonly DueGroup[]): Expected[] {
  const closings = new Map<string, Expected>()
  for (const group of groups) {
    const closing = closingFor(terms, group, businessDate(group.dueOn), calendar)
    if (closing === undefined) continue
    const payoutId = expectedId(group.connectionId, group.method, closing.closingOn)
    const before = closings.get(payoutId) ?? firstOf({ terms, calendar }, group, closing)
    closings.set(payoutId, add(before, group))
  }
  return [...closings.values()]
}

export type ExpectedKey = { readonly connectionId: string; readonly method: string; readonly closingOn: BusinessDate }

export function parseExpectedId(id: string): ExpectedKey | undefined {
  const match = /^expected:([0-9a-f-]{36}):([a-z_]{1,40}):(\d{4}-\d{2}-\d{2})$/.exec(id)
  if (match === null) return undefined
  return { connectionId: match[1] as string, method: match[2] as string, closingOn: match[3] as BusinessDate }
}

/** NP's own fee of the month, where this closing is the last of its month; the others' are settled over closings. */
function firstOf({ terms, calendar }: ClosingRules, group: Contracted, days: ClosingDays): Expected {
  const empty = emptyClosing(group, days)
  const fees = termIn(terms, 'fees', { ...empty, on: days.closingOn })
  const isCharged = fees !== undefined && isLastOfMonth(terms, empty, days.closingOn, calendar)
  const monthly = group.method === 'np_postpaid' && isCharged ? monthlyFeeOf(fees) : undefined
  if (monthly === undefined) return empty
  return add(empty, { count: 1, grossYen: 0, feeYen: monthly.amountYen, taxYen: monthly.taxYen })
}
