import { expect, test } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findGaps, findUnnamed } from './audit-walk.ts'

function made(contract: string, isAudited: boolean) {
  return { contract, isAudited }
}

test('a change that no test makes, or that never stands in the log, is a gap', () => {
  expect(findGaps([made('shop.add', true)], ['shop.add', 'shop.change'])).toEqual(['shop.change is made by no test'])
  expect(findGaps([made('shop.add', false)], ['shop.add'])).toEqual(['shop.add does not stand in the audit log'])
})

test('a repeat that changes nothing is no gap beside the change that did', () => {
  expect(findGaps([made('shop.add', true), made('shop.add', false)], ['shop.add'])).toEqual([])
})

test('an exception that is audited after all is taken out', () => {
  const changes = ['preferences.set']
  expect(findGaps([made('preferences.set', false)], changes)).toEqual([])
  expect(findGaps([made('preferences.set', true)], changes)).toEqual([
    'preferences.set is audited: take it out of the exceptions',
  ])
})

test('a name that entries use and a language has no word for is a gap', () => {
  const folder = mkdtempSync(join(tmpdir(), 'walk-'))
  try {
    writeFileSync(join(folder, '1.jsonl.fields'), 'amountYen\noddity\namountYen\n')
    expect(findUnnamed(folder, [{ amountYen: '金額', oddity: '変' }, { amountYen: 'Amount' }])).toEqual([
      'oddity stands in entries, and has no word in audit_field',
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
