import { yen } from '@choba/shared/money.ts'
import { HOLD_REASONS, NG_REASONS } from '@choba/wire/np/hold-reasons.ts'
import { describe, expect, test } from 'vitest'
import { createNpTest, npOrder, shipmentOf } from '../testing/np.ts'

describe('steering', () => {
  test.each(HOLD_REASONS.map((reason) => reason.code))('hold-%s+ holds for that reason', async (code) => {
    const np = createNpTest()
    const { results } = await np.register([npOrder({}, { email: `hold-${code.toLowerCase()}+a@example.jp` })])
    expect(results[0]?.outcome).toEqual({ result: 'on_hold', holdReasons: [code] })
  })

  test.each(NG_REASONS.map((reason) => reason.code))('%s+ rejects for that reason', async (code) => {
    const np = createNpTest()
    const { results } = await np.register([npOrder({}, { email: `${code.toLowerCase()}+a@example.jp` })])
    expect(results[0]?.outcome).toEqual({ result: 'rejected', ngReason: code })
  })

  test('by several reasons, by name and by amount', async () => {
    const np = createNpTest()
    const { results } = await np.register([
      npOrder({}, { email: 'hold-re009-re014+a@example.jp' }),
      npOrder({}, { name: '保留 太郎' }),
      npOrder({}, { name: '与信ＮＧ 太郎' }),
      npOrder({ billedAmountYen: yen(1_021) }),
      npOrder({ billedAmountYen: yen(1_901) }),
      npOrder({}, { email: 'someone+tag@example.jp' }),
    ])
    expect(
      results.map((row) =>
        'holdReasons' in row.outcome
          ? row.outcome.holdReasons.join()
          : 'ngReason' in row.outcome
            ? row.outcome.ngReason
            : row.outcome.result,
      ),
    ).toEqual(['RE009,RE014', 'RE009', 'NG999', 'RE021', 'NG001', 'approved'])
  })
})

test('faults in the data are held for the right field', async () => {
  const np = createNpTest()
  const destination = {
    name: '山田',
    zipCode: '530-0001',
    address: '大阪府大阪市北区梅田ホテル大阪',
    tel: '06-6666-6666',
  }
  const { results } = await np.register([
    npOrder({}, { address: '京都府京都市中京区道場町' }),
    npOrder({ destination }),
    npOrder({ goods: [{ name: '配送料', priceYen: yen(11_000), quantity: 1 }] }),
  ])
  expect(results.map((row) => 'holdReasons' in row.outcome && row.outcome.holdReasons)).toEqual([
    ['RE009'],
    ['RE015', 'RE020', 'RE023'],
    ['RE026'],
  ])
})

test('a hold is approved once its field is corrected, and not before', async () => {
  const np = createNpTest()
  const { results } = await np.register([npOrder({}, { email: 'hold-re009-re021+a@example.jp' })])
  const npTransactionId = results[0]!.npTransactionId
  const first = await np.update([{ npTransactionId, customer: { address: '京都府京都市中京区道場町1-2 茶舗ビル3階' } }])
  expect(first.results[0]?.outcome).toEqual({ result: 'on_hold', holdReasons: ['RE021'] })
  const second = await np.update([{ npTransactionId, customer: { tel: '09055512345' } }])
  expect(second.results[0]?.outcome).toEqual({ result: 'approved' })
  expect((await np.ship([shipmentOf(npTransactionId)])).status).toBe(200)
})

test('a hold that stays is not moved by a correction', async () => {
  const np = createNpTest()
  const { results } = await np.register([npOrder({}, { email: 'hold-re009-stays+a@example.jp' })])
  const again = await np.update([
    { npTransactionId: results[0]!.npTransactionId, customer: { address: '京都府京都市中京区9-9' } },
  ])
  expect(again.results[0]?.outcome).toEqual({ result: 'on_hold', holdReasons: ['RE009'] })
})

test('batch screening answers under review and decides about ten minutes later', async () => {
  const np = createNpTest({ settings: { screening: 'batch' } })
  const { results } = await np.register([npOrder()])
  expect(results[0]?.outcome).toEqual({ result: 'in_review' })
  const npTransactionId = results[0]!.npTransactionId
  expect((await np.ship([shipmentOf(npTransactionId)])).errors[0]?.codes).toEqual(['E0100121'])
  np.moveDays(13 / 1_440)
  const found = await np.find([{ npTransactionId }])
  expect(found.results[0]?.outcome).toEqual({ result: 'approved' })
  expect(found.results[0]?.decidedAt?.toISOString()).toMatch(/^2026-08-03T00:(08|09|10|11|12):00/)
})

describe('the usage limit', () => {
  const customer = { name: '佐藤 一', tel: '09012345678' }

  test('counts what is open over all shops, and is freed by a cancellation', async () => {
    const np = createNpTest()
    const first = await np.register([npOrder({ billedAmountYen: yen(30_000) }, customer)])
    const second = await np.register([npOrder({ billedAmountYen: yen(24_001) }, customer)], 'np-2')
    expect(second.results[0]?.outcome).toEqual({ result: 'rejected', ngReason: 'NG001' })
    await np.cancel([first.results[0]!.npTransactionId])
    const third = await np.register([npOrder({ billedAmountYen: yen(24_001) }, customer)], 'np-2')
    expect(third.results[0]?.outcome).toEqual({ result: 'approved' })
  })

  test('is eaten by a hold until it is cancelled', async () => {
    const np = createNpTest()
    const held = await np.register([
      npOrder({ billedAmountYen: yen(50_000) }, { ...customer, address: '京都府京都市' }),
    ])
    const other = () => np.register([npOrder({ billedAmountYen: yen(10_000) }, customer)])
    expect((await other()).results[0]?.outcome.result).toBe('rejected')
    await np.cancel([held.results[0]!.npTransactionId])
    expect((await other()).results[0]?.outcome.result).toBe('approved')
  })

  test('is the one in force on the day', async () => {
    const creditLimits = [
      { from: '2026-08-05', limitYen: 80_000 },
      { from: '2020-01-01', limitYen: 54_000 },
    ]
    const np = createNpTest({ settings: { creditLimits } })
    const order = () => np.register([npOrder({ billedAmountYen: yen(60_000) })])
    expect((await order()).results[0]?.outcome).toEqual({ result: 'rejected', ngReason: 'NG001' })
    np.moveDays(2)
    expect((await order()).results[0]?.outcome).toEqual({ result: 'approved' })
  })

  test('revolves: a payment that was reflected makes room', async () => {
    const np = createNpTest()
    const early = { ...customer, email: 'early+a@example.jp' }
    const first = await np.register([npOrder({ billedAmountYen: yen(54_000) }, early)])
    await np.ship([shipmentOf(first.results[0]!.npTransactionId)])
    const other = () => np.register([npOrder({ billedAmountYen: yen(9_000) }, customer)])
    expect((await other()).results[0]?.outcome.result).toBe('rejected')
    np.moveDays(25)
    expect((await other()).results[0]?.outcome.result).toBe('approved')
  })
})

test('chance holds and rejects a few, the same few every time', async () => {
  const outcomes = async () => {
    const np = createNpTest({
      settings: { seededOutcomes: true, creditLimits: [{ from: '2000-01-01', limitYen: 99_999_999 }] },
    })
    const rows = Array.from({ length: 1_000 }, (_, n) => npOrder({ shopTransactionId: `S-${n}` }))
    return (await np.register(rows)).results.map((row) => JSON.stringify(row.outcome))
  }
  const first = await outcomes()
  expect(await outcomes()).toEqual(first)
  const held = first.filter((outcome) => outcome.includes('on_hold')).length
  const rejected = first.filter((outcome) => outcome.includes('rejected')).length
  expect(held).toBeGreaterThan(5)
  expect(held).toBeLessThan(40)
  expect(rejected).toBeGreaterThan(3)
})
