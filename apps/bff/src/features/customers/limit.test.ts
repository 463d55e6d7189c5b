/** What a customer's orders use of the limit NP sets: from the contract's terms and the books. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerDetail, CustomerRow } from '@choba/shared/contracts/customers.ts'
import { businessDate } from '@choba/shared/dates.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, tellPayment, type TestMerchant } from '../../testing/factory.ts'

let bff: TestApp
let client: TestClient
let merchant: TestMerchant

beforeAll(async () => {
  bff = await createTestApp()
  client = await bff.signIn('staff')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
  const term = { merchantId: bff.merchantId, shopId: bff.shopIds[0], method: 'np_postpaid', validFrom: '2024-01-01' }
  const limit = (limitYen: number) => ({ kind: 'limit', value: JSON.stringify({ limitYen }) })
  await bff.deps.db.owner
    .insertInto('contractTerm')
    .values([
      { ...term, ...limit(54_000), assumed: true },
      { ...term, ...limit(1), validFrom: '2099-01-01' },
      { ...term, ...limit(80_000), shopId: bff.shopIds[1] },
      { ...term, kind: 'points', value: JSON.stringify({ yenPerPoint: 200 }), assumed: true },
    ])
    .execute()
})
afterAll(() => bff.close())

async function read<T>(path: string): Promise<T> {
  const response = await client.get(path)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as T
}

async function idOf(phone: string): Promise<string> {
  const { items } = await read<{ items: CustomerRow[] }>(`/api/customers?q=${phone}`)
  return items[0]?.id ?? ''
}

describe('the limit', () => {
  const name = '限度 花子'
  const phone = '080-5550-0004'
  const asked = () =>
    read(`/api/customers/limit?shopId=${bff.shopIds[0]}&phone=${phone}&name=${encodeURIComponent(name)}`)

  test('is the term in force, with nothing used, for somebody unknown', async () => {
    expect(await asked()).toEqual({ customerId: null, limitYen: 54_000, assumed: true, openYen: 0, openPayments: 0 })
  })

  test('is used by what is asked for, held or unpaid, and free again when the customer has paid', async () => {
    const { owner } = bff.deps.db
    const order = { method: 'np_postpaid', name, phone, amountYen: 20_000 } as const
    const at = '2026-10-01T03:00:00.000Z'
    const tell = (id: string, news: DatedNews['news']) => tellPayment(owner, bff.merchantId, id, [{ at, news }])
    const screened = (result: 'approved' | 'on_hold', providerId: string) =>
      ({ kind: 'screening', result, reasons: result === 'on_hold' ? ['RE009'] : [], providerId }) as const

    const held = await registerPayment(owner, merchant, order)
    expect(await asked()).toMatchObject({ openYen: 20_000, openPayments: 1 })
    await tell(held, screened('on_hold', '26100100001'))
    const paid = await registerPayment(owner, merchant, { ...order, amountYen: 4_100 })
    await tell(paid, screened('approved', '26100100002'))
    await tell(paid, { kind: 'shipment_accepted', carrierCode: '59010', slipNumber: '123456789012' })
    await registerPayment(owner, merchant, { ...order, method: 'card' })
    expect(await asked()).toMatchObject({ openYen: 24_100, openPayments: 2 })

    await tell(held, { kind: 'cancelled', by: 'merchant' })
    expect(await asked()).toMatchObject({ openYen: 4_100, openPayments: 1 })
    const invoice = { issuedOn: '2026-10-02', dueOn: '2026-10-16', inquiryNumber: 'akt000000000000001', reissue: 0 }
    await tell(paid, {
      kind: 'np_status',
      state: 'active',
      invoice: invoice as never,
      reminders: null,
      arrivalOn: null,
      paid: { on: businessDate('2026-10-10'), place: 'convenience_store', store: null },
    })
    expect(await asked()).toMatchObject({ openYen: 0, openPayments: 0 })
    const { points, screenings } = await read<CustomerDetail>(`/api/customers/${await idOf(phone)}`)
    expect(points).toEqual({ points: 20, payments: 1, yenPerPoint: 200, assumed: true })
    expect(screenings.map((each) => each.result).toSorted()).toEqual(['approved', 'on_hold'])
  })

  test('is each shop’s own while keying in, and the lowest of them on the page and in the totals', async () => {
    const elsewhere = `/api/customers/limit?shopId=${bff.shopIds[1]}&phone=${phone}&name=${encodeURIComponent(name)}`
    expect(await read(elsewhere)).toMatchObject({ limitYen: 80_000, assumed: false })
    const page = await read<CustomerDetail>(`/api/customers/${await idOf(phone)}`)
    expect(page.limit).toMatchObject({ limitYen: 54_000, assumed: true })
    expect(await read('/api/customers/totals')).toMatchObject({ limitYen: 54_000 })
  })

  test('is refused for a shop of nobody and for a call without a shop', async () => {
    expect(
      (await client.get('/api/customers/limit?shopId=019aa000-0000-7000-8000-000000000000&phone=1&name=a')).status,
    ).toBe(404)
    expect((await errorOf(await client.get('/api/customers/limit?phone=1&name=a'))).code).toBe('request.invalid')
  })
})
