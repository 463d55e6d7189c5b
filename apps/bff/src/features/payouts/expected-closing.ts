/** One closing we reckon with, built up from what falls into it. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { DueGroup, Expected } from './due.queries.ts'

export type ClosingDays = { readonly closingOn: BusinessDate; readonly payOn: BusinessDate }
export type Contracted = Pick<DueGroup, 'connectionId' | 'shopId' | 'method'>

export function emptyClosing(
  { connectionId, shopId, method }: Contracted,
  { closingOn, payOn }: ClosingDays,
): Expected {
  const payoutId = expectedId(connectionId, method, closingOn)
  const nothing = { lines: 0, grossYen: 0, feeYen: 0, taxYen: 0, otherYen: 0, transferYen: 0 }
  const fees = { fixedFees: [], carryMost: null }
  return { payoutId, connectionId, shopId, method, closingOn, payOn, ...nothing, ...fees }
}

type Amounts = Pick<DueGroup, 'count' | 'grossYen' | 'feeYen' | 'taxYen'>

export function add(closing: Expected, { count, grossYen, feeYen, taxYen }: Amounts): Expected {
  return {
    ...closing,
    lines: closing.lines + count,
    grossYen: closing.grossYen + grossYen,
    feeYen: closing.feeYen + feeYen,
    taxYen: closing.taxYen + taxYen,
    transferYen: closing.transferYen + grossYen - feeYen - taxYen,
  }
}

export function expectedId(connectionId: string, method: string, closingOn: string): string {
  return `expected:${connectionId}:${method}:${closingOn}`
}
