/** Claims that outlived their order, held against orders told to the books; remedied through operations. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Method } from '@choba/shared/methods.ts'
import type { ZombieRow } from '@choba/shared/contracts/zombies.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import type { DatedNews, ProviderNews } from '../../domain/payment/news.ts'
import { createTestApp, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, tellPayment, type TestMerchant } from '../../testing/factory.ts'

let bff: TestApp
let staff: TestClient
let merchant: TestMerchant
let hour = 0

beforeAll(async () => {
  bff = await createTestApp()
  staff = await bff.signIn('staff')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
})
afterAll(() => bff.close())

function told(news: ProviderNews): DatedNews {
  hour += 1
  return { at: new Date(Date.UTC(2026, 9, 1, hour)).toISOString(), news }
}

function live(method: Method, key: string): DatedNews {
  if (method === 'card') return told({ kind: 'authorized', providerId: `C-${key}`, transactionId: null, brand: null })
  const payBy = businessDate('2026-12-01')
  return told({ kind: 'slip_issued', providerId: `S-${key}`, transactionId: null, store: '001', numbers: [key], payBy })
}

async function claim(order: string, branch: number, method: Method, more: DatedNews[] = [], amountYen = 5_000) {
  const news = [live(method, `${order}-${branch}`), ...more]
  return bff.deps.db.owner
    .transaction()
    .execute((tx) =>
      registerPayment(tx, merchant, { method, orderNumber: order, orderBranch: branch, amountYen }, news),
    )
}

async function tell(paymentId: string, ...news: DatedNews[]): Promise<void> {
  await bff.deps.db.owner.transaction().execute((tx) => tellPayment(tx, bff.merchantId, paymentId, news))
}

async function zombies(query = ''): Promise<ZombieRow[]> {
  const response = await staff.get(`/api/zombies?${query}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { items: ZombieRow[] }).items
}

async function of(order: string): Promise<ZombieRow[]> {
  return (await zombies()).filter((row) => row.orderNumber === order)
}

describe('a claim that outlived its order', () => {
  test('is an order live in two methods, from whichever side; either claim can be cancelled', async () => {
    await claim('Z-1', 0, 'card')
    await claim('Z-1', 1, 'convenience_store')
    const [found, ...others] = await of('Z-1')
    expect(others).toEqual([])
    expect(found).toMatchObject({
      kind: 'two_methods',
      claim: { method: 'card', cancel: { allowed: true } },
      other: { method: 'convenience_store', cancel: { allowed: true } },
    })
  })

  test('is a slip that can be paid although the card of the order was sold; the sold one cannot be cancelled', async () => {
    await claim('Z-2', 0, 'card', [told({ kind: 'captured', amountYen: yen(5_000) })])
    await claim('Z-2', 1, 'convenience_store')
    expect(await of('Z-2')).toMatchObject([
      {
        kind: 'two_methods',
        claim: { method: 'convenience_store', cancel: { allowed: true } },
        other: { method: 'card', cancel: { allowed: false, reason: 'already_captured' } },
      },
    ])
  })

  test('is the old slip of an order that was priced anew, and gone once that slip is cancelled', async () => {
    const old = await claim('Z-3', 0, 'convenience_store')
    await claim('Z-3', 1, 'convenience_store', [], 4_000)
    expect(await of('Z-3')).toMatchObject([{ kind: 'slip_replaced', id: old, other: { amountYen: 4_000 } }])
    await tell(old, told({ kind: 'cancelled', by: 'merchant' }))
    expect(await of('Z-3')).toEqual([])
  })

  test('is what stands of an order whose latest claim was cancelled', async () => {
    const old = await claim('Z-4', 0, 'convenience_store')
    await claim('Z-4', 1, 'card', [told({ kind: 'cancelled', by: 'merchant' })])
    expect(await of('Z-4')).toMatchObject([{ kind: 'order_ended', id: old }])
  })

  test('is an authorization left behind by the one that came after it', async () => {
    const old = await claim('Z-5', 0, 'card')
    await claim('Z-5', 1, 'card')
    expect(await of('Z-5')).toMatchObject([{ kind: 'authorization_left', id: old }])
  })

  test('is a claim whose cancel was refused, until something else is asked of it', async () => {
    const id = await claim('Z-6', 0, 'convenience_store')
    const cancel = async (key: string) =>
      (await staff.send('POST', '/api/operations', {
        operations: [{ idempotencyKey: key, action: 'cancel', paymentId: id }],
      })) as Response
    expect((await cancel('zombie-cancel-1')).status).toBe(200)
    const { owner } = bff.deps.db
    await owner.updateTable('operation').set({ state: 'refused' }).where('paymentId', '=', id).execute()
    expect(await of('Z-6')).toMatchObject([{ kind: 'cancel_not_done', other: null }])
    await cancel('zombie-cancel-2')
    expect(await of('Z-6')).toEqual([])
  })

  test('is none where the earlier claim failed, expired or was cancelled', async () => {
    await claim('Z-7', 0, 'convenience_store', [told({ kind: 'slip_expired' })])
    await claim('Z-7', 1, 'convenience_store')
    await claim('Z-8', 0, 'card', [told({ kind: 'cancelled', by: 'merchant' })])
    await claim('Z-8', 1, 'convenience_store')
    expect([...(await of('Z-7')), ...(await of('Z-8'))]).toEqual([])
  })

  test('is counted with its amount, by kind and by shop', async () => {
    for (const query of ['', 'kind=two_methods', `shop=${bff.shopIds[0]}`]) {
      const rows = await zombies(query)
      const totals = await (await staff.get(`/api/zombies/totals?${query}`)).json()
      const amountYen = rows.reduce((sum, row) => sum + row.claim.amountYen, 0)
      expect([query, totals]).toEqual([query, { count: rows.length, amountYen }])
    }
  })

  test('is a line of a file, with its order’s other claim, and the file holds what the list and its totals tell', async () => {
    const accountant = await bff.signIn('accountant')
    for (const query of ['', 'kind=two_methods', `shop=${bff.shopIds[0]}`]) {
      const rows = await zombies(query)
      const file = await accountant.get(`/api/zombies/export.csv?language=en&${query}`)
      const [header, ...lines] = (await file.text()).trimEnd().split('\r\n')
      expect(header).toContain('Order,Customer,Cause,Claim,Method')
      expect(lines.map((line) => line.split(',')[0])).toEqual(rows.map(({ orderNumber }) => orderNumber))
      const totals = await (await staff.get(`/api/zombies/totals?${query}`)).json()
      expect({
        count: Number(file.headers.get('X-Choba-Rows')),
        amountYen: Number(file.headers.get('X-Choba-Total-Amount-Yen')),
      }).toEqual(totals)
      const check = await accountant.get(`/api/zombies/export/check?${query}`)
      expect(await check.json()).toMatchObject({ totals })
    }
    const left = await (await accountant.get('/api/zombies/export.csv?language=en&kind=authorization_left')).text()
    const cells = left.trimEnd().split('\r\n')[1]?.split(',') ?? []
    expect([cells[0], cells[3], cells[6], cells[8], cells[11]]).toEqual(['Z-5', '0', '5000', '1', '5000'])
    expect((await staff.get('/api/zombies/export.csv')).status).toBe(403)
  })
})
