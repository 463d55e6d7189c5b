/**
 * Card and convenience store, cell by cell (SBPS sections 2.6 and 3): an action is enabled on the screen exactly when the
 * console accepts it, what it accepts SBPS does, and what it refuses SBPS would refuse too.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PaymentDetail } from '../../packages/shared/src/contracts/payments.ts'
import { actionsOf, type PaymentAction, type PaymentStatus } from '../../packages/shared/src/states/payment.ts'
import { askSbps, postOf } from '../../apps/sandbox/src/testing/sbps.ts'
import { openSubscriptionHouse, type SubscriptionHouse } from './subscription-house.ts'

const YES = 'yes'
type Method = 'card' | 'convenience_store'
type Maker = {
  readonly method: Method
  /** Counted from the first. */
  readonly day: number
  readonly mails?: string
  readonly amountYen?: number
  readonly capture?: 'automatic' | 'specified'
  /** What is done before the question. */
  readonly then?: ReadonlyArray<{ readonly action: PaymentAction; readonly amountYen?: number }>
  readonly status: PaymentStatus
}

/** In the order of time. The period for a capture or a refund ends with the third month after the authorization. */
const MAKERS = {
  capture_period_over: { method: 'card', day: 0, status: 'authorized' },
  refund_period_over: { method: 'card', day: 0, capture: 'automatic', status: 'paid_out' },
  slip_expired: { method: 'convenience_store', day: 0, mails: 'never', status: 'expired' },
  slip_paid_long_ago: { method: 'convenience_store', day: 0, mails: 'paynow', status: 'paid_out' },
  authorized: { method: 'card', day: 130, status: 'authorized' },
  captured_at_once: { method: 'card', day: 130, capture: 'automatic', status: 'captured' },
  captured: { method: 'card', day: 130, then: [{ action: 'capture' }], status: 'captured' },
  captured_in_part: { method: 'card', day: 130, then: [{ action: 'capture', amountYen: 2_000 }], status: 'captured' },
  refunded_in_part: {
    method: 'card',
    day: 130,
    capture: 'automatic',
    then: [{ action: 'refund', amountYen: 1_000 }],
    status: 'captured',
  },
  refunded: { method: 'card', day: 130, capture: 'automatic', then: [{ action: 'refund' }], status: 'refunded' },
  cancelled: { method: 'card', day: 130, then: [{ action: 'cancel' }], status: 'cancelled' },
  card_refused: { method: 'card', day: 130, amountYen: 9_000_022, status: 'rejected' },
  slip_open: { method: 'convenience_store', day: 130, mails: 'never', status: 'awaiting_payment' },
  slip_cancelled: {
    method: 'convenience_store',
    day: 130,
    mails: 'never',
    then: [{ action: 'cancel' }],
    status: 'cancelled',
  },
} as const satisfies Record<string, Maker>
type State = keyof typeof MAKERS

let both: SubscriptionHouse
const made = new Map<string, string>()
let serial = 0

beforeAll(async () => {
  both = await openSubscriptionHouse()
  let today = 0
  for (const state of Object.keys(MAKERS) as State[]) {
    const maker: Maker = MAKERS[state]
    // Week by week, as news come: a jump would leave out the statements between.
    for (; today < maker.day; today += 5) await both.moveDays(5)
    for (const action of actionsOf(maker.method)) made.set(`${state} ${action}`, await make(maker))
  }
}, 120_000)
afterAll(() => both.close())

async function make({
  method,
  mails = 'ok',
  amountYen = 3_980,
  capture = 'specified',
  then = [],
}: Maker): Promise<string> {
  serial += 1
  const order = {
    shopId: both.bff.shopIds[0],
    orderNumber: `A-${serial}`,
    orderedAt: both.sandbox.clock.now().toISOString(),
    method,
    site: 'pc',
    amountYen,
    customer: {
      name: '髙橋 花子',
      kana: 'タカハシ ハナコ',
      email: `${mails}+${serial}@example.jp`,
      phone: `0901${String(2_000_000 + serial)}`,
      zip: '604-0001',
      address: '京都府京都市中京区道場町1-2',
    },
    goods: [{ name: '煎茶', unitPriceYen: amountYen, quantity: 1, taxRateBp: 800 }],
    ...(method === 'card'
      ? { card: { ...(await both.makeToken()), capture } }
      : { convenienceStore: { store: '016', payWithinDays: 14 } }),
  }
  const { results } = await both.api<{ results: Array<{ paymentId: string }> }>('POST', '/api/orders', {
    orders: [order],
  })
  await both.work()
  const paymentId = results[0]?.paymentId ?? ''
  for (const { action, amountYen: part } of then)
    expect((await act(paymentId, action, part === undefined ? {} : { amountYen: part })).error).toBeNull()
  return paymentId
}

type Acted = {
  readonly operation: { readonly id: string } | null
  readonly error: { readonly code: string; readonly reason: string | null } | null
}

async function act(paymentId: string, action: string, more: Record<string, unknown> = {}): Promise<Acted> {
  serial += 1
  const operations = [{ idempotencyKey: `agreement-${serial}`, action, paymentId, ...more }]
  const { results } = await both.api<{ results: Acted[] }>('POST', '/api/operations', { operations })
  await both.work()
  return results[0] as Acted
}

const ENDED = {
  reauthorize: 'payment_ended',
  capture: 'payment_ended',
  cancel: 'payment_ended',
  refund: 'payment_ended',
}
const CAPTURED = {
  reauthorize: 'already_captured',
  capture: 'already_captured',
  cancel: 'already_captured',
  refund: YES,
}
const TABLE: Readonly<Record<State, Readonly<Partial<Record<PaymentAction, string>>>>> = {
  capture_period_over: { reauthorize: YES, capture: 'capture_period_over', cancel: YES, refund: 'not_captured_yet' },
  refund_period_over: { ...CAPTURED, refund: 'refund_period_over' },
  authorized: { reauthorize: YES, capture: YES, cancel: YES, refund: 'not_captured_yet' },
  captured_at_once: CAPTURED,
  captured: CAPTURED,
  captured_in_part: CAPTURED,
  refunded_in_part: CAPTURED,
  refunded: ENDED,
  cancelled: ENDED,
  card_refused: ENDED,
  slip_expired: { reissue: YES, change_amount: 'payment_ended', cancel: 'payment_ended' },
  slip_paid_long_ago: { reissue: 'deposit_received', change_amount: 'deposit_received', cancel: 'deposit_received' },
  slip_open: { reissue: YES, change_amount: YES, cancel: YES },
  slip_cancelled: { reissue: YES, change_amount: 'payment_ended', cancel: 'payment_ended' },
}

const CELLS = (Object.keys(MAKERS) as State[]).flatMap((state) =>
  actionsOf(MAKERS[state].method).map((action) => [state, action, TABLE[state][action] ?? '(no cell)'] as const),
)

test.each(CELLS)('%s: %s → %s', async (state, action, expected) => {
  const paymentId = made.get(`${state} ${action}`) ?? ''
  const { payment, actions } = await both.api<PaymentDetail>('GET', `/api/payments/${paymentId}`)
  expect(payment.status).toBe(MAKERS[state].status)
  const verdict = actions.find((offer) => offer.action === action)?.verdict
  expect(verdict?.allowed === false ? verdict.reason : YES).toBe(expected)
  const acted = await act(paymentId, action, action === 'change_amount' ? { amountYen: 3_000 } : {})
  expect(acted.error?.reason ?? YES).toBe(expected)
  if (acted.operation)
    expect((await both.api<{ state: string }>('GET', `/api/operations/${acted.operation.id}`)).state).toBe('done')
  // Nothing was authorized: SBPS knows no transaction to ask about. What makes another claim is the order's own rule.
  else if (state !== 'card_refused' && `${MAKERS[state].method} ${action}` in FUNCTIONS)
    expect(await codeOfSbps(MAKERS[state].method, action, payment.providerId ?? '')).toMatch(/^\d{3}\w{2}\d{3}$/)
})

const FUNCTIONS: Readonly<Record<string, string>> = {
  'card capture': 'ST02-00201-101',
  'card cancel': 'ST02-00305-101',
  // Before the capture the function for the whole sum is a cancel by another name; the one for a part says what it is.
  'card refund': 'ST02-00307-101',
  'convenience_store cancel': 'ST02-00303-701',
}

/** The same said to SBPS directly: its error code. */
async function codeOfSbps(method: Method, action: string, trackingId: string): Promise<string> {
  const account = both.sandbox.accounts.findSbps('99901', '001')
  if (account === undefined) throw new Error('the account is gone')
  const world = { deps: both.sandbox, account, post: postOf(account, both.provider) }
  return (
    await askSbps(world, FUNCTIONS[`${method} ${action}`] ?? '', {
      tracking_id: trackingId,
      ...(action === 'refund' ? { amount: '100' } : {}),
    })
  ).errorCode
}

test('the books are whole after all of it', async () => {
  expect(await both.verify()).toEqual([])
})
