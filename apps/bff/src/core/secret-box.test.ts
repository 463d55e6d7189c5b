import { expect, test } from 'vitest'
import { connectionContext, deriveKey, secretBox } from './secret-box.ts'

const box = secretBox('a secret that is long enough to be one')
const context = connectionContext('m1', 'c1')

test('opens what it sealed, and never seals the same way twice', () => {
  const [first, second] = [box.seal('鍵 hash key', context), box.seal('鍵 hash key', context)]
  expect(box.open(first, context)).toBe('鍵 hash key')
  expect(first).not.toBe(second)
  expect(first).not.toContain('hash')
})

test('refuses a box that was moved to another connection', () => {
  expect(() => box.open(box.seal('x', context), connectionContext('m1', 'c2'))).toThrow('unable to authenticate')
})

test('refuses a box sealed with another secret', () => {
  expect(() => box.open(secretBox('some other secret of the same length').seal('x', context), context)).toThrow(
    'unable to authenticate',
  )
})

test('refuses a box of which any one byte was changed', () => {
  const sealed = box.seal('hash key', context)
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (const index of bytes.keys()) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
    expect(() => box.open(`v1.${changed.toString('base64url')}`, context)).toThrow('unable to authenticate')
  }
})

test('refuses a box that is cut short or of an unknown version', () => {
  expect(() => box.open('v1.AAAA', context)).toThrow('cut short')
  expect(() => box.open(box.seal('x', context).replace('v1', 'v9'), context)).toThrow('unknown version')
})

test('derives another key for every purpose', () => {
  expect(deriveKey('secret', 'a')).not.toEqual(deriveKey('secret', 'b'))
})
