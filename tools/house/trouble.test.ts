/** SBPS's own trouble is no verdict: it is tried again until a person has to know; a verdict is final at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PaymentDetail } from '../../packages/shared/src/contracts/payments.ts'
import { openSubscriptionHouse, type SubscriptionHouse } from './subscription-house.ts'

let house: SubscriptionHouse
let serial = 0
beforeAll(async () => {
  house = await openSubscriptionHouse()
})
afterAll(() => house.close())

/** 9,000,0tt yen ends in error type tt (apps/sandbox/src/sbps/test-cards.ts). */
async function slipOf(type: number): Promise<PaymentDetail> {
  serial += 1
  const amountYen = 9_000_000 + type
  const order = {
    shopId: house.bff.shopIds[0],
    orderNumber: `T-${serial}`,
    orderedAt: house.sandbox.clock.now().toISOString(),
    method: 'convenience_store',
    site: 'pc',
    amountYen,
    customer: {
      name: '山田 花子',
      kana: 'ヤマダ ハナコ',
      zip: '604-0001',
      address: '京都府京都市中京区道場町1-2',
      phone: `0903${String(1_000_000 + serial)}`,
      email: 'never@example.jp',
    },
    goods: [{ name: '煎茶', unitPriceYen: amountYen, quantity: 1, taxRateBp: 800 }],
    convenienceStore: { store: '016' },
  }
  const { results } = await house.api<{ results: Array<{ paymentId: string }> }>('POST', '/api/orders', {
    orders: [order],
  })
  await house.work()
  return house.api<PaymentDetail>('GET', `/api/payments/${results[0]?.paymentId}`)
}

async function sendsOf(detail: PaymentDetail): Promise<number> {
  const { attempts } = await house.bff.deps.db.owner
    .selectFrom('operation')
    .select('attempts')
    .where('paymentId', '=', detail.payment.id)
    .executeTakeFirstOrThrow()
  return attempts
}

test('the institution cannot be reached: as often as usual, then failed with its own code', async () => {
  const detail = await slipOf(85)
  expect(detail.payment).toMatchObject({ status: 'failed', reasons: ['70185999'] })
  expect(detail.operations).toMatchObject([{ state: 'failed', codes: ['70185999'] }])
  expect(await sendsOf(detail)).toBe(8)
})

test('the collection centre is busy: as often as the connection allows', async () => {
  await house.bff.deps.db.owner
    .updateTable('connection')
    .set({ settings: (eb) => eb.fn('jsonb_set', ['settings', eb.val('{mostSends}'), eb.val('3')]) as never })
    .where('provider', '=', 'sbps')
    .execute()
  const detail = await slipOf(20)
  expect(detail.operations).toMatchObject([{ state: 'failed', codes: ['70120999'] }])
  expect(await sendsOf(detail)).toBe(3)
  expect(await house.verify()).toEqual([])
})
