/** A slip is cancelled, and its customer stands at the till already: the money comes, is theirs, and goes back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerReturnRow } from '../../packages/shared/src/contracts/customer-returns.ts'
import type { PaymentDetail } from '../../packages/shared/src/contracts/payments.ts'
import { openSubscriptionHouse, type SubscriptionHouse } from './subscription-house.ts'

let house: SubscriptionHouse
beforeAll(async () => {
  house = await openSubscriptionHouse()
})
afterAll(() => house.close())

async function slipPaidAfterCancel(orderNumber: string): Promise<string> {
  const order = {
    shopId: house.bff.shopIds[0],
    orderNumber,
    orderedAt: house.sandbox.clock.now().toISOString(),
    method: 'convenience_store',
    site: 'pc',
    amountYen: 3_980,
    customer: {
      name: '山田 花子',
      kana: 'ヤマダ ハナコ',
      zip: '604-0001',
      address: '京都府京都市中京区道場町1-2',
      phone: '090-7777-0001',
      email: 'paynow+late@example.jp',
    },
    goods: [{ name: '煎茶', unitPriceYen: 3_980, quantity: 1, taxRateBp: 800 }],
    convenienceStore: { store: '016' },
  }
  const made = await house.api<{ results: Array<{ paymentId: string }> }>('POST', '/api/orders', { orders: [order] })
  await house.work()
  const paymentId = made.results[0]?.paymentId ?? ''
  const operations = [{ idempotencyKey: `cancel-${orderNumber}`, action: 'cancel', paymentId }]
  await house.api('POST', '/api/operations', { operations })
  await house.work()
  const { payment } = await detail(paymentId)
  expect(payment.status).toBe('cancelled')
  // The till had taken the number before the cancel reached it.
  const bills = house.sandbox.store.table<{ status: string }>('sbps_bill')
  const bill = bills.get(payment.providerId ?? '')
  bills.put(payment.providerId ?? '', { ...bill, status: '1' })
  await house.moveDays(3)
  return paymentId
}

function detail(paymentId: string): Promise<PaymentDetail> {
  return house.api<PaymentDetail>('GET', `/api/payments/${paymentId}`)
}

async function openReturns(): Promise<CustomerReturnRow[]> {
  return (await house.api<{ items: CustomerReturnRow[] }>('GET', '/api/customer-returns')).items
}

async function balanceOf(paymentId: string): Promise<Record<string, number>> {
  const { rows } = await house.bff.deps.db.pool.query<{ account: string; yen: string }>(
    `select p.account, sum(p.amount_yen)::text as yen from posting p join journal_entry e using (merchant_id, entry_id)
       where e.payment_id = $1 group by p.account having sum(p.amount_yen) <> 0`,
    [paymentId],
  )
  return Object.fromEntries(rows.map((row) => [row.account, Number(row.yen)]))
}

test('the deposit notice makes it a task; the transfer ends it; the statement pays it all the same', async () => {
  const paymentId = await slipPaidAfterCancel('P-1')
  const { payment } = await detail(paymentId)
  expect(payment).toMatchObject({ status: 'cancelled', capturedYen: 0 })
  expect(await balanceOf(paymentId)).toEqual({ receivable: 3_980, deposits_received: -3_980 })
  expect(await openReturns()).toMatchObject([{ task: 'owed', reason: 'paid_after_cancel', amountYen: 3_980 }])

  const { id } = await house.api<{ id: string }>('POST', '/api/customer-returns', {
    idempotencyKey: 'return-P-1',
    paymentId,
    amountYen: 3_980,
    bankName: '帳場銀行',
    branchName: '日本橋支店',
    accountKind: 'ordinary',
    accountNumber: '7654321',
    accountHolder: 'ヤマダ ハナコ',
  })
  const made = { paidOn: house.today(), reference: 'FB-20260807-1' }
  await house.api('POST', `/api/customer-returns/${id}/complete`, made)
  expect(await openReturns()).toEqual([])
  expect(await balanceOf(paymentId)).toEqual({ receivable: 3_980, bank: -3_980 })

  for (let days = 0; days < 60; days += 5) await house.moveDays(5)
  const after = await balanceOf(paymentId)
  expect([after['receivable'] ?? 0, after['deposits_received'] ?? 0, after['sales'] ?? 0]).toEqual([0, 0, 0])
  // What the provider kept as its fee is what the mistake has cost.
  expect((after['bank'] ?? 0) + (after['fees'] ?? 0) + (after['input_tax'] ?? 0)).toBe(0)
  expect(await house.verify()).toEqual([])
})
