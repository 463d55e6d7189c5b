/** Result notices that do not fit, and answers of ours that do not arrive: what the clerk sees of each, and what stands in the end. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { encodeLinkForm } from '../../packages/wire/src/sbps/form.ts'
import type { PaymentLinkDetail } from '../../packages/shared/src/contracts/payment-links.ts'
import { payByCard, visit } from './link-customer.ts'
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

/** A notice as the provider would write it, with what is said otherwise. */
async function notify(
  link: Pick<PaymentLinkDetail, 'orderNumber' | 'amountYen'>,
  said: Readonly<Record<string, string>>,
  hashKey = HASH_KEY,
): Promise<string> {
  const values = {
    pay_method: 'credit,webcvs',
    merchant_id: '99901',
    service_id: '101',
    cust_code: 'C1',
    order_id: link.orderNumber,
    item_id: 'order',
    amount: String(link.amountYen),
    pay_type: '0',
    service_type: '0',
    request_date: '20260801120000',
    res_pay_method: 'credit',
    res_result: 'OK',
    res_payment_date: '20260801120100',
    res_date: '20260801120100',
    ...said,
  }
  const written = encodeLinkForm('A02-1', { values }, hashKey)
  if (!written.ok) throw new Error(written.tag)
  const answer = await fetch(`${house.consoleUrl}/notices/sbps-link/99901-101`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new Uint8Array(written.bytes),
  })
  return answer.text()
}

async function historyOf({ id }: PaymentLinkDetail): Promise<string[]> {
  return (await house.get(id)).events.map(({ kind, detail }) => `${kind} ${detail}`.trim())
}

async function messages(state: 'ignored' | 'waiting'): Promise<Array<{ reason: string | null; kind: string }>> {
  const found: Array<{ reason: string | null; kind: string }> = []
  for (let cursor = ''; ;) {
    const answer = await house.client.get(
      `/api/provider-messages?state=${state}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    const page = (await answer.json()) as { items: typeof found; nextCursor: string | null }
    found.push(...page.items)
    if (page.nextCursor === null) return found
    cursor = page.nextCursor
  }
}

async function reasons(state: 'ignored' | 'waiting'): Promise<Array<string | null>> {
  return (await messages(state)).map(({ reason }) => reason)
}

test.each([
  ['another amount', { amount: '10999' }, 'amount'],
  ['a method that was not offered', { res_pay_method: 'webcvs' }, 'method'],
])('refuses %s, and says so on the link and among the notices', async (_, said, reason) => {
  const link = await house.make(['card'])
  expect(await notify(link, { res_tracking_id: '10000000000001', ...said })).toBe(`NG,${reason}`)
  expect(await house.get(link.id)).toMatchObject({ state: 'open', paymentId: null })
  expect(await historyOf(link)).toEqual(['created', `notice_refused ${reason}`])
  expect(await reasons('ignored')).toContain(`payment_link.${reason}`)
})

test('refuses a purchase nobody asked for, and keeps money for one until its payment is known', async () => {
  expect(await notify({ orderNumber: 'NOBODY-1', amountYen: 500 }, { res_tracking_id: '20000000000001' })).toBe(
    'NG,unknown',
  )
  expect(await reasons('ignored')).toContain('payment_link.unknown')
  const deposit = {
    res_pay_method: 'webcvs',
    res_result: 'PY',
    res_tracking_id: '20000000000002',
    res_payinfo_key: 'P,500,500,,',
  }
  expect(await notify({ orderNumber: 'NOBODY-2', amountYen: 500 }, deposit)).toBe('OK,')
  await house.work()
  expect(await reasons('waiting')).toEqual(['payment.unknown'])
})

test('refuses a purchase that comes after the link has expired, and takes no word for a deposit twice', async () => {
  const link = await house.make(['card'], { expiresInDays: 1 })
  const slip = await house.make(['convenience_store'])
  const { browser, page } = await visit(house, slip)
  await browser.submit(page, '/webcvs')
  await house.moveDays(3)
  await house.bff.deps.db.pool.query(`select graphile_worker.add_job('payment-links:sweep', '{}')`)
  await house.work()
  expect(await notify(link, { res_tracking_id: '30000000000001' })).toBe('NG,not_live')
  expect(await historyOf(link)).toEqual(['created', 'expired', 'notice_refused not_live'])
  const paid = {
    res_pay_method: 'webcvs',
    res_result: 'PY',
    res_tracking_id: String((await trackingOf(slip)) ?? ''),
    res_payinfo_key: 'D,11000,11000,,',
  }
  expect([await notify(slip, paid), await notify(slip, paid)]).toEqual(['OK,', 'OK,'])
  await house.work()
  const after = await house.get(slip.id)
  expect(await house.payment(after.paymentId ?? '')).toMatchObject({ status: 'captured', capturedYen: 11_000 })
  expect((await historyOf(slip)).slice(-2)).toEqual(['notice_accepted PY', 'notice_accepted repeated'])
})

async function trackingOf({ id }: PaymentLinkDetail): Promise<string | null | undefined> {
  const { rows } = await house.bff.deps.db.pool.query<{ trackingId: string | null }>(
    `select tracking_id as "trackingId" from payment_link where link_id = $1`,
    [id],
  )
  return rows[0]?.trackingId
}

test('asks the provider when a failure is told of what stands already, and leaves it standing', async () => {
  const link = await house.make(['card'])
  await payByCard(house, await visit(house, link))
  const trackingId = String(await trackingOf(link))
  expect(await notify(link, { res_result: 'NG', res_tracking_id: trackingId, res_err_code: '10136999' })).toBe('OK,')
  await house.work()
  expect(await house.get(link.id)).toMatchObject({ state: 'paid', paymentStatus: 'authorized' })
  expect((await historyOf(link)).slice(-3)).toEqual(['notice_accepted NG', 'doubted contradicts', 'asked stands'])
  expect(await reasons('ignored')).toContain('payment_link.contradicts')
  expect(await notify(link, { res_tracking_id: trackingId, amount: '1' })).toBe('NG,amount')
  expect(await house.payment((await house.get(link.id)).paymentId ?? '')).toMatchObject({ status: 'authorized' })
})

test('answers a wrong checksum NG, and shows it once to whoever looks for the reason', async () => {
  const link = await house.make(['card'])
  for (const _ of Array(8)) expect(await notify(link, { res_tracking_id: '1' }, 'another key')).toBe('NG,checksum')
  expect(await historyOf(link)).toEqual(['created', ...Array(5).fill('notice_refused checksum')])
  expect((await reasons('ignored')).filter((reason) => reason === 'message.bad_checksum')).toHaveLength(1)
})

test('cancels the payment when none of our answers arrived and the provider let the purchase go', async () => {
  const link = await house.make(['card'])
  house.intercept = async (request) => {
    await house.bff.app.fetch(request)
    return new Response('', { status: 504 })
  }
  const at = await visit(house, link)
  const home = await payByCard(house, at)
  house.intercept = undefined
  expect(home.text).toContain('成立していません')
  expect(await house.get(link.id)).toMatchObject({ state: 'paid', paymentStatus: 'authorized' })
  await at.browser.submit(home, '/error')
  await house.work()
  const after = await house.get(link.id)
  expect(after).toMatchObject({ state: 'failed', paymentStatus: 'cancelled' })
  expect((await historyOf(link)).slice(-3)).toEqual(['returned error', 'doubted error_page', 'asked undone'])
  expect((await visit(house, link).catch((error: Error) => error.message)) as string).toContain('成立していません')
})

test('learns it without the browser, too, and lets a slip go that the provider let go', async () => {
  const link = await house.make(['convenience_store'])
  house.intercept = async (request) => {
    await house.bff.app.fetch(request)
    return new Response('', { status: 504 })
  }
  const { browser, page } = await visit(house, link)
  await browser.submit(page, '/webcvs')
  house.intercept = undefined
  expect(await house.get(link.id)).toMatchObject({ state: 'ordered' })
  await house.work()
  expect(await house.get(link.id)).toMatchObject({ state: 'failed', paymentStatus: 'cancelled' })
})

test('says on the link that our answer took too long', async () => {
  const setting = (value: number) =>
    house.bff.deps.db.pool.query(
      `update connection set settings = settings || jsonb_build_object('noticeAnswerMs', $1::int) where connection_method = 'link'`,
      [value],
    )
  await setting(0)
  const link = await house.make(['card'])
  await payByCard(house, await visit(house, link))
  await setting(10_000)
  await house.work()
  expect((await historyOf(link)).slice(-2)).toEqual(['doubted late', 'asked stands'])
})

test('leaves alone what a person has cancelled or refunded by the API', async () => {
  const cancelled = await house.make(['card'])
  await payByCard(house, await visit(house, cancelled))
  expect(await house.act((await house.get(cancelled.id)).paymentId ?? '', 'cancel')).toBe('cancelled')
  const refunded = await house.make(['card'])
  await payByCard(house, await visit(house, refunded))
  const paymentId = (await house.get(refunded.id)).paymentId ?? ''
  await house.act(paymentId, 'capture')
  await house.act(paymentId, 'refund', { amountYen: 11_000 })
  for (const { id } of [cancelled, refunded]) {
    const payload = JSON.stringify({ merchantId: house.bff.merchantId, linkId: id, doubted: true })
    await house.bff.deps.db.pool.query(`select graphile_worker.add_job('payment-links:ask', $1::json)`, [payload])
    await house.work()
    expect(await house.get(id)).toMatchObject({ state: 'paid' })
  }
  expect(await house.payment(paymentId)).toMatchObject({ capturedYen: 11_000, refundedYen: 11_000 })
  expect(await house.verify()).toEqual([])
})
