/** Which payouts a changed calendar would move. What was stated or paid stands as it was told. */
import type { MovedPayout } from '@choba/shared/contracts/calendar.ts'
import { addDays, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { Method } from '@choba/shared/methods.ts'
import { listTerms } from '../../db/terms.ts'
import type { Calendar } from '../../domain/calendar.ts'
import { closingFor } from '../../domain/closings.ts'
import { listPayoutConnections } from './due.queries.ts'
import { expectedId } from './expected-closing.ts'
import { type ExpectedDeps, listExpected } from './expected.service.ts'
import { listStatedThrough } from './moved.queries.ts'

export type CalendarMove = {
  readonly before: Calendar
  readonly after: Calendar
  /** The first and the last day that changes. */
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** No payment is later than two months after its closing, and no row of holidays longer than two weeks. */
const LONGEST_WAIT_DAYS = 76
const LONGEST_ROLL_DAYS = 14

export async function listMovedPayouts(
  deps: ExpectedDeps,
  merchantId: string,
  { before, after, from, to }: CalendarMove,
): Promise<MovedPayout[]> {
  const reader = deps.db.merchant(merchantId)
  const [terms, connections, expected, stated] = await Promise.all([
    listTerms(reader, merchantId, { kinds: ['closing'] }),
    listPayoutConnections(reader, merchantId),
    listExpected(deps, merchantId),
    listStatedThrough(reader, merchantId),
  ])
  const amounts = new Map(expected.map(({ payoutId, transferYen }) => [payoutId, transferYen]))
  const moved = new Map<string, MovedPayout>()
  for (const { connectionId, shopId, methods } of connections) {
    const today = dayOf(deps.providerClocks.now(connectionId))
    for (const method of methods as Method[]) {
      const until = stated.find((each) => each.connectionId === connectionId && each.method === method)?.closingOn
      let day = addDays(from, -LONGEST_WAIT_DAYS)
      while (day <= addDays(to, LONGEST_ROLL_DAYS)) {
        const was = closingFor(terms, { shopId, method }, day, before)
        const is = closingFor(terms, { shopId, method }, day, after)
        // Where no term says when a sale closes, the day after may have one.
        day = addDays(was?.closingOn ?? day, 1)
        if (was === undefined || is === undefined || was.payOn === is.payOn || was.payOn <= today) continue
        if (until !== undefined && was.closingOn <= until) continue
        const transferYen = amounts.get(expectedId(connectionId, method, was.closingOn)) ?? null
        // Of several connections to one shop the one that has sold names the amount.
        const key = `${shopId} ${method} ${was.closingOn} ${transferYen === null ? '' : connectionId}`
        moved.set(key, {
          shopId,
          method,
          closingOn: was.closingOn,
          before: was.payOn,
          after: is.payOn,
          transferYen,
        })
      }
    }
  }
  return [...moved.values()].toSorted((a, b) => (a.before < b.before ? -1 : a.before > b.before ? 1 : 0))
}
