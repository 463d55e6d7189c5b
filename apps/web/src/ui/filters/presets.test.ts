import { describe, expect, test } from 'vitest'
import { businessDate } from '@choba/shared/dates.ts'
import { DATE_PRESETS, presetOf, rangeOf } from './presets.ts'

const TODAY = businessDate('2026-03-01')

describe('date presets', () => {
  test('last month ends on its own last day', () => {
    expect(rangeOf('last_month', TODAY)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  })

  test('yesterday crosses the month', () => {
    expect(rangeOf('yesterday', TODAY)).toEqual({ from: '2026-02-28', to: '2026-02-28' })
  })

  test.each(DATE_PRESETS)('%s is recognised again from its days', (preset) => {
    expect(presetOf(rangeOf(preset, TODAY), TODAY)).toBe(preset)
  })

  test('other days are no preset', () => {
    expect(presetOf({ from: '2026-01-05', to: undefined }, TODAY)).toBeUndefined()
  })
})
