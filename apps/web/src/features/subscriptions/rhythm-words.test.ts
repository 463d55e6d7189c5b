import '@choba/shared/labels/all.ts'
import { describe, expect, test } from 'vitest'
import { rhythmWords } from './rhythm-words.ts'

describe('the rhythm in words', () => {
  test.each([
    ['month', 1, 31, '毎月末日', 'Monthly, on the last day'],
    ['month', 1, 30, '毎月30日（ない月は末日）', 'Monthly, on day 30 (last day of shorter months)'],
    ['month', 3, 15, '3か月ごと 15日', 'Every 3 months, on day 15'],
    ['week', 2, null, '2週間ごと', 'Every 2 weeks'],
    ['day', 1, null, '毎日', 'Daily'],
  ] as const)('%s %i %s', (unit, every, day, ja, en) => {
    expect(rhythmWords('ja', { unit, every, day })).toBe(ja)
    expect(rhythmWords('en', { unit, every, day })).toBe(en)
  })
})
