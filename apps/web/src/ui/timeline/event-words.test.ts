import { expect, test } from 'vitest'
import { eventCodes, eventWords } from './event-words.ts'

test('a capture says its amount', () => {
  expect(eventWords({ type: 'captured', data: { amountYen: 12800 } }, 'ja')).toBe('売上を確定しました（12,800円）')
})

test('a slip names its store and due date', () => {
  expect(eventWords({ type: 'slip_issued', data: { store: '016', payBy: '2026-12-01' } }, 'en')).toBe(
    'Payment slip issued (FamilyMart, due 2026-12-01)',
  )
})

test('a hold brings its codes along', () => {
  expect(eventCodes({ data: { result: 'on_hold', reasons: ['RE009', 'RE014'] } })).toEqual(['RE009', 'RE014'])
})

test('an event nobody has named yet is shown by its type', () => {
  expect(eventWords({ type: 'teleported', data: {} }, 'ja')).toBe('teleported')
})
