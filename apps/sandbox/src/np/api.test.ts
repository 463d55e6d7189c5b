import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { encodeReferences, encodeTransactions } from '@choba/wire/np/encode-requests.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNpTest, npOrder, shipmentOf, type NpTest } from '../testing/np.ts'

async function registered(np: NpTest, changes = {}, customer = {}) {
  const { results } = await np.register([npOrder(changes, customer)])
  return results[0]!.npTransactionId
}
function codesOf(answer: { errors: readonly { codes: readonly string[] }[] }) {
  return answer.errors.flatMap((error) => error.codes)
}

describe('who may call', () => {
  test('wrong credentials or terminal get 401 with a body and a challenge', async () => {
    const { app } = createNpTest()
    const good = `Basic ${btoa('np-1:secret-np-1')}`
    const headers: Record<string, string>[] = [
      {},
      { authorization: `Basic ${btoa('np-1:wrong')}`, 'x-np-terminal-id': '9900000001' },
      { authorization: good },
      { authorization: good, 'x-np-terminal-id': '1' },
    ]
    for (const path of ['/v1/transactions', '/v1/payment_statements/find']) {
      for (const header of headers) {
        const answer = await app.request(path, { method: 'POST', headers: header, body: '{}' })
        expect(answer.status).toBe(401)
        expect(answer.headers.get('www-authenticate')).toContain('Basic')
        expect(await answer.json()).toEqual({ errors: [{ codes: ['ESBX0401'] }] })
      }
    }
  })

  test('an empty find is the health check: 400 says the credentials are fine', async () => {
    expect((await createNpTest().call('POST', '/v1/authorizations/find', '')).status).toBe(400)
  })

  test('a merchant sees nothing of another', async () => {
    const np = createNpTest()
    const npTransactionId = await registered(np)
    expect(codesOf(await np.find([{ npTransactionId }], 'np-2'))).toEqual(['E0100113'])
  })
})

describe('registration', () => {
  test('ids are the day and a number; good and bad rows part ways in one answer', async () => {
    const np = createNpTest()
    const answer = await np.register([
      npOrder(),
      npOrder({ shopTransactionId: 'BAD' }, { zipCode: '530-0001', tel: '' }),
      npOrder(),
    ])
    expect(answer.status).toBe(200)
    expect(answer.results.map((row) => row.npTransactionId)).toEqual(['26080300001', '26080300002'])
    expect(answer.errors).toEqual([{ id: 'BAD', codes: ['E0100059', 'E0100063'] }])
  })

  test('the same sale twice within a month is refused, after a cancellation it is not', async () => {
    const np = createNpTest()
    const order = npOrder()
    const { results } = await np.register([order])
    expect(codesOf(await np.register([order]))).toEqual(['ESBX0008'])
    await np.cancel([results[0]!.npTransactionId])
    const again = await np.register([order])
    expect(again.results).toHaveLength(1)
    const found = await np.find([{ shopTransactionId: order.shopTransactionId }])
    expect(found.results[0]?.npTransactionId).toBe(again.results[0]!.npTransactionId)
  })

  test('more than a thousand rows, repeats and nonsense are refused', async () => {
    const np = createNpTest()
    const tooMany = encodeTransactions(Array.from({ length: 1_001 }, () => npOrder()))
    expect((await np.call('POST', '/v1/transactions', tooMany)).text).toContain('EPRO0102')
    const id = await registered(np)
    expect(codesOf(await np.cancel([id, id]))).toEqual(['EPRO0106', 'EPRO0106'])
    expect(
      (await np.call('PATCH', '/v1/transactions/cancel', encodeReferences([{ shopTransactionId: 'X' }]))).text,
    ).toContain('EPRO0105')
  })

  test('a thousand rows pass', async () => {
    const np = createNpTest()
    expect((await np.register(Array.from({ length: 1_000 }, () => npOrder()))).results).toHaveLength(1_000)
  })
})

describe('state decides', () => {
  test('what may follow a shipment', async () => {
    const np = createNpTest()
    const npTransactionId = await registered(np)
    await np.ship([shipmentOf(npTransactionId)])
    expect(codesOf(await np.ship([shipmentOf(npTransactionId)]))).toEqual(['E0100115'])
    expect(codesOf(await np.update([{ npTransactionId, billedAmountYen: yen(10_000) }]))).toEqual(['E0100115'])
    expect((await np.cancel([npTransactionId])).results).toHaveLength(1)
    expect(codesOf(await np.cancel([npTransactionId]))).toEqual(['E0100114'])
  })

  test('a held or rejected transaction is not shipped, a rejected one not changed', async () => {
    const np = createNpTest()
    const held = await registered(np, {}, { email: 'hold+a@example.jp' })
    const rejected = await registered(np, {}, { email: 'ng+a@example.jp' })
    expect(codesOf(await np.ship([shipmentOf(held), shipmentOf(rejected)]))).toEqual(['E0100120', 'E0100120'])
    expect(codesOf(await np.update([{ npTransactionId: rejected, billedAmountYen: yen(10_000) }]))).toEqual([
      'ESBX0012',
    ])
  })

  test('an approval lapses after the days of the account', async () => {
    const np = createNpTest()
    const npTransactionId = await registered(np)
    np.moveDays(89)
    expect((await np.payments([npTransactionId])).results[0]?.transactionStatus).toBe('active')
    np.moveDays(1)
    expect((await np.payments([npTransactionId])).results[0]?.transactionStatus).toBe('expired')
    expect(codesOf(await np.ship([shipmentOf(npTransactionId)]))).toEqual(['E0100114'])
  })

  test('after the customer paid there is no cancelling', async () => {
    const np = createNpTest()
    const id = await registered(np, {}, { email: 'early+a@example.jp' })
    await np.ship([shipmentOf(id)])
    np.moveDays(25)
    expect(codesOf(await np.cancel([id]))).toEqual(['E0100118'])
  })

  test('shipment fields answer with their codes; only wiz carries a bill date', async () => {
    const np = createNpTest()
    const id = await registered(np)
    const wiz = await registered(np, { settlementType: '03' })
    const on = businessDate('2026-08-03')
    const of = async (row: object) => codesOf(await np.ship([{ ...shipmentOf(id), ...row }]))
    expect(await of({ carrierCode: '12345' })).toEqual(['E0100107'])
    expect(await of({ slipNumber: '' })).toEqual(['E0100108'])
    expect(await of({ slipNumber: '1'.repeat(21) })).toEqual(['E0100110'])
    expect(await of({ billIssuedOn: on })).toEqual(['E0100143'])
    expect(codesOf(await np.ship([shipmentOf(wiz)]))).toEqual(['E0100111'])
    expect((await np.ship([{ ...shipmentOf(wiz), billIssuedOn: on }])).results).toHaveLength(1)
    expect((await np.payments([wiz])).results[0]).toMatchObject({ billIssuedOn: on, billDueOn: '2026-08-17' })
  })
})

describe('registering again for less', () => {
  const again = (baseNpTransactionId: string, amount = 8_000) => ({
    baseNpTransactionId,
    shopTransactionId: 'AGAIN',
    shopOrderDate: businessDate('2026-08-03'),
    billedAmountYen: yen(amount),
    goods: [{ name: '煎茶', priceYen: yen(amount), quantity: 1 }],
  })

  test('needs a cancelled base shipped before today, an amount not above it, and happens once', async () => {
    const np = createNpTest()
    const base = await registered(np)
    await np.ship([shipmentOf(base)])
    expect(codesOf(await np.reregister([again(base)]))).toEqual(['ESBX0009'])
    await np.cancel([base])
    expect(codesOf(await np.reregister([again(base)]))).toEqual(['ESBX0009'])
    np.moveDays(1)
    expect(codesOf(await np.reregister([again(base, 12_000)]))).toEqual(['E0131010'])
    const { results } = await np.reregister([again(base)])
    expect(results[0]).toMatchObject({ baseNpTransactionId: base, shopTransactionId: 'AGAIN', salesDate: '2026-08-03' })
    expect(codesOf(await np.reregister([again(base)]))).toEqual(['E0131006'])
    expect(codesOf(await np.ship([shipmentOf(results[0]!.npTransactionId)]))).toEqual(['E0100115'])
    np.moveDays(5)
    expect((await np.payments([results[0]!.npTransactionId])).results[0]).toMatchObject({ billIssuedOn: '2026-08-05' })
  })

  test('ends after the number of times the account allows', async () => {
    const np = createNpTest({ settings: { maxReregistrations: 1 } })
    const base = await registered(np)
    await np.ship([shipmentOf(base)])
    np.moveDays(1)
    await np.cancel([base])
    const { results } = await np.reregister([again(base)])
    const next = results[0]!.npTransactionId
    await np.cancel([next])
    expect(codesOf(await np.reregister([again(next, 5_000)]))).toEqual(['E0131011'])
  })
})

describe('faults by typing', () => {
  test('error500 does nothing', async () => {
    const np = createNpTest()
    const order = npOrder({}, { email: 'error500+a@example.jp' })
    expect((await np.call('POST', '/v1/transactions', encodeTransactions([order]))).status).toBe(500)
    expect(codesOf(await np.find([{ shopTransactionId: order.shopTransactionId }]))).toEqual(['E0100113'])
  })

  test('drop has registered the sale all the same', async () => {
    const np = createNpTest()
    const order = npOrder({}, { email: 'drop+a@example.jp' })
    await np.call('POST', '/v1/transactions', encodeTransactions([order]))
    expect((await np.find([{ shopTransactionId: order.shopTransactionId }])).results).toHaveLength(1)
  })
})

test('no request whatever brings it down', async () => {
  const np = createNpTest()
  const id = await registered(np)
  const paths = [
    ['POST', '/v1/transactions'],
    ['PATCH', '/v1/transactions/update'],
    ['PATCH', '/v1/transactions/cancel'],
    ['POST', '/v1/transactions/reregister'],
    ['POST', '/v1/shipments'],
    ['POST', '/v1/authorizations/find'],
    ['POST', '/v1/transactions/payments/find'],
    ['POST', '/v1/payment_statements/find'],
  ] as const
  const row = fc.record(
    {
      np_transaction_id: fc.oneof(fc.constant(id), fc.jsonValue()),
      base_np_transaction_id: fc.jsonValue(),
      customer: fc.jsonValue(),
      goods: fc.jsonValue(),
      billed_amount: fc.jsonValue(),
      slip_no: fc.jsonValue(),
      bill_issued_date: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(row, { maxLength: 3 }).map((transactions) => JSON.stringify({ transactions })),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), body, async ([method, path], text) => {
      const { status } = await np.call(method, path, text)
      expect([200, 400]).toContain(status)
    }),
    { numRuns: 400 },
  )
})
