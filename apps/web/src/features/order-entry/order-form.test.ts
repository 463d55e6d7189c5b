import { describe, expect, test } from 'vitest'
import { orderInput } from '@choba/shared/contracts/orders.ts'
import { checkForm, firstFault } from './order-checks.ts'
import { digitsOf, emptyForm, emptyLine, type OrderForm, orderOf, readForm } from './order-form.ts'

const SHOP = '019aa000-0000-7000-8000-000000000011'
/** 09:00 in Tokyo. */
const NOW = new Date('2026-11-25T00:00:00Z')

const FORM: OrderForm = {
  ...emptyForm(SHOP, '2026-11-25'),
  orderNumber: ' ＴＥＬ-00001 ',
  shipOn: '2026-11-27',
  customer: {
    name: '山田 花子',
    kana: 'ヤマダ ハナコ',
    company: '',
    department: '',
    zip: '６０４ー０００１',
    address: '京都府京都市中京区道場町1-2',
    phone: '０７５−１２３−４５６７',
    email: 'hanako@example.jp',
  },
  lines: [
    { ...emptyLine('goods', '煎茶'), price: '２，１６０', quantity: '２', taxRate: '800' },
    { ...emptyLine('shipping', '送料'), price: '660' },
    { ...emptyLine('discount', '値引き'), price: '300' },
  ],
}

describe('an order that was keyed in', () => {
  test('is what the API takes, whatever width its numbers were typed in', () => {
    const order = orderOf(FORM, NOW)
    expect(orderInput.parse(order)).toEqual(order)
    expect(order).toMatchObject({
      orderNumber: 'TEL-00001',
      orderedAt: '2026-11-25T00:00:00.000Z',
      site: 'phone',
      amountYen: 4_320 + 660 - 300,
      customer: { zip: '604-0001', phone: '075-123-4567' },
      npPostpaid: { invoice: 'separate', shipOn: '2026-11-27' },
    })
    expect(order.goods.map((line) => [line.unitPriceYen, line.quantity, line.taxRateBp])).toEqual([
      [2_160, 2, 800],
      [660, 1, 1000],
      [-300, 1, 1000],
    ])
    expect(checkForm(FORM, {}, NOW)).toMatchObject({ errors: [], warnings: [], lines: [] })
  })

  test('of an earlier day was ordered at its noon', () => {
    expect(orderOf({ ...FORM, orderedOn: '2026-11-20' }, NOW).orderedAt).toBe('2026-11-20T12:00:00+09:00')
  })

  test('takes a discount away however its sign was typed', () => {
    for (const price of ['300', '-300', '−300', '▲300']) {
      const line = { ...emptyLine('discount', '値引き'), price }
      expect(orderOf({ ...FORM, lines: [line] }, NOW).amountYen).toBe(-300)
    }
  })

  test('names the line that cannot be reckoned, and not the sum that follows from it', () => {
    const lines = [{ ...emptyLine('goods', '茶'), price: '12.5', quantity: '0' }]
    const checks = checkForm({ ...FORM, lines }, {}, NOW)
    expect(checks.lines.map((fault) => [fault.field, fault.problem])).toEqual([
      ['lines.0.price', 'price_wrong'],
      ['lines.0.quantity', 'quantity_wrong'],
    ])
    expect(checks.errors).toEqual([])
    expect(firstFault(checks)).toBe('lines.0.price')
  })

  test('counts its faults by the lines of the form, also behind one that is unfinished', () => {
    const lines = [emptyLine('goods', '茶'), { ...emptyLine('goods', '急須🍵'), price: '100' }]
    expect(checkForm({ ...FORM, lines }, {}, NOW).of('goods.1.name')).toMatchObject([
      { problem: 'forbidden_characters', severity: 'warning' },
    ])
  })

  test('is the same after it was kept as a draft, and nothing is made of what is none', () => {
    const kept = readForm(JSON.parse(JSON.stringify(FORM)))
    expect(orderOf(kept as OrderForm, NOW)).toEqual(orderOf(FORM, NOW))
    for (const stored of [null, undefined, 7, 'x', {}, { shopId: '' }]) expect(readForm(stored)).toBeNull()
    expect(readForm({ shopId: SHOP, lines: 'x', customer: 7, invoice: 'pigeon', channel: 'smoke' })).toMatchObject({
      channel: 'phone',
      invoice: 'separate',
      customer: { name: '' },
      lines: [{ kind: 'goods' }],
    })
  })
})

test('digits are read with every kind of hyphen a Japanese keyboard makes', () => {
  for (const typed of ['090-1234-5678', '０９０ー１２３４ー５６７８', '090‐1234–5678', '(090) -1234-5678'])
    expect(digitsOf(typed)).toBe('090-1234-5678')
})
