/**
 * The guard table of np-postpaid section 1.7, cell by cell: an action is enabled on the screen exactly when the BFF
 * accepts it, and what the BFF accepts NP does, and what it refuses NP would refuse too.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '../../packages/shared/src/dates.ts'
import { yen } from '../../packages/shared/src/money.ts'
import { actionsOf, type PaymentAction } from '../../packages/shared/src/states/payment.ts'
import { addTerms } from '../../apps/bff/src/testing/terms.ts'
import { type House, openHouse } from './house.ts'
import { act, ask, detailOf, operationState, order, ship, shipmentOf } from './orders.ts'

const ACTIONS = actionsOf('np_postpaid')
type State = keyof typeof MAKERS
type Expected = Readonly<Record<PaymentAction, string>>

/** In the order of time: days are counted from the first. Each answers payments in its state, one for every action. */
const MAKERS = {
  paid_out: { day: 0, mails: 'never', then: ship },
  paid_out_and_customer_paid: { day: 0, mails: 'early', then: ship },
  customer_paid: { day: 0, mails: 'early-lost', then: ship },
  expired: { day: 0, mails: 'ok' },
  settled: { day: 14, mails: 'never', then: ship },
  arrived: { day: 18, mails: 'never', then: ship },
  shipped_yesterday: { day: 21, mails: 'slow', then: ship },
  withdrawn: { day: 21, mails: 'slow', then: ship },
  shipped_today: { day: 22, mails: 'slow', then: ship },
  in_review: { day: 22, mails: 'review' },
  authorized: { day: 22, mails: 'ok' },
  on_hold: { day: 22, mails: 're009-stays' },
  rejected: { day: 22, mails: 'ng001' },
  rejected_after_approval: { day: 22, mails: 'ok', then: rejectByCorrection },
  failed: { day: 22, mails: 'ok', address: '大阪府大阪市北区梅田1-1' },
  cancelled: { day: 22, mails: 'ok', then: (at: House, ids: readonly string[]) => actOnAll(at, 'cancel', ids) },
} as const satisfies Record<string, Maker>

type Maker = {
  readonly day: number
  readonly mails: string
  readonly address?: string
  readonly then?: (house: House, ids: readonly string[]) => Promise<unknown>
}

const YES = 'yes'
function row(report: string, correct: string, change: string, reregister: string, cancel: string, refund: string) {
  // The plan is the shop's own: it is closed by the shipment report or the end of the sale, and by nothing else.
  const plan = report === SHIPPED || report === 'payment_ended' ? report : YES
  return { report_shipment: report, plan_shipping: plan, correct, change_amount: change, reregister, cancel, refund }
}
const LAPSED = 'expired_needs_new_registration'
const NG = 'rejected_needs_new_registration'
const REFUSED = 'refused_needs_new_registration'
const STANDS = 'registered_already'
const SHIPPED = 'already_shipped'
const UNPAID = 'not_paid_out_yet'
const PAID = 'customer_has_paid'

const TABLE: Readonly<Record<State, Omit<Expected, 'capture' | 'reissue' | 'reauthorize'>>> = {
  in_review: row('under_review', 'under_review', 'under_review', STANDS, YES, UNPAID),
  authorized: row(YES, YES, YES, STANDS, YES, UNPAID),
  on_hold: row('not_approved', YES, YES, STANDS, YES, UNPAID),
  rejected: row(NG, NG, NG, YES, 'cancel_not_needed', NG),
  rejected_after_approval: row(NG, NG, NG, YES, YES, NG),
  failed: row(REFUSED, REFUSED, REFUSED, YES, REFUSED, REFUSED),
  expired: row(LAPSED, LAPSED, LAPSED, YES, LAPSED, LAPSED),
  cancelled: row(...sixTimes('payment_ended')),
  shipped_today: row(SHIPPED, SHIPPED, 'reduce_from_next_day', STANDS, YES, UNPAID),
  shipped_yesterday: row(SHIPPED, SHIPPED, YES, STANDS, YES, UNPAID),
  arrived: row(SHIPPED, SHIPPED, YES, STANDS, YES, UNPAID),
  settled: row(SHIPPED, SHIPPED, YES, STANDS, YES, UNPAID),
  customer_paid: row(SHIPPED, SHIPPED, PAID, STANDS, PAID, UNPAID),
  paid_out: row(SHIPPED, SHIPPED, 'already_paid_out', STANDS, 'already_paid_out', YES),
  paid_out_and_customer_paid: row(SHIPPED, SHIPPED, 'already_paid_out', STANDS, PAID, PAID),
  withdrawn: row(SHIPPED, SHIPPED, 'claim_withdrawn', YES, YES, 'claim_withdrawn'),
}

function sixTimes(reason: string) {
  return [reason, reason, reason, reason, reason, reason] as const
}

let house: House
const made = new Map<State, readonly string[]>()

beforeAll(async () => {
  house = await openHouse({ settings: { approvalValidDays: 20 } })
  let today = 0
  for (const state of Object.keys(MAKERS) as State[]) {
    const { day, mails, address, then }: Maker = MAKERS[state]
    await house.moveDays(day - today)
    today = day
    const ids = await order(
      house,
      ACTIONS.map((action) => ({
        email: `${mails}+${state}-${action.replaceAll('_', '')}@example.jp`,
        ...(address && { address }),
      })),
    )
    await then?.(house, ids)
    made.set(state, ids)
  }
  await withdraw(made.get('withdrawn') ?? [])
}, 120_000)
afterAll(() => house.close())

async function actOnAll(at: House, action: string, ids: readonly string[]): Promise<void> {
  await ask(
    at,
    ids.map((paymentId) => ({ action, paymentId })),
  )
  await at.work()
}

async function rejectByCorrection(at: House, ids: readonly string[]): Promise<void> {
  for (const paymentId of ids) {
    const { customer } = await detailOf(at, paymentId)
    const correction = { customer: { ...customer, email: 'ng001+now@example.jp' } }
    expect((await act(at, 'correct', paymentId, { correction })).error).toBeNull()
  }
}

async function withdraw(ids: readonly string[]): Promise<void> {
  for (const paymentId of ids) {
    house.gate.plan('/transactions/reregister', { refuse: 'E0131011' })
    await act(house, 'change_amount', paymentId, { amountYen: 9_000 })
  }
}

function detailsFor(action: string, index: number): Record<string, unknown> {
  if (action === 'report_shipment') return shipmentOf(900_000 + index)
  if (action === 'plan_shipping') return { shipOn: '2026-12-01' }
  if (action === 'change_amount') return { amountYen: 8_500 }
  return action === 'correct' ? { correction: { delivery: null }, amountYen: 10_500 } : {}
}

function atHome<C extends { address: string }>(customer: C): C {
  return { ...customer, address: '京都府京都市中京区道場町1-2' }
}

const CELLS = (Object.keys(TABLE) as State[]).flatMap((state) =>
  ACTIONS.map((action, index) => [state, action, TABLE[state][action as keyof (typeof TABLE)[State]], index] as const),
)

test.each(CELLS)('%s: %s → %s', async (state, action, expected, index) => {
  const paymentId = made.get(state)?.[index] ?? ''
  const detail = await detailOf(house, paymentId)
  const verdict = detail.actions.find((offer) => offer.action === action)?.verdict
  expect(verdict?.allowed === false ? verdict.reason : YES).toBe(expected)
  const more = state === 'failed' ? { correction: { customer: atHome(detail.customer) } } : {}
  const acted = await act(house, action, paymentId, { ...detailsFor(action, CELLS.length + index), ...more })
  expect(acted.error?.reason ?? YES).toBe(expected)
  if (acted.operation) {
    expect(await operationState(house, acted.operation.id)).toBe('done')
  } else if (
    !OURS_ALONE.includes(expected) &&
    !(state === 'cancelled' && action === 'reregister') &&
    action !== 'plan_shipping'
  ) {
    expect(await codesOfNp(action, detail.payment.providerId ?? '', detail.payment.orderNumber)).not.toEqual([])
  }
})

/**
 * Refused by us though NP would take it, or without a call of NP's own: a cancel that is not needed, a return that is
 * a cancel before the payout, a withdrawn claim's other doors. A cancelled order is not taken up again: a new one is made.
 */
const OURS_ALONE: readonly string[] = [
  'cancel_not_needed',
  UNPAID,
  'claim_withdrawn',
  NG,
  REFUSED,
  LAPSED,
  'already_paid_out',
]

/** The same thing said to NP directly. */
async function codesOfNp(
  action: string,
  npTransactionId: string,
  shopTransactionId: string,
): Promise<readonly string[]> {
  const { np } = house
  const goods = [{ name: '煎茶', priceYen: yen(8_500), quantity: 1 }]
  const { errors } = await askNp()
  return errors.flatMap((error) => error.codes)

  function askNp() {
    switch (action) {
      case 'report_shipment':
        return np.ship([{ npTransactionId, ...shipmentOf(1) }])
      case 'correct':
        return np.update([{ npTransactionId, billedAmountYen: yen(10_500) }])
      case 'change_amount':
        return np.reregister([
          {
            baseNpTransactionId: npTransactionId,
            shopTransactionId,
            shopOrderDate: businessDate('2026-08-20'),
            billedAmountYen: yen(8_500),
            goods,
          },
        ])
      case 'reregister': {
        const record = np.deps.store
          .table<{ transaction: Parameters<typeof np.register>[0][0] }>('np_transaction')
          .get(npTransactionId)
        return np.register(record ? [record.transaction] : [])
      }
      default:
        return np.cancel([npTransactionId])
    }
  }
}

test('a contract that takes no returns after the payout does not offer them', async () => {
  const strict = await openHouse({ settings: { cancelAfterPayout: 'refuse' } })
  const [shopId] = strict.bff.shopIds
  await addTerms(strict.bff.deps.db.owner, strict.bff.merchantId, [
    { shopId, method: 'np_postpaid', kind: 'after_payout', value: { cancel: 'refuse' } },
  ])
  const [paymentId = ''] = await order(strict, [{ email: 'never+strict@example.jp' }])
  await ship(strict, [paymentId])
  await strict.moveDays(14)
  const { payment, actions } = await detailOf(strict, paymentId)
  expect(payment.status).toBe('paid_out')
  expect(actions.find((offer) => offer.action === 'refund')?.verdict).toMatchObject({ reason: 'offset_not_agreed' })
  expect((await act(strict, 'refund', paymentId)).error?.reason).toBe('offset_not_agreed')
  const { errors } = await strict.np.cancel([payment.providerId ?? ''])
  expect(errors[0]?.codes).toEqual(['E0100131'])
  await strict.close()
})

test('the books are whole after all of it', async () => {
  expect(await house.verify()).toEqual([])
})
