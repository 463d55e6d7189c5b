/** Another claim of an order, against the pretend SBPS: never two live slips, never two authorizations nobody knows of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerReturnRow } from '../../packages/shared/src/contracts/customer-returns.ts'
import type { ZombieRow } from '../../packages/shared/src/contracts/zombies.ts'
import { tellPayment } from '../../apps/bff/src/testing/factory.ts'
import { type LinkHouse, openLinkHouse } from './link-house.ts'

let house: LinkHouse
let serial = 0
beforeAll(async () => {
  house = await openLinkHouse()
})
afterAll(() => house.close())

const ISSUE = 'ST01-00101-701'
const CANCEL_SLIP = 'ST02-00303-701'
const AUTHORIZE_AGAIN = 'ST01-00133-101'
const CANCEL_CARD = 'ST02-00303-101'

type Payment = {
  readonly id: string
  readonly branch: number
  readonly status: string
  readonly amountYen: number
  readonly providerId: string | null
}

async function order(method: 'card' | 'convenience_store', email = 'never@example.jp'): Promise<string> {
  serial += 1
  const orderNumber = `C-${serial}`
  const orders = [
    {
      shopId: house.bff.shopIds[0],
      orderNumber,
      orderedAt: house.sandbox.clock.now().toISOString(),
      method,
      site: 'pc',
      connectionMethod: 'link',
      amountYen: 5_000,
      customer: {
        name: '山田 花子',
        kana: 'ヤマダ ハナコ',
        zip: '604-0001',
        address: '京都府京都市中京区道場町1-2',
        phone: `090${String(20_000_000 + serial)}`,
        email,
      },
      goods: [{ name: '煎茶', unitPriceYen: 5_000, quantity: 1, taxRateBp: 800 }],
      ...(method === 'card' ? { card: await token() } : { convenienceStore: { store: '016' } }),
    },
  ]
  expect((await ask<{ results: unknown[] }>('POST', '/api/orders', { orders })).results).toMatchObject([
    { error: null },
  ])
  await house.work()
  return orderNumber
}

async function token(): Promise<unknown> {
  const body = {
    merchantId: '99901',
    serviceId: '101',
    ccNumber: '4111111111111111',
    ccExpiration: '203012',
    securityCode: '123',
  }
  const answer = await fetch(`${house.sandboxUrl}/sbpstoken/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return ((await answer.json()) as { tokenResponse: unknown }).tokenResponse
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = method === 'GET' ? await house.client.get(path) : await house.client.send(method, path, body)
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T
}

async function claimsOf(orderNumber: string): Promise<Payment[]> {
  const rows = await house.bff.deps.db.owner
    .selectFrom('payment')
    .select(['paymentId', 'orderBranch', 'status', 'amountYen', 'providerId'])
    .where('orderNumber', '=', orderNumber)
    .orderBy('orderBranch')
    .execute()
  return rows.map(({ paymentId, orderBranch, ...row }) => ({ id: paymentId, branch: orderBranch, ...row }))
}

async function act(orderNumber: string, action: string, more: Record<string, unknown> = {}): Promise<void> {
  const claims = await claimsOf(orderNumber)
  await house.act(claims.at(-1)?.id ?? '', action, more)
}

async function zombiesOf(orderNumber: string): Promise<string[]> {
  const { items } = await ask<{ items: ZombieRow[] }>('GET', '/api/zombies')
  return items.filter((row) => row.orderNumber === orderNumber).map((row) => row.kind)
}

/** What SBPS itself would still take money for. */
async function payableAtProvider(orderNumber: string): Promise<number[]> {
  const answer = await fetch(`${house.sandboxUrl}/portal/payments?order_id=${orderNumber}`, {
    headers: { authorization: `Basic ${btoa('99901101:f123456789abcdef0123456789abcdef01234567')}` },
  })
  const { results } = (await answer.json()) as { results: Array<{ tracking_id: string }> }
  const bills = house.sandbox.store.table<{ status: string; amountYen: number }>('sbps_bill')
  return results.flatMap(({ tracking_id: id }) => {
    const bill = bills.get(id)
    return bill?.status === '1' ? [bill.amountYen] : []
  })
}

type Mishap = 'request_lost' | 'answer_lost' | 'killed_after'

/** The next call of this function meets a mishap. */
function plan(functionId: string, mishap: Mishap): void {
  let left = 1
  house.between = async (request, pass) => {
    const text = request.method === 'POST' ? await request.clone().text() : ''
    if (left === 0 || !text.includes(`id="${functionId}"`)) return pass()
    left -= 1
    if (mishap === 'request_lost') return new Response('', { status: 502 })
    await pass()
    if (mishap === 'killed_after') breakNextWrite()
    return new Response('', { status: 504 })
  }
}

/** The next transaction of the BFF does not come to its end, as when the process dies before it. */
function breakNextWrite(): void {
  const { db } = house.bff.deps
  const merchant = db.merchant.bind(db)
  Object.assign(db, {
    merchant: () => {
      Object.assign(db, { merchant })
      throw new Error('killed')
    },
  })
}

describe('another amount of a slip', () => {
  test('is another slip; the old one is cancelled at the provider and nothing is left over', async () => {
    const number = await order('convenience_store')
    await act(number, 'change_amount', { amountYen: 4_200, store: '002', payWithinDays: 7 })
    const [old, made] = await claimsOf(number)
    expect([old?.status, made?.status, made?.amountYen]).toEqual(['cancelled', 'awaiting_payment', 4_200])
    expect(await payableAtProvider(number)).toEqual([4_200])
    expect(await zombiesOf(number)).toEqual([])
  })

  test.each([
    [CANCEL_SLIP, 'request_lost'],
    [CANCEL_SLIP, 'answer_lost'],
    [CANCEL_SLIP, 'killed_after'],
    [ISSUE, 'request_lost'],
    [ISSUE, 'answer_lost'],
    [ISSUE, 'killed_after'],
  ] as const)('ends as one payable slip when at %s this happens: %s', async (functionId, mishap) => {
    const number = await order('convenience_store')
    plan(functionId, mishap)
    await act(number, 'change_amount', { amountYen: 4_200 })
    house.between = undefined
    expect((await claimsOf(number)).map((claim) => claim.status)).toEqual(['cancelled', 'awaiting_payment'])
    expect(await payableAtProvider(number)).toEqual([4_200])
    expect(await zombiesOf(number)).toEqual([])
  })
})

test('a slip that has expired is issued anew with days from now, once', async () => {
  const number = await order('convenience_store')
  await house.moveDays(16)
  const [old] = await claimsOf(number)
  const { owner } = house.bff.deps.db
  const at = house.sandbox.clock.now().toISOString()
  await owner
    .transaction()
    .execute((tx) => tellPayment(tx, house.bff.merchantId, old?.id ?? '', [{ at, news: { kind: 'slip_expired' } }]))
  // Whatever is asked of the provider tells its day.
  await order('convenience_store')
  await act(number, 'reissue', { payWithinDays: 10 })
  expect((await claimsOf(number)).map((claim) => claim.status)).toEqual(['expired', 'awaiting_payment'])
  await expect(house.act(old?.id ?? '', 'reissue')).rejects.toThrow('replaced_already')
})

test('a slip that was paid meanwhile is not cancelled, and no other is issued', async () => {
  const number = await order('convenience_store', 'now+ok@example.jp')
  const [slip] = await claimsOf(number)
  const bills = house.sandbox.store.table<{ status: string }>('sbps_bill')
  const bill = bills.get(slip?.providerId ?? '')
  bills.put(slip?.providerId ?? '', { ...bill, status: '3' })
  await act(number, 'reissue')
  expect((await claimsOf(number)).map((claim) => claim.status)).toEqual(['awaiting_payment'])
})

describe('authorizing a card again', () => {
  test('makes a new authorization, and voids the old one once it stands', async () => {
    const number = await order('card')
    await act(number, 'reauthorize', { amountYen: 6_000 })
    expect((await claimsOf(number)).map((claim) => [claim.status, claim.amountYen])).toEqual([
      ['cancelled', 5_000],
      ['authorized', 6_000],
    ])
    expect(await zombiesOf(number)).toEqual([])
    await act(number, 'capture')
    expect((await claimsOf(number)).at(-1)?.status).toBe('captured')
  })

  test.each(['request_lost', 'answer_lost', 'killed_after'] as const)(
    'ends as one authorization when the new one meets this: %s',
    async (mishap) => {
      const number = await order('card')
      plan(AUTHORIZE_AGAIN, mishap)
      await act(number, 'reauthorize')
      house.between = undefined
      expect((await claimsOf(number)).map((claim) => claim.status)).toEqual(['cancelled', 'authorized'])
    },
  )

  test('leaves the old one to the zombies when its void is refused, and their remedy ends it', async () => {
    const number = await order('card')
    house.between = async (request, pass) => {
      const text = request.method === 'POST' ? await request.clone().text() : ''
      return text.includes(`id="${CANCEL_CARD}"`) ? refusal(CANCEL_CARD, '10121999') : pass()
    }
    await act(number, 'reauthorize')
    house.between = undefined
    expect((await claimsOf(number)).map((claim) => claim.status)).toEqual(['authorized', 'authorized'])
    expect(await zombiesOf(number)).toEqual(['authorization_left'])
    const [old] = await claimsOf(number)
    await house.act(old?.id ?? '', 'cancel')
    expect(await zombiesOf(number)).toEqual([])
  })
})

test('the books agree with the events after all of it', async () => {
  expect(await house.verify()).toEqual([])
  expect((await ask<{ items: CustomerReturnRow[] }>('GET', '/api/customer-returns')).items).toEqual([])
})

function refusal(functionId: string, code: string): Response {
  return new Response(
    `<?xml version='1.0' encoding='Shift_JIS' ?><sps-api-response id="${functionId}"><res_result>NG</res_result><res_err_code>${code}</res_err_code><res_date>20260803090000</res_date></sps-api-response>`,
    { headers: { 'content-type': 'text/xml;charset=Shift_JIS' } },
  )
}
