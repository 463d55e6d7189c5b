/** Cycles to come that a changed calendar moves. What was made up stays on its day. */
import type { Kysely } from 'kysely'
import type { MovedCycles } from '@choba/shared/contracts/calendar.ts'
import { addDays, type BusinessDate } from '@choba/shared/dates.ts'
import type { Database } from '../../db/schema.ts'
import { type Calendar, shopCalendar } from '../../domain/calendar.ts'
import { saveNextDays, takeNominalBetween } from './moved-cycles.queries.ts'
import { listPlans, LONGEST_ROLL_DAYS } from './outlook.queries.ts'
import { fallingBetween, nextDays } from './plan.ts'

type Days = { readonly from: BusinessDate; readonly to: BusinessDate }
type Move = Days & { readonly before: Calendar; readonly after: Calendar }

export async function listMovedCycles(
  db: Kysely<Database>,
  merchantId: string,
  { before, after, ...days }: Move,
): Promise<MovedCycles[]> {
  const [was, is] = [shopCalendar(before), shopCalendar(after)]
  const { from, to } = widened(days)
  const moved = new Map<string, MovedCycles>()
  for (const plan of await listPlans(db, { merchantId, from, to })) {
    const then = new Map(fallingBetween(is, plan, from, to).map(({ number, fallsOn }) => [number, fallsOn]))
    for (const { number, fallsOn } of fallingBetween(was, plan, from, to)) {
      const on = then.get(number)
      if (on === undefined || on === fallsOn) continue
      const group = moved.get(`${fallsOn} ${on}`) ?? { before: fallsOn, after: on, count: 0, amountYen: 0 }
      const amountYen = group.amountYen + plan.amountYen
      moved.set(`${fallsOn} ${on}`, { ...group, count: group.count + 1, amountYen })
    }
  }
  return [...moved.values()].toSorted((a, b) => (a.before < b.before ? -1 : a.before > b.before ? 1 : 0))
}

/** The days that stand in the rows follow the calendar. */
export async function moveCycles(
  tx: Kysely<Database>,
  merchantId: string,
  { after, ...days }: Days & { readonly after: Calendar },
): Promise<void> {
  const calendar = shopCalendar(after)
  const moved = (await takeNominalBetween(tx, merchantId, widened(days))).flatMap((row) => {
    const next = nextDays(calendar, row)
    return next.nextOn === row.nextOn ? [] : [{ subscriptionId: row.subscriptionId, ...next }]
  })
  await saveNextDays(tx, merchantId, moved)
}

/** A day may be rolled here from as far as the longest row of holidays. */
function widened({ from, to }: Days): Days {
  return { from: addDays(from, -LONGEST_ROLL_DAYS), to: addDays(to, LONGEST_ROLL_DAYS) }
}
