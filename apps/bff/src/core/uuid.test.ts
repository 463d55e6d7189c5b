import { expect, test } from 'vitest'
import { uuidv7 } from './uuid.ts'

test('makes version 7 ids that sort by their time', () => {
  const ids = [1, 2, 3].map((second) => uuidv7(second * 1000))
  expect(ids.toSorted()).toEqual(ids)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('does not repeat within a millisecond', () => {
  const now = Date.now()
  expect(new Set(Array.from({ length: 1000 }, () => uuidv7(now))).size).toBe(1000)
})
