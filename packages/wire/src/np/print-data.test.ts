import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { expect, test } from 'vitest'
import { encodeAnswer } from './answers.ts'
import {
  decodePrintData,
  dueDayOf,
  gs1CheckDigit,
  type NpPrintData,
  printDataToWire,
  storePaymentNumber,
} from './print-data.ts'

const PAYMENT = {
  collector: '912345',
  bill: '26112500001',
  reissues: 0,
  dueOn: businessDate('2026-12-09'),
  amountYen: yen(11_000),
}

test('a store payment number is 44 digits: AI, collector, bill, reissues, due date, stamp, amount, check digit', () => {
  expect(storePaymentNumber(PAYMENT)).toMatch(/^91912345000000000026112500001026120900110000?\d$/)
  expect(storePaymentNumber(PAYMENT)).toHaveLength(44)
  expect(storePaymentNumber({ ...PAYMENT, amountYen: yen(50_000) })?.slice(36)).toMatch(/^1050000\d$/)
})

test('no store takes more than 300,000 yen', () => {
  expect(storePaymentNumber({ ...PAYMENT, amountYen: yen(300_000) })).toBeDefined()
  expect(storePaymentNumber({ ...PAYMENT, amountYen: yen(300_001) })).toBeUndefined()
})

test('check digits are those of printed GS1 numbers', () => {
  // An EAN-13, a GTIN-14 and an SSCC as GS1's own guides print them.
  expect(gs1CheckDigit('629104150021')).toBe('3')
  expect(gs1CheckDigit('0950600013435')).toBe('2')
  expect(gs1CheckDigit('37610425002123456')).toBe('9')
})

test('print data read back as they were written, with and without a bar code', () => {
  const data: NpPrintData = {
    npTransactionId: '26112500001',
    shopTransactionId: 'A-1',
    billedAmountYen: yen(11_000),
    issuedOn: businessDate('2026-11-25'),
    dueOn: dueDayOf(businessDate('2026-11-25')),
    inquiryNumber: 'akt000026112500001',
    bank: { bank: '銀行', branch: '支店', type: '普通', number: '1234567', holder: 'ニ)ﾎﾝ' },
  }
  for (const each of [data, { ...data, storePaymentNumber: storePaymentNumber(PAYMENT) }]) {
    const { status, body } = encodeAnswer([printDataToWire(each)], [])
    expect(decodePrintData(status, body)).toEqual({ kind: 'answered', results: [each], errors: [] })
  }
})
