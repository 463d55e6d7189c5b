import '@choba/shared/labels/all.ts'
import { expect, test } from 'vitest'
import type { RecordItem } from '@choba/shared/contracts/order-record.ts'
import { recordCsv } from './record-file.ts'
import { recordMore, recordText } from './record-words.ts'

const ITEM: RecordItem = {
  id: '1',
  kind: 'note',
  at: '2026-11-28T15:00:00.000Z',
  isDay: false,
  paymentId: 'p',
  code: 'written',
  state: null,
  amountYen: null,
  actor: { kind: 'person', name: '佐藤' },
  data: { body: '=1+1' },
}

test('a cell that a spreadsheet would calculate is marked, and one with a comma is quoted', () => {
  const csv = recordCsv([ITEM, { ...ITEM, data: { body: 'a, "b"' } }], 'ja')
  expect(csv).toContain(",'=1+1,")
  expect(csv).toContain('"a, ""b"""')
  expect(csv.startsWith('\uFEFF日時,種類,')).toBe(true)
})

test('what is booked stands with both its sides, and a day says no hour', () => {
  const entry: RecordItem = {
    ...ITEM,
    kind: 'posting',
    isDay: true,
    code: 'capture',
    amountYen: 1100,
    data: {
      lines: [
        { account: 'receivable:card', yen: 1100 },
        { account: 'sales', yen: -1100 },
      ],
    },
  }
  expect(recordMore(entry, 'ja')).toEqual(['借方 売掛金 1,100', expect.stringMatching(/^貸方 .*1,100$/)])
  expect(recordCsv([entry], 'ja').split('\r\n')[1]).toMatch(/^2026\/11\/29,仕訳,/)
})

test('a shipment names its carrier and slip', () => {
  const shipment: RecordItem = { ...ITEM, kind: 'shipment', code: '11', data: { slipNumber: '1234' } }
  expect(recordText(shipment, 'en')).toMatch(/^Shipped with .+ \(slip 1234\)$/)
})
