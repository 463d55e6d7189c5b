/** A card that the provider charges each month by itself: begun by a link, told by notices, each month one payment. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { decodeLinkForm, encodeLinkForm } from '../../packages/wire/src/sbps/form.ts'
import type { SubscriptionDetail } from '../../packages/shared/src/contracts/subscription-detail.ts'
import type { PaymentLinkDetail } from '../../packages/shared/src/contracts/payment-links.ts'
import { CARD, payByCard, visit } from './link-customer.ts'
import { type LinkHouse, openLinkHouse } from './link-house.ts'

const HASH_KEY = 'f123456789abcdef0123456789abcdef01234567'

let house: LinkHouse
beforeAll(async () => {
  house = await openLinkHouse()
})
afterEach(() => {
  house.intercept = undefined
})
afterAll(() => house.close())

type Terms = { readonly firstMonth: 'charged' | 'free'; readonly lastMonth: string | null }

async function apply(recurring: Terms, number = CARD.cc_number): Promise<PaymentLinkDetail> {
  const link = await house.make(['card'], { recurring, amountYen: 3_300 })
  const home = await payByCard(house, await visit(house, link), 'pc', { ...CARD, cc_number: number })
  expect(home.text).toContain('完了しました')
  return house.get(link.id)
}

async function subscriptionOf(link: PaymentLinkDetail): Promise<SubscriptionDetail> {
  const admin = await house.bff.signIn('admin')
  const answer = await admin.get(`/api/subscriptions/${link.subscriptionId}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as SubscriptionDetail
}

/** To the second day of the next month by the provider's clock. */
async function nextMonth(): Promise<void> {
  const now = house.sandbox.clock.now()
  const then = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 2))
  await house.moveDays((then.getTime() - now.getTime()) / 86_400_000)
}

async function paymentsOf({ orderNumber }: PaymentLinkDetail) {
  return house.bff.deps.db.owner
    .selectFrom('payment')
    .select(['orderNumber', 'status', 'capturedYen', 'billingMethod'])
    .where('merchantId', '=', house.bff.merchantId)
    .where('orderNumber', 'like', `${orderNumber}%`)
    .orderBy('orderNumber')
    .execute()
}

function monthsFrom(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const month = first + at
    return `${2026 + Math.floor((month - 1) / 12)}${String(((month - 1) % 12) + 1).padStart(2, '0')}`
  })
}

test('is charged once in each of 13 months, although each notice comes twice and some answers are lost', async () => {
  const link = await apply({ firstMonth: 'charged', lastMonth: null })
  expect(link).toMatchObject({ state: 'paid', paymentStatus: 'captured' })
  let calls = 0
  house.intercept = async (request) => {
    calls += 1
    const again = request.clone()
    const answer = await house.bff.app.fetch(request)
    await house.bff.app.fetch(again)
    return calls % 3 === 0 ? new Response('', { status: 504 }) : answer
  }
  for (let month = 0; month < 12; month += 1) {
    await nextMonth()
    await house.moveDays(1)
  }
  const payments = await paymentsOf(link)
  expect(payments.map(({ orderNumber }) => orderNumber)).toEqual([
    link.orderNumber,
    ...monthsFrom(9, 12).map((month) => `${link.orderNumber}-${month}`),
  ])
  for (const payment of payments)
    expect(payment).toMatchObject({ status: 'captured', capturedYen: 3_300, billingMethod: 'recurring_simple' })
  const subscription = await subscriptionOf(link)
  expect(subscription).toMatchObject({ kind: 'simple', status: 'active', amountYen: 3_300, method: 'card' })
  expect(subscription.cycles.map(({ number, state, attempts }) => [number, state, attempts.length])).toEqual(
    Array.from({ length: 13 }, (_, at) => [13 - at, 'charged', 1]),
  )
  expect(await house.verify()).toEqual([])
})

test('lets the first month be free, and ends with its last month', async () => {
  const now = house.sandbox.clock.now()
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 1)).toISOString().slice(0, 7)
  const link = await apply({ firstMonth: 'free', lastMonth: last })
  expect(link).toMatchObject({ state: 'paid', paymentId: null })
  expect(await subscriptionOf(link)).toMatchObject({
    status: 'active',
    cycles: [{ number: 1, state: 'skipped', amountYen: 0 }],
  })
  for (let month = 0; month < 4; month += 1) await nextMonth()
  expect(await paymentsOf(link)).toHaveLength(2)
  const ended = await subscriptionOf(link)
  expect(ended.status).toBe('ended')
  expect(ended.cycles.map(({ number, state }) => [number, state])).toEqual([
    [3, 'charged'],
    [2, 'charged'],
    [1, 'skipped'],
  ])
  expect(ended.planned).toEqual([])
})

test('is stopped at the provider by a person, and not charged after that', async () => {
  const link = await apply({ firstMonth: 'charged', lastMonth: null })
  await nextMonth()
  const before = await subscriptionOf(link)
  const actions = new Map(before.actions.map(({ action, refusal }) => [action, refusal]))
  expect([actions.get('cancel'), actions.get('pause'), actions.get('change')]).toEqual([
    null,
    'provider_charges',
    'provider_charges',
  ])
  const admin = await house.bff.signIn('admin')
  const body = { idempotencyKey: 'stop-simple-1', action: 'cancel', when: 'now' }
  for (const _ of [1, 2])
    expect((await admin.send('POST', `/api/subscriptions/${link.subscriptionId}/act`, body)).status).toBe(200)
  await house.work()
  expect(await subscriptionOf(link)).toMatchObject({ status: 'ended', planned: [] })
  for (let month = 0; month < 3; month += 1) await nextMonth()
  expect(await paymentsOf(link)).toHaveLength(2)
})

test('writes a refused month down and goes on with the next', async () => {
  const link = await apply({ firstMonth: 'charged', lastMonth: null })
  for (const card of house.sandbox.store.table<{ card: object; orderId: string }>('sbps_card').entries()) {
    const [id, payment] = card
    if (payment.orderId !== link.orderNumber) continue
    house.sandbox.store.table('sbps_card').put(id, { ...payment, card: { ...payment.card, expiration: '202001' } })
  }
  await nextMonth()
  const refused = await subscriptionOf(link)
  expect(refused.cycles[0]).toMatchObject({
    number: 2,
    state: 'failed',
    attempts: [{ codes: ['10127999'], paymentId: null }],
  })
  expect(refused.events[0]).toMatchObject({ kind: 'cycle_failed', detail: { number: '2', codes: '10127999' } })
  expect(await paymentsOf(link)).toHaveLength(1)
  expect(refused.status).toBe('active')
  const payload = JSON.stringify({ merchantId: house.bff.merchantId })
  await house.bff.deps.db.pool.query(`select graphile_worker.add_job('subscriptions:run', $1::json)`, [payload])
  await house.work()
  expect((await subscriptionOf(link)).cycles[0]).toMatchObject({ state: 'failed', dueOn: null })
  expect(await house.verify()).toEqual([])
})

test('makes one payment of a month that is told under two numbers, and shows the second', async () => {
  const link = await apply({ firstMonth: 'charged', lastMonth: null })
  const sent: { url: string; body: string }[] = []
  house.intercept = async (request) => {
    sent.push({ url: request.url, body: await request.text() })
    return new Response('OK,', { headers: { 'content-type': 'text/plain' } })
  }
  await nextMonth()
  house.intercept = undefined
  const told = sent.find(({ body }) => body.includes(`order_id=${link.orderNumber}&`))
  const read = decodeLinkForm('A02-1', Buffer.from(told?.body ?? ''), HASH_KEY)
  if (!read.ok) throw new Error(read.reason)
  async function tell(changes: Record<string, string>): Promise<string> {
    const written = encodeLinkForm('A02-1', { values: { ...(read.ok ? read.values : {}), ...changes } }, HASH_KEY)
    if (!written.ok) throw new Error(written.tag)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const init = { method: 'POST', headers, body: new Uint8Array(written.bytes) }
    return (await fetch(told?.url ?? '', init)).text()
  }
  expect([await tell({}), await tell({ res_tracking_id: '99999999999999' })]).toEqual(['OK,', 'OK,'])
  expect(await tell({ res_tracking_id: '99999999999998', amount: '1' })).toBe('NG,amount')
  expect(await paymentsOf(link)).toHaveLength(2)
  const ignored = await house.client.get('/api/provider-messages?state=ignored')
  expect(await ignored.text()).toContain('payment_link.month_charged')
  expect((await house.get(link.id)).events.at(-2)).toMatchObject({ kind: 'notice_accepted', detail: 'month_charged' })
  expect(await house.verify()).toEqual([])
})

test('is offered for cards alone', async () => {
  const recurring = { firstMonth: 'charged', lastMonth: null }
  await expect(house.make(['card', 'convenience_store'], { recurring })).rejects.toThrow('methods')
})
