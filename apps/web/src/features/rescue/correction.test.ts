import { describe, expect, test } from 'vitest'
import type { RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { changesOf, checkOrder, fieldsToCorrect, textOf } from './correction.ts'
import { mailAddress } from './mail-address.ts'

const CUSTOMER = {
  name: '山田 太郎',
  kana: 'ヤマダ タロウ',
  company: '',
  department: '',
  zip: '100-0001',
  address: '東京都千代田区千代田1-1',
  phone: '03-1234-5678',
  email: 'taro@example.jp',
}
const SHEET = {
  payment: { id: 'p', shopId: 's', orderNumber: 'A-1', amountYen: 5_500 },
  invoice: 'separate',
  customer: CUSTOMER,
  delivery: null,
  goods: [{ name: '煎茶', unitPriceYen: 5_500, quantity: 1, taxRateBp: 800 }],
} as unknown as RescueSheet

describe('what is sent', () => {
  test('nothing, while nothing says something else', () => {
    expect(changesOf(textOf(SHEET), SHEET)).toEqual({ correction: undefined, amountYen: undefined })
  })

  test('the customer whole, with numbers in half-width digits', () => {
    const text = textOf(SHEET)
    const changed = {
      ...text,
      customer: { ...text.customer, phone: '０３－９８７６－５４３２ ', address: ' 東京都千代田区千代田1-1-201 ' },
    }
    expect(changesOf(changed, SHEET)).toEqual({
      correction: { customer: { ...CUSTOMER, phone: '03-9876-5432', address: '東京都千代田区千代田1-1-201' } },
      amountYen: undefined,
    })
  })

  test('a delivery address without an e-mail, or none where the goods go to the customer', () => {
    const text = { ...textOf(SHEET), delivery: { ...CUSTOMER, name: '山田 花子' } }
    const { email: _, ...recipient } = { ...CUSTOMER, name: '山田 花子' }
    expect(changesOf(text, SHEET).correction).toEqual({ delivery: recipient })
    const there = { ...SHEET, delivery: recipient }
    expect(changesOf({ ...textOf(there), delivery: null }, there).correction).toEqual({ delivery: null })
  })

  test('goods and amount, read as a person types them', () => {
    const text = textOf(SHEET)
    const changed = { ...text, amount: '６，０００', lines: text.lines.map((line) => ({ ...line, price: '¥6,000' })) }
    expect(changesOf(changed, SHEET)).toEqual({
      correction: { goods: [{ name: '煎茶', unitPriceYen: 6_000, quantity: 1, taxRateBp: 800 }] },
      amountYen: 6_000,
    })
  })
})

describe('what is held back', () => {
  test('a field NP would refuse, by its path', () => {
    const text = textOf(SHEET)
    const faults = checkOrder({ ...text, customer: { ...text.customer, phone: '03-1234' } }, SHEET, {})
    expect(faults.map((fault) => [fault.field, fault.problem])).toEqual([['customer.phone', 'phone_digits']])
  })

  test('a number that is none, and goods too far from the amount', () => {
    const text = textOf(SHEET)
    const lines = text.lines.map((line) => ({ ...line, quantity: '一' }))
    expect(checkOrder({ ...text, lines }, SHEET, {}).map((fault) => fault.field)).toContain('goods.0.quantity')
    expect(checkOrder({ ...text, amount: '9000' }, SHEET, {}).map((fault) => fault.problem)).toEqual(['goods_total'])
  })
})

describe('where one begins', () => {
  test('with what NP names, then with what our own checks find', () => {
    const text = textOf(SHEET)
    const faults = checkOrder({ ...text, customer: { ...text.customer, email: '' } }, SHEET, {})
    expect(fieldsToCorrect(['RE009'], faults, false)).toEqual([
      'customer.address',
      'customer.company',
      'customer.email',
    ])
  })

  test('a delivery at fault is the customer’s address where the goods go there', () => {
    expect(fieldsToCorrect(['RE015', 'RE023'], [], false)).toEqual([
      'customer.address',
      'customer.company',
      'customer.phone',
    ])
    expect(fieldsToCorrect(['RE015'], [], true)).toEqual(['delivery.address', 'delivery.company'])
  })

  test('with nothing for a reason that names no field', () => {
    expect(fieldsToCorrect(['RE026'], [], true)).toEqual([])
  })
})

test('a mail is addressed with its line breaks as mail programs want them', () => {
  expect(mailAddress('taro+x@example.jp', '件名 & 1', 'a\nb')).toBe(
    'mailto:taro%2Bx@example.jp?subject=%E4%BB%B6%E5%90%8D%20%26%201&body=a%0D%0Ab',
  )
})
