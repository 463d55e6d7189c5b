import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PAYMENT_ACTIONS } from './payment.ts'
import { givenUpYen, HOLDABLE_ACTIONS, NO_RULES, type SafetyVerdict, safetyVerdict } from './safety.ts'

const PAYMENT = { amountYen: 10_000, capturedYen: 10_000, refundedYen: 2_000 }
const amount = fc.integer({ min: 1, max: 9_999_999 })
const action = fc.constantFrom(...PAYMENT_ACTIONS)

test.each([
  ['refund', 3_000, 3_000],
  ['refund', null, 8_000],
  ['cancel', null, 8_000],
  ['change_amount', 7_500, 2_500],
  ['change_amount', 12_000, 0],
  ['capture', null, 0],
  ['report_shipment', null, 0],
] as const)('%s of %s gives up %s yen', (kind, amountYen, givesUp) => {
  expect(givenUpYen(kind, PAYMENT, amountYen)).toBe(givesUp)
})

test('a cancelled claim that was never captured is given up whole', () => {
  expect(givenUpYen('cancel', { amountYen: 10_000, capturedYen: 0, refundedYen: 0 }, null)).toBe(10_000)
})

test('without rules everything is sent at once', () => {
  fc.assert(
    fc.property(action, amount, (kind, yen) => {
      expect(safetyVerdict(NO_RULES, kind, yen)).toBe('send')
    }),
  )
})

const ORDER: readonly SafetyVerdict[] = ['send', 'hold', 'ask', 'refuse']

test('more yen are never easier to give up than fewer', () => {
  const rules = fc.record({
    ceilingYen: fc.option(amount),
    secondPersonFromYen: fc.option(amount),
    holdSeconds: fc.constantFrom(0, 30),
    holdActions: fc.subarray([...HOLDABLE_ACTIONS]),
  })
  fc.assert(
    fc.property(rules, action, amount, amount, (settled, kind, a, b) => {
      const [few, many] = [Math.min(a, b), Math.max(a, b)].map((yen) => safetyVerdict(settled, kind, yen))
      expect(ORDER.indexOf(many as SafetyVerdict)).toBeGreaterThanOrEqual(ORDER.indexOf(few as SafetyVerdict))
    }),
  )
})

test('what gives up nothing needs nobody, whatever is settled', () => {
  const strict = { ceilingYen: 1, secondPersonFromYen: 1, holdSeconds: 0, holdActions: [] }
  fc.assert(
    fc.property(action, (kind) => {
      expect(safetyVerdict(strict, kind, 0)).toBe('send')
    }),
  )
})

test('above the ceiling another person is asked, where the merchant has one asked at all', () => {
  const rules = { ...NO_RULES, ceilingYen: 5_000 }
  expect(safetyVerdict(rules, 'refund', 5_000)).toBe('send')
  expect(safetyVerdict(rules, 'refund', 5_001)).toBe('refuse')
  expect(safetyVerdict({ ...rules, secondPersonFromYen: 50_000 }, 'refund', 5_001)).toBe('ask')
})
