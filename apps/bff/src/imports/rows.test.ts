import { describe, expect, test } from 'vitest'
import { carrierRules } from './carrier-rules.ts'
import { readOrder } from './order-group.ts'
import { readSlip, type SlipContext, type SlipOrder } from './slip-row.ts'
import { readDay, readInstant } from './days.ts'
import { readTaxRate, readWholeNumber, valuesOf } from './values.ts'

const SHOP = '019aa000-0000-7000-8000-000000000011'
const ORDER = {
  orderNumber: 'A-1',
  orderedAt: '2026/11/5 9:05',
  amountYen: '￥3,300',
  customerName: '山田 花子',
  customerZip: '〒100-0001',
  customerAddress: '東京都',
  customerAddress2: '千代田区千代田1-1',
  customerPhone: '０３−１２３４−５６７８',
  customerEmail: 'hanako@example.jp',
  goodsName1: '煎茶',
  goodsPriceYen1: '1,080',
  goodsQuantity1: '2',
  goodsTaxRate1: '8%',
  goodsName2: '急須',
  goodsPriceYen2: '990',
  shippingYen: '550',
  discountYen: '400',
}

describe('a value as carts and spreadsheets write it', () => {
  test('loses what a spreadsheet put around it, and gives way to its correction', () => {
    expect(valuesOf(['="0123"', " '-5", 'x'], { a: 0, b: 1, c: 2, d: 9 }, { c: ' y ' })).toEqual({
      a: '0123',
      b: '-5',
      c: 'y',
      d: '',
    })
  })

  test.each([
    ['１，１００円', 1100],
    ['-500', -500],
    ['1100.0', 1100],
    ['1100.5', undefined],
    ['¥1,234', 1234],
    ['￥１２，３４５－', undefined],
    ['▲1,000', -1000],
    ['(500)', -500],
    ['1E+05', undefined],
    ['1.0E5', undefined],
    ['千円', undefined],
  ])('%j is the whole number %j', (text, number) => {
    expect(readWholeNumber(text)).toBe(number)
  })

  test.each([
    ['2026/1/5', '2026-01-05'],
    ['20261105', '2026-11-05'],
    ['2026年11月5日', '2026-11-05'],
    ['2026-02-30', undefined],
    ['２０２６／１１／２３', '2026-11-23'],
    ['2026/11/23（月）', '2026-11-23'],
    ['R8.11.23', '2026-11-23'],
    ['令和８年１１月２３日', '2026-11-23'],
    ['令和元年5月1日', '2019-05-01'],
    ['令和元年4月30日', undefined],
    ['H31.4.30', '2019-04-30'],
    ['平成31年5月1日', undefined],
    ['S64/1/7', '1989-01-07'],
    ['T15.1.1', undefined],
    ['R8.2.31', undefined],
    ['46349', '2026-11-23'],
    ['12345', undefined],
    ['11/23/2026', undefined],
    ['11/5', undefined],
  ])('%j is the day %j', (text, day) => {
    expect(readDay(text)).toBe(day)
  })

  test('a day with its month first is read so only where the file is said to be', () => {
    expect([readDay('11/23/2026', 'mdy'), readDay('23/11/2026', 'dmy'), readDay('23/11/2026', 'mdy')]).toEqual([
      '2026-11-23',
      '2026-11-23',
      undefined,
    ])
  })

  test.each([
    ['2026/11/23 14:05', '2026-11-23T05:05:00.000Z'],
    ['20261123140507', '2026-11-23T05:05:07.000Z'],
    ['令和8年11月23日 午後2時5分', '2026-11-23T05:05:00.000Z'],
    ['2026年11月23日 14時05分', '2026-11-23T05:05:00.000Z'],
    ['46349.5868', '2026-11-23T05:05:00.000Z'],
    ['2026/11/23 25:05', undefined],
    ['2026/11/23 いつか', undefined],
  ])('%j is the instant %j', (text, instant) => {
    expect(
      readInstant(text)
        ?.toISOString()
        .replace(/:\d\d\.000Z$/, ':00.000Z'),
    ).toBe(instant?.replace(/:\d\d\.000Z$/, ':00.000Z'))
  })

  test('a time of the day is Tokyo’s, an instant is its own', () => {
    expect(readInstant('2026/11/05 09:05')?.toISOString()).toBe('2026-11-05T00:05:00.000Z')
    expect(readInstant('2026-11-05T09:05:00Z')?.toISOString()).toBe('2026-11-05T09:05:00.000Z')
    expect(readInstant('2026/11/05 25:00')).toBeUndefined()
  })

  test.each([
    ['', 1000],
    ['8％', 800],
    ['軽減', 800],
    ['0.1', 1000],
    ['0.08', 800],
    ['非課税', 0],
    ['八', undefined],
  ])('%j is a tax rate of %j basis points', (text, rate) => {
    expect(readTaxRate(text)).toBe(rate)
  })
})

describe('an order of a file', () => {
  test('is read with its goods side by side, and what carts keep apart becomes a line of goods', () => {
    const { order, faults } = readOrder(SHOP, [ORDER])
    expect(faults).toEqual([[]])
    expect(order).toMatchObject({
      orderedAt: '2026-11-05T00:05:00.000Z',
      amountYen: 3300,
      site: 'pc',
      customer: { zip: '100-0001', address: '東京都千代田区千代田1-1', phone: '03-1234-5678' },
      goods: [
        { name: '煎茶', unitPriceYen: 1080, quantity: 2, taxRateBp: 800 },
        { name: '急須', unitPriceYen: 990, quantity: 1, taxRateBp: 1000 },
        { name: '送料', unitPriceYen: 550 },
        { name: '値引き', unitPriceYen: -400 },
      ],
    })
  })

  test.each([
    [{ site: '電話注文' }, { site: 'phone' }],
    [{ site: 'ＦＡＸ注文' }, { site: 'fax' }],
    [{ invoice: '同梱', shipOn: '2026/11/30' }, { npPostpaid: { invoice: 'bundled', shipOn: '2026-11-30' } }],
  ])('takes %j', (change, part) => {
    expect(readOrder(SHOP, [{ ...ORDER, ...change }]).order).toMatchObject(part)
  })

  test.each([
    [{ orderNumber: '注文1' }, ['orderNumber', 'order_number_characters']],
    [{ amountYen: '99000' }, ['amountYen', 'goods_total']],
    [{ customerZip: '060-0001' }, ['customerZip', 'zip_address_mismatch']],
    [{ site: '店頭' }, ['site', 'unknown_site']],
    [{ invoice: '手渡し' }, ['invoice', 'unknown_invoice']],
    [{ goodsQuantity1: '0' }, ['goodsQuantity1', 'not_a_quantity']],
    [{ shippingYen: '無料' }, ['shippingYen', 'not_whole_yen']],
  ])('is stopped by %j', (change, fault) => {
    const { order, faults } = readOrder(SHOP, [{ ...ORDER, ...change }])
    expect(order).toBeUndefined()
    expect(faults[0]?.map(({ field, code }) => [field, code])).toContainEqual(fault)
  })

  test('with its invoice in the parcel must be delivered to the buyer', () => {
    const elsewhere = {
      deliveryName: '森',
      deliveryZip: '1000001',
      deliveryAddress: '東京都千代田区1',
      deliveryPhone: '0312345678',
    }
    const { faults } = readOrder(SHOP, [{ ...ORDER, ...elsewhere, invoice: '同梱' }])
    expect(faults[0]?.map(({ code }) => code)).toEqual(['bundled_elsewhere'])
  })
})

describe('a slip number of a file', () => {
  const order: SlipOrder = { paymentId: 'p', method: 'np_postpaid', bundled: false, printed: false, refusal: null }
  const context: SlipContext = {
    order,
    carriers: carrierRules({ mapping: [], permits: [] }),
    carrierCode: '59010',
    headLine: null,
    sameSlipLines: [],
    usedBy: null,
  }
  const values = { orderNumber: 'A-1', slipNumber: '4000-0000-0011' }
  function codes(given: Record<string, string>, change: Partial<SlipContext> = {}): string[] {
    return readSlip({ ...values, ...given }, { ...context, ...change }).faults.map((fault) => fault.code)
  }

  test('is reported under the carrier of its row, by code, by name, or by the file’s', () => {
    expect(readSlip(values, context).report).toMatchObject({ carrierCode: '59010', slipNumber: '4000-0000-0011' })
    expect(readSlip({ ...values, carrier: '佐川急便' }, context).report?.carrierCode).toBe('50000')
    expect(readSlip({ ...values, carrier: '５００００' }, context).report?.carrierCode).toBe('50000')
    expect(codes({}, { carrierCode: null })).toEqual(['carrier_missing'])
    expect(codes({ carrier: '12345' })).toEqual(['carrier_unknown'])
  })

  test('needs the day its bundled invoice was printed unless it was printed here, and takes none for a separate one', () => {
    const bundled = { order: { ...order, bundled: true } }
    expect(codes({}, bundled)).toEqual(['bill_day_missing'])
    expect(codes({}, { order: { ...order, bundled: true, printed: true } })).toEqual([])
    const { report } = readSlip({ ...values, billIssuedOn: '2026/11/25' }, { ...context, ...bundled })
    expect(report?.billIssuedOn).toBe('2026-11-25')
    expect(codes({ billIssuedOn: '2026/11/25' })).toEqual(['bill_day_not_wanted'])
  })

  test.each([
    [{ slipNumber: '' }, 'missing'],
    [{ slipNumber: '伝票' }, 'slip_malformed'],
    [{ slipNumber: '4.00E+11' }, 'slip_rounded'],
    [{ slipNumber: '123' }, 'slip_unlike_carrier'],
    [{ shippedOn: 'きのう' }, 'not_a_day'],
  ])('%j is told as %s', (given, code) => {
    expect(codes(given)).toEqual([code])
  })

  test('is refused for orders that are not NP’s, unknown, or not to be shipped', () => {
    expect(codes({}, { order: { ...order, method: 'card' } })).toEqual(['order_not_np'])
    expect(codes({}, { order: undefined })).toEqual(['order_unknown'])
    expect(codes({}, { order: { ...order, refusal: 'already_shipped' } })).toEqual(['already_shipped'])
  })
})
