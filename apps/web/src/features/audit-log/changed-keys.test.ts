import { expect, test } from 'vitest'
import { changedKeys } from './changed-keys.ts'

test('what did not change is left out, and what did stands in words', () => {
  const before = { role: 'staff', isActive: true, amountYen: 1000, shopIds: [] }
  const after = { role: 'admin', isActive: true, amountYen: 2500, shopIds: ['a', 'b'] }
  expect(changedKeys(before, after, 'ja')).toEqual([
    { key: '役割', before: '店舗スタッフ', after: '管理者' },
    { key: '金額', before: '1,000', after: '2,500' },
    { key: '店舗のID', before: '–', after: 'a\nb' },
  ])
})

test('what holds names of its own is a line for each, and what has no word stands as it is', () => {
  expect(changedKeys(null, { settings: { name: '本店', oddity: false } }, 'en')).toEqual([
    { key: 'Settings', before: '–', after: 'Name: 本店\noddity: No' },
  ])
})

test('a state that is one value is one line without a name', () => {
  expect(changedKeys('a', 'b', 'ja')).toEqual([{ key: '–', before: 'a', after: 'b' }])
  expect(changedKeys({ a: 1 }, { a: 1 }, 'ja')).toEqual([])
})
