/** The closings we reckon with: what is due, put into the closing that its contract's cycle says. */
import { type BusinessDate, businessDate } from '@choba/shared/dates.ts'
import { type Term, termIn } from '@choba/shared/terms.ts'
import type { Db } from '../../db/client.ts'
import { NATIONAL_CALENDAR } from '../../db/holidays.ts'
import { listTerms } from '../../db/terms.ts'
import { closingFor, isLastOfMonth } from '../../domain/closings.ts'
import { monthlyFeeOf } from '../../domain/fees.ts'
import { type DueGroup, type Expected, groupDue } from './due.queries.ts'

export async function listExpected({ db }: { readonly db: Db }, merchantId: string): Promise<Expected[]> {
  const reader = db.merchant(merchantId)
  const [terms, groups] = await Promise.all([listTerms(reader, merchantId), groupDue(reader, merchantId)])
  return expectedOf(terms, groups)
}

/** Where no term says when a sale closes it is in no expected payout; coverage still counts it. */
export function expectedOf(terms: readonly Term[], groups: readonly DueGroup[]): Expected[] {
  const closings = new Map<string, Expected>()
  for (const group of groups) {
    const closing = closingFor(terms, group, businessDate(group.dueOn), NATIONAL_CALENDAR)
    if (closing === undefined) continue
    const payoutId = expectedId(group.connectionId, group.method, closing.closingOn)
    const before = closings.get(payoutId) ?? emptyClosing(terms, payoutId, group, closing)
    closings.set(payoutId, add(before, group))
  }
  return [...closings.values()]
}

export function expectedId(connectionId: string, method: string, closingOn: string): string {
  return `expected:${connectionId}:${method}:${closingOn}`
}

export type ExpectedKey = { readonly connectionId: string; readonly method: string; readonly closingOn: BusinessDate }

export function parseExpectedId(id: string): ExpectedKey | undefined {
  const match = /^expected:([0-9a-f-]{36}):([a-z_]{1,40}):(\d{4}-\d{2}-\d{2})$/.exec(id)
  if (match === null) return undefined
  return { connectionId: match[1] as string, method: match[2] as string, closingOn: match[3] as BusinessDate }
}

/** The month's own fee, where this closing is the last of its month. */
function emptyClosing(
  terms: readonly Term[],
  payoutId: string,
  { connectionId, shopId, method }: DueGroup,
  { closingOn, payOn }: { closingOn: BusinessDate; payOn: BusinessDate },
): Expected {
  const contract = { shopId, method }
  const fees = termIn(terms, 'fees', { ...contract, on: closingOn })
  const monthly =
    fees !== undefined && isLastOfMonth(terms, contract, closingOn, NATIONAL_CALENDAR) ? monthlyFeeOf(fees) : undefined
  const [feeYen, taxYen] = [monthly?.amountYen ?? 0, monthly?.taxYen ?? 0]
  return {
    payoutId,
    connectionId,
    ...contract,
    closingOn,
    payOn,
    lines: monthly === undefined ? 0 : 1,
    grossYen: 0,
    feeYen,
    taxYen,
    transferYen: -feeYen - taxYen,
  }
}

function add(closing: Expected, group: DueGroup): Expected {
  return {
    ...closing,
    lines: closing.lines + group.count,
    grossYen: closing.grossYen + group.grossYen,
    feeYen: closing.feeYen + group.feeYen,
    taxYen: closing.taxYen + group.taxYen,
    transferYen: closing.transferYen + group.grossYen - group.feeYen - group.taxYen,
  }
}
