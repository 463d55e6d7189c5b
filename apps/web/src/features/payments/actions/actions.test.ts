import { describe, expect, test } from 'vitest'
import { checkAmount, checkSlip } from './check-input.ts'
import { outcomeOf, type Standing } from './outcome.ts'

const AUTHORIZED: Standing = { status: 'authorized', amountYen: 10_000, capturedYen: 0, refundedYen: 0 }
const CAPTURED: Standing = { status: 'captured', amountYen: 10_000, capturedYen: 10_000, refundedYen: 2_000 }

describe('what an action will have changed', () => {
  test('a partial capture books its amount only', () => {
    expect(outcomeOf('capture', 'card', AUTHORIZED, 7_000)).toEqual({
      ...AUTHORIZED,
      status: 'captured',
      capturedYen: 7_000,
    })
  })

  test('a partial refund leaves the status, the last one ends the payment', () => {
    expect(outcomeOf('refund', 'card', CAPTURED, 3_000)).toMatchObject({ status: 'captured', refundedYen: 5_000 })
    expect(outcomeOf('refund', 'card', CAPTURED, 8_000)).toMatchObject({ status: 'refunded', refundedYen: 10_000 })
  })

  test('cancelling a shipped NP payment gives the sale back', () => {
    expect(outcomeOf('cancel', 'np_postpaid', { ...CAPTURED, refundedYen: 0 }, undefined)).toMatchObject({
      status: 'cancelled',
      refundedYen: 10_000,
    })
  })

  test('nothing typed yet changes no amount', () => {
    expect(outcomeOf('refund', 'card', CAPTURED, undefined).refundedYen).toBe(2_000)
  })
})

describe('an amount', () => {
  test.each([
    ['', 'amount_missing'],
    ['12.5', 'amount_invalid'],
    ['0', 'amount_too_small'],
    ['-5', 'amount_too_small'],
    ['10,001', 'amount_too_large'],
    ['１０，０００', null],
    ['¥9,999', null],
  ])('%j is answered with %j', (text, complaint) => {
    expect(checkAmount(text, { most: 10_000 })).toBe(complaint)
  })

  test('a change to the same amount is no change', () => {
    expect(checkAmount('8000', { most: 10_000, not: 8_000 })).toBe('amount_same')
  })
})

describe('a slip number', () => {
  test.each([
    ['', 'slip_missing'],
    ['4567-8901-2345', null],
    ['４５６７８９０１', null],
    ['伝票1', 'slip_invalid'],
    ['123456789012345678901', 'slip_invalid'],
  ])('%j is answered with %j', (text, complaint) => {
    expect(checkSlip(text)).toBe(complaint)
  })
})
