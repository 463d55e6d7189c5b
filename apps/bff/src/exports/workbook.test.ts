/** A workbook read back by its XML: what Excel would show. */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { unzip } from '../testing/archive.ts'
import type { ExportColumn } from './csv-sql.ts'
import { workbook } from './workbook.ts'

const COLUMNS: ExportColumn[] = [
  { id: 'orderNumber', kind: 'id', header: '注文番号' },
  { id: 'amountYen', kind: 'yen', header: '金額（円）' },
  { id: 'capturedOn', kind: 'day', header: '売上日' },
  { id: 'orderedAt', kind: 'instant', header: '注文日時' },
  { id: 'customerName', kind: 'text', header: '購入者' },
]

async function sheetOf(rows: readonly string[][]): Promise<string> {
  const file = await buffer(workbook(COLUMNS, Readable.from(rows)))
  return unzip(file, 'xl/worksheets/sheet1.xml').toString('utf8')
}

test('numbers are numbers, days are days, and text keeps its zeros and its equals sign', async () => {
  const sheet = await sheetOf([['000123', '11000', '2026-11-28', '2026-11-28 09:30:00', '=1+1']])
  expect(sheet).toContain('<is><t xml:space="preserve">000123</t></is>')
  expect(sheet).toContain('<c><v>11000</v></c>')
  // 28 November 2026 is the 46,354th day as Excel counts.
  expect(sheet).toContain('<c s="1"><v>46354</v></c>')
  expect(sheet).toMatch(/<c s="2"><v>46354\.3958333\d*<\/v><\/c>/)
  expect(sheet).toContain('<t xml:space="preserve">=1+1</t>')
  expect(sheet).not.toContain('<f>')
})

test('what is not known leaves its cell empty, and the next one in its place', async () => {
  const sheet = await sheetOf([['A', '', '', '', '山田 花子']])
  expect(sheet).toContain('A</t></is></c><c/><c/><c/><c t="inlineStr">')
})

test('a name may hold what XML keeps for itself, and what XML cannot hold', async () => {
  const sheet = await sheetOf([['<a&b>', '1', '', '', 'bell\u0007 lone\ud800 𠮷野']])
  expect(sheet).toContain('&lt;a&amp;b&gt;')
  expect(sheet).toContain('bell\ufffd lone\ufffd 𠮷野')
})

test('rows that break do not make a file that looks whole', async () => {
  async function* broken() {
    yield ['A', '1', '', '', '']
    throw new Error('the connection is gone')
  }
  await expect(buffer(workbook(COLUMNS, broken()))).rejects.toThrow('the connection is gone')
})
