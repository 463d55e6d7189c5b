/**
 * What the customer with the slip does: pays within a week between 8 and 23 o'clock, late, never, or in one of the ways
 * a tester asks for by e-mail or name. Assumed throughout; drawn from the ids alone.
 */
import { addDays, atTime, type BusinessDate, daysBetween, dayOf, parseBusinessDate } from '@choba/shared/dates.ts'
import { chance, integerBetween } from '../random.ts'
import { accountId, type Sbps, type StorePayment } from './records.ts'

export type Behaviour = 'soon' | 'now' | 'late' | 'never' | 'under' | 'over' | 'cancelprelim' | 'canceldefinite'

type Steering = { readonly mail: string; readonly name: string; readonly ja: string; readonly en: string }

export const STORE_STEERING: Readonly<Record<Exclude<Behaviour, 'soon'>, Steering>> = {
  now: {
    mail: 'paynow',
    name: '即払',
    ja: '5秒後に支払う(速報、翌朝に確報)',
    en: 'Pays after five seconds (preliminary, definite the next morning)',
  },
  late: { mail: 'late', name: '遅払', ja: '支払期限の日に支払う', en: 'Pays on the due date' },
  never: {
    mail: 'never',
    name: '未払',
    ja: '支払わない(期限翌日に期限切れ通知)',
    en: 'Never pays: expiry notice the day after the due date',
  },
  under: { mail: 'under', name: '不足', ja: '半額だけ支払う', en: 'Pays half the amount' },
  over: { mail: 'over', name: '過払', ja: '二重に支払う', en: 'Pays twice' },
  cancelprelim: {
    mail: 'cancelprelim',
    name: '速報取消',
    ja: '速報のあと2時間で速報取消、その後支払わない',
    en: 'Preliminary report taken back after two hours, then unpaid',
  },
  canceldefinite: {
    mail: 'canceldefinite',
    name: '確報取消',
    ja: '確報の翌日に確報取消',
    en: 'Definite report taken back the next day',
  },
}

/** Upper ends of the chances of what an unsteered customer does. */
const SHARES: readonly (readonly [number, Behaviour])[] = [
  [0.06, 'never'],
  [0.11, 'late'],
  [0.114, 'under'],
  [0.118, 'over'],
  [0.121, 'cancelprelim'],
]
const OPENING_HOUR = 8
const CLOSING_HOUR = 23
const LAST_DAY_OF_SOON = 6
const MINUTE_MS = 60_000

export type Deposit = {
  readonly trackingId: string
  readonly amountYen: number
  readonly outcome: 'definite' | 'cancel' | 'definite then cancel'
}

export function behaviourOf(payment: StorePayment, name: string): Behaviour {
  for (const [behaviour, steering] of Object.entries(STORE_STEERING)) {
    const asked = payment.mail.toLowerCase().startsWith(`${steering.mail}+`) || name.startsWith(steering.name)
    if (asked) return behaviour as Behaviour
  }
  const draw = chance('store customer', accountId(payment), payment.orderId)
  return SHARES.find(([below]) => draw < below)?.[1] ?? 'soon'
}

export function planCustomer(sbps: Sbps, payment: StorePayment, name: string, now: Date): void {
  const behaviour = behaviourOf(payment, name)
  if (behaviour === 'never') return
  const payAt = payInstant(payment, behaviour, now)
  const deposit = (amountYen: number, outcome: Deposit['outcome'] = 'definite'): Deposit => ({
    trackingId: payment.trackingId,
    amountYen,
    outcome,
  })
  switch (behaviour) {
    case 'under':
      // Half a yen is not paid: rounded up to a whole one.
      sbps.schedule.at(payAt, 'sbps.pay', deposit((payment.amountYen + (payment.amountYen % 2)) / 2))
      return
    case 'over':
      sbps.schedule.at(payAt, 'sbps.pay', deposit(payment.amountYen))
      sbps.schedule.at(new Date(payAt.getTime() + 30 * MINUTE_MS), 'sbps.pay', deposit(payment.amountYen))
      return
    case 'cancelprelim':
      sbps.schedule.at(payAt, 'sbps.pay', deposit(payment.amountYen, 'cancel'))
      return
    case 'canceldefinite':
      sbps.schedule.at(payAt, 'sbps.pay', deposit(payment.amountYen, 'definite then cancel'))
      return
    default:
      sbps.schedule.at(payAt, 'sbps.pay', deposit(payment.amountYen))
  }
}

function payInstant(payment: StorePayment, behaviour: Behaviour, now: Date): Date {
  if (behaviour === 'now') return new Date(now.getTime() + 5_000)
  const [today, dueOn] = [dayOf(now), dueDayOf(payment)]
  const draw = (from: number, to: number, what: string) =>
    integerBetween(from, to, what, accountId(payment), payment.orderId)
  const daysLeft = daysBetween(today, dueOn)
  const wait = behaviour === 'late' ? daysLeft : Math.min(draw(0, LAST_DAY_OF_SOON, 'day'), daysLeft)
  const planned = atTime(
    addDays(today, wait),
    draw(OPENING_HOUR, CLOSING_HOUR - 1, 'hour'),
    draw(0, 59, 'minute'),
    draw(0, 59, 'second'),
  )
  const earliest = now.getTime() + 10 * MINUTE_MS
  if (planned.getTime() >= earliest) return planned
  const soon = new Date(earliest + draw(0, 60, 'delay') * MINUTE_MS)
  if (soon <= atTime(today, CLOSING_HOUR)) return soon
  // Too late for today's opening hours: the next morning, or the last minutes of a due date that is today.
  return daysLeft > 0
    ? atTime(addDays(today, 1), OPENING_HOUR, draw(0, 59, 'minute'))
    : new Date(now.getTime() + MINUTE_MS)
}

/** The bill date was made from a day of the calendar. */
function dueDayOf(payment: StorePayment): BusinessDate {
  const text = payment.billDate
  return parseBusinessDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)!
}
