import { describe, expect, test } from 'vitest'
import type { MonthAnswer } from '@choba/shared/contracts/subscription-outlook.ts'
import { figuresOf, percentOf } from './month-figures.ts'

const NONE = { part: 0, whole: 0 }
const MONTH: MonthAnswer = {
  month: '2026-12',
  today: '2026-12-10',
  planned: { count: 2, amountYen: 7_000 },
  states: [
    { state: 'charged', count: 3, amountYen: 9_000 },
    { state: 'skipped', count: 1, amountYen: 3_000 },
    { state: 'held', count: 1, amountYen: 4_000 },
  ],
  outlook: [
    {
      method: 'np_postpaid',
      open: 3,
      openYen: 11_000,
      approved: { part: 9, whole: 10 },
      expected: 2,
      expectedYen: 9_900,
    },
    { method: 'card', open: 0, openYen: 0, approved: NONE, expected: null, expectedYen: null },
  ],
  churn: NONE,
  failure: NONE,
  recovery: NONE,
}

describe('a month of subscriptions', () => {
  test('charges what is made up and planned, without what was left out', () => {
    expect(figuresOf(MONTH)).toEqual({
      willCharge: { count: 6, amountYen: 20_000 },
      expected: { count: 2, amountYen: 9_900 },
      atRisk: { count: 1, amountYen: 4_000 },
    })
  })

  test('expects nothing where a method with open cycles has no record', () => {
    const outlook = MONTH.outlook.map((line) => (line.method === 'card' ? { ...line, open: 1, openYen: 500 } : line))
    expect(figuresOf({ ...MONTH, outlook }).expected).toEqual({ count: null, amountYen: null })
  })

  test('rates are rounded down, and a rate of nothing is none', () => {
    expect([percentOf({ part: 2, whole: 3 }), percentOf({ part: 1_999, whole: 2_000 }), percentOf(NONE)]).toEqual([
      '66.6%',
      '99.9%',
      undefined,
    ])
  })
})
