import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultWords } from './fault-words.ts'
import { LANGUAGES } from '../labels/labels.ts'
import { npOrderErrors, npOrderFaults, ORDER_PROBLEMS, type OrderFault, type OrderToCheck } from './np-order.ts'
import { FULL_WIDTH_MAX, fullWidthLength, toFullWidth } from './np-limits.ts'
import { PERSON_PROBLEMS } from './np-person.ts'

const PERSON = {
  name: '山田 花子',
  kana: 'ヤマダ ハナコ',
  company: '',
  zip: '604-0001',
  address: '京都府京都市中京区道場町1-2',
  phone: '075-123-4567',
}
const ORDER: OrderToCheck = {
  orderNumber: 'TEL-0001',
  amountYen: 5_400,
  customer: { ...PERSON, email: 'hanako@example.jp' },
  delivery: null,
  goods: [{ name: '煎茶', unitPriceYen: 2_700, quantity: 2 }],
}

function faultsOf(change: Partial<OrderToCheck>): [string, string, string | null, string][] {
  return npOrderFaults({ ...ORDER, ...change }).map((fault) => [fault.field, fault.problem, fault.code, fault.severity])
}

function ofCustomer(change: Partial<OrderToCheck['customer']>): ReturnType<typeof faultsOf> {
  return faultsOf({ customer: { ...ORDER.customer, ...change } })
}

const SAMPLES: readonly (readonly [string, ReturnType<typeof faultsOf>, ReturnType<typeof faultsOf>])[] = [
  [
    'a name of 22 characters',
    ofCustomer({ name: '茶'.repeat(22) }),
    [['customer.name', 'too_long', 'E0100050', 'error']],
  ],
  ['an emoji', ofCustomer({ name: '山田🍵' }), [['customer.name', 'forbidden_characters', 'E0100049', 'error']]],
  ['kanji as kana', ofCustomer({ kana: '山田' }), [['customer.kana', 'not_kana', 'E0100052', 'error']]],
  ['a short postal code', ofCustomer({ zip: '604-001' }), [['customer.zip', 'zip_format', 'E0100136', 'error']]],
  [
    'a postal code of another prefecture',
    ofCustomer({ zip: '530-0001' }),
    [['customer.zip', 'zip_address_mismatch', 'E0100059', 'error']],
  ],
  [
    'a mobile number of ten digits',
    ofCustomer({ phone: '090-123-4567' }),
    [['customer.phone', 'phone_digits', 'E0100066', 'error']],
  ],
  [
    'a fixed-line number of eleven digits',
    ofCustomer({ phone: '075-1234-5678' }),
    [['customer.phone', 'phone_digits', 'E0100067', 'error']],
  ],
  ['no e-mail address', ofCustomer({ email: '' }), [['customer.email', 'missing', 'E0100068', 'error']]],
  [
    'an address without a number',
    ofCustomer({ address: '京都府京都市中京区道場町' }),
    [['customer.address', 'address_without_number', null, 'warning']],
  ],
  [
    'a post office to be called at',
    ofCustomer({ address: '京都府京都市中京区1 中京郵便局留' }),
    [['customer.address', 'address_not_home', null, 'warning']],
  ],
  ['no goods', faultsOf({ goods: [] }), [['goods', 'goods_missing', null, 'error']]],
  [
    'an amount of nothing',
    faultsOf({ amountYen: 0, goods: [{ name: '値引', unitPriceYen: 0, quantity: 1 }] }),
    [['amountYen', 'amount_not_positive', null, 'error']],
  ],
  [
    'a sum 3,001 yen beside the amount',
    faultsOf({ amountYen: 8_401 }),
    [['amountYen', 'goods_total', 'E0102004', 'error']],
  ],
  [
    'a bundled invoice to another address',
    faultsOf({ delivery: PERSON, npPostpaid: { invoice: 'bundled' } }),
    [['delivery', 'bundled_elsewhere', null, 'error']],
  ],
  [
    'the same faults of the delivery address under its own codes',
    faultsOf({ delivery: { ...PERSON, name: '', zip: '1' } }),
    [
      ['delivery.name', 'missing', 'E0100072', 'error'],
      ['delivery.zip', 'zip_format', 'E0100137', 'error'],
    ],
  ],
]

describe('an order before it is sent to NP', () => {
  test('is clean when everything fits, to the last yen of difference', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ amountYen: 8_400 })).toEqual([])
    expect(faultsOf({ delivery: PERSON })).toEqual([])
  })

  test.for(SAMPLES)('names the field and the code for %s', ([, found, expected]) => {
    expect(found).toEqual(expected)
  })

  test('says which character stands at which place', () => {
    const [fault] = npOrderFaults({ ...ORDER, customer: { ...ORDER.customer, name: '𠮷田🍵' } })
    expect(fault?.params).toEqual({ characters: '𠮷 🍵', place: 1 })
    expect(faultWords('ja', fault as OrderFault)).toContain('ご購入者のお名前の1文字目')
  })

  test('takes what Japanese names and addresses are really written with', () => {
    for (const name of ['髙﨑 一郎', '山﨑①', 'ﾔﾏﾀﾞ', '渡邉～－', '〜−', '㈱茶舗'])
      expect([name, ofCustomer({ name })]).toEqual([name, []])
  })

  test('warns, and does not refuse, when the postal code table knows another place or none', () => {
    const places = { customer: [{ prefecture: '京都府', city: '京都市北区', town: '上賀茂' }] }
    expect(npOrderFaults(ORDER, places)).toMatchObject([{ problem: 'zip_city_mismatch', severity: 'warning' }])
    expect(npOrderFaults(ORDER, { customer: [] })).toMatchObject([{ problem: 'zip_unknown', severity: 'warning' }])
    expect(npOrderErrors(ORDER, { customer: [] })).toEqual([])
    const rural = { ...ORDER, customer: { ...ORDER.customer, zip: '498-0811', address: '三重県木曽岬町加路戸1' } }
    expect(npOrderFaults(rural, { customer: [{ prefecture: '三重県', city: '桑名郡木曽岬町', town: '' }] })).toEqual([])
  })

  test('refuses exactly what is longer than the limit after the conversion to full width', () => {
    const text = fc.string({ unit: fc.constantFrom('茶', 'ｶﾞ', 'a', '-', 'ア', ' '), minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(text, (name) => {
        const isRefused = ofCustomer({ name }).some(([, problem]) => problem === 'too_long')
        expect(isRefused).toBe(fullWidthLength(name) > FULL_WIDTH_MAX.name)
        expect([...toFullWidth(name)]).toHaveLength(fullWidthLength(name))
      }),
    )
  })

  test('takes a telephone number by its digits, wherever its hyphens stand', () => {
    const prefixes = fc.constantFrom('020', '050', '060', '070', '080', '090', '03', '011', '0997')
    const numbers = fc.tuple(prefixes, fc.integer({ min: 5, max: 9 }), fc.nat(999_999_999))
    fc.assert(
      fc.property(numbers, fc.integer({ min: 2, max: 7 }), ([prefix, length, rest], at) => {
        const digits = prefix + String(rest).padStart(9, '1').slice(0, length)
        const isRight = digits.length === (/^0[256789]0/.test(prefix) ? 11 : 10)
        const written = `${digits.slice(0, at)}-${digits.slice(at)}`
        expect([written, ofCustomer({ phone: written }).length === 0]).toEqual([written, isRight])
        expect(ofCustomer({ phone: digits }).length === 0).toBe(isRight)
      }),
    )
  })

  test('has words in both languages for everything it can say, with every place filled', () => {
    const params = { max: 1, length: 1, characters: '🍵', place: 1, expected: 'あ', named: 'い', digits: 1, word: 'う' }
    const all = { ...params, totalYen: 1, amountYen: 1 }
    for (const problem of [...ORDER_PROBLEMS, ...PERSON_PROBLEMS])
      for (const language of LANGUAGES) {
        const words = faultWords(language, { field: 'customer.zip', problem, params: all })
        expect(words).not.toBe(problem)
        expect(words).not.toMatch(/[{}]/)
      }
  })
})
