import fc from 'fast-check'
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { TAX_CLASSES } from '@choba/shared/tax-classes.ts'
import { expect, test } from 'vitest'
import { encodeCp932 } from '../cp932.ts'
import { writeCsv } from '../csv.ts'
import { decodeStatementCsv, encodeStatementCsv } from './statement-csv.ts'
import { LAYOUT_COLUMNS } from './statement-layout.ts'
import { lineTransferYen, statementTotals } from '../statement/line.ts'
import type { NpStatementLine } from './statement-line.ts'

const OLD = LAYOUT_COLUMNS.old.map(([, name]) => name)
const WORKED = '1,26112500001,A-1,山田 花子,11000,740,74,10186'

function fileOf(...lines: string[]): Uint8Array {
  return encodeCp932([...lines, ''].join('\r\n')).bytes
}

const names = fc.constantFrom('髙橋 花子', '山﨑,"太郎"', '①番館', '')
const taxClass = fc.constantFrom(...TAX_CLASSES)
const fee = fc.record({
  taxClass,
  amountYen: fc.integer({ min: 1, max: 9_999 }).map(yen),
  taxYen: fc.integer({ min: 0, max: 999 }).map(yen),
})

function settled(line: Omit<NpStatementLine, 'transferYen'>): NpStatementLine {
  return { ...line, transferYen: lineTransferYen(line) }
}

const ofTransaction = fc
  .record({
    id: fc.stringMatching(/^[0-9]{11}$/),
    shopId: fc.stringMatching(/^[A-Z0-9-]{1,40}$/),
    customerName: names,
    gross: fc.integer({ min: 1, max: 99_999 }),
    days: fc.nat(900),
    rate: fee,
    postage: fc.option(fee),
  })
  .map(({ id, shopId, customerName, gross, days, rate, postage }) =>
    settled({
      kind: 'sale',
      npTransactionId: id,
      shopTransactionId: shopId,
      customerName,
      shippedOn: addDays(businessDate('2025-04-01'), days),
      grossYen: yen(gross),
      fees: [{ kind: 'rate' as const, ...rate }, ...(postage ? [{ kind: 'postage' as const, ...postage }] : [])],
      note: '',
    }),
  )
const ofStatement = fc
  .record({
    kind: fc.constantFrom('monthly_fee' as const, 'adjustment' as const, 'carry_over' as const),
    amount: fc.integer({ min: -5_000, max: 5_000 }),
    charged: fee,
    note: names,
  })
  .map(({ kind, amount, charged, note }) =>
    settled({
      kind,
      npTransactionId: '',
      shopTransactionId: '',
      customerName: '',
      shippedOn: null,
      grossYen: yen(kind === 'monthly_fee' ? 0 : amount),
      fees: kind === 'monthly_fee' ? [{ kind: 'monthly' as const, ...charged }] : [],
      note,
    }),
  )

test('a file of the newer layout reads back line by line, with the tax class of each fee', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(ofTransaction, ofStatement), { maxLength: 20 }), (lines) => {
      const { bytes, unmappable } = encodeStatementCsv(lines, 'new')
      expect(unmappable).toEqual([])
      expect(decodeStatementCsv(bytes)).toEqual({ ok: true, layout: 'new', lines, unknownColumns: [] })
    }),
  )
})

test('a file of the old layout reads back with one fee for each line, and the same sums', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(ofTransaction, ofStatement), { maxLength: 20 }), (lines) => {
      const read = decodeStatementCsv(encodeStatementCsv(lines, 'old').bytes)
      if (!read.ok) throw new Error(JSON.stringify(read.problems))
      expect(read.layout).toBe('old')
      expect(read.lines.map((line) => [line.kind, line.npTransactionId, line.transferYen])).toEqual(
        lines.map((line) => [line.kind, line.npTransactionId, line.transferYen]),
      )
      expect(statementTotals(read.lines)).toEqual(statementTotals(lines))
    }),
  )
})

test('the worked example: 11,000 less 550 and 190 and their tax leaves 10,186', () => {
  const read = decodeStatementCsv(fileOf(OLD.join(','), WORKED))
  expect(read.ok && statementTotals(read.lines)).toEqual({
    grossYen: 11_000,
    feeYen: 740,
    feeTaxYen: 74,
    transferYen: 10_186,
  })
  expect(read.ok && read.lines[0]?.fees).toEqual([{ kind: 'rate', taxClass: 'taxable10', amountYen: 740, taxYen: 74 }])
})

test('columns are found by name, in any order, in UTF-8 or CP932, whatever the width of the letters', () => {
  const columns = [...OLD].reverse().map((name) => name.replace('NP', 'ＮＰ'))
  const text = `${columns.join(',')}\r\n10186,74,740,11000,山田,A-1,26112500001,1\r\n`
  for (const bytes of [encodeCp932(text).bytes, new TextEncoder().encode(`\uFEFF${text}`)]) {
    const read = decodeStatementCsv(bytes)
    expect(read.ok && read.lines[0]).toMatchObject({ npTransactionId: '26112500001', transferYen: 10_186 })
  }
})

test('a file without a header is read by position, as the old layout stands', () => {
  const read = decodeStatementCsv(fileOf(WORKED))
  expect(read.ok && read.lines).toMatchObject([{ shopTransactionId: 'A-1', grossYen: 11_000, transferYen: 10_186 }])
})

test('a column nobody knows is named, and a person may say what it means', () => {
  const header = ['番号', '立替番号', '加盟店取引ID', '立替元金', 'NP手数料', 'メモ']
  const bytes = fileOf(header.join(','), '1,26112500001,A-1,"11,000",740,x')
  const unread = decodeStatementCsv(bytes)
  expect(unread).toEqual({
    ok: false,
    columns: ['立替番号', '立替元金', 'メモ'],
    problems: [
      { line: 1, column: 'gross', problem: 'column_missing' },
      { line: 1, column: 'npTransactionId', problem: 'column_missing' },
    ],
  })
  const read = decodeStatementCsv(bytes, { gross: '立替元金', npTransactionId: '立替番号' })
  expect(read.ok && [read.lines[0]?.npTransactionId, read.lines[0]?.transferYen, read.unknownColumns]).toEqual([
    '26112500001',
    10_260,
    ['メモ'],
  ])
})

test('a line of the statement itself is told from a transaction in both layouts', () => {
  const monthly = settled({
    kind: 'monthly_fee',
    npTransactionId: '',
    shopTransactionId: '',
    customerName: '',
    shippedOn: null,
    grossYen: yen(0),
    fees: [{ kind: 'monthly', taxClass: 'taxable10', amountYen: yen(5_000), taxYen: yen(500) }],
    note: '11月分',
  })
  for (const layout of ['old', 'new'] as const) {
    const read = decodeStatementCsv(encodeStatementCsv([monthly], layout).bytes)
    expect(read.ok && read.lines).toEqual([monthly])
  }
})

test('every wrong cell is reported with its line and column', () => {
  const read = decodeStatementCsv(fileOf(OLD.join(','), WORKED, '3,123,,山田,1.5,0,0,9'))
  expect(!read.ok && read.problems.map(({ line: at, column }) => `${at} ${column}`)).toEqual([
    '3 通番',
    '3 取引総額',
    '3 NP取引ID',
    '3 お支払総額',
  ])
})

test('a kind or a tax class that nobody knows is refused rather than guessed', () => {
  const columns = LAYOUT_COLUMNS.new.map(([, name]) => name)
  const cells = [
    '1',
    '謎',
    '26112500001',
    'A-1',
    '',
    '',
    '100',
    '10',
    '課税12%',
    '1',
    '0',
    '',
    '0',
    '0',
    '',
    '0',
    '89',
    '',
  ]
  const read = decodeStatementCsv(encodeCp932(writeCsv([columns, cells])).bytes)
  expect(!read.ok && read.problems.map((problem) => problem.column)).toEqual(['明細区分', '決済手数料税区分'])
})

test('a file that is no text, has no header or lacks a column is refused', () => {
  expect(decodeStatementCsv(new Uint8Array([0x81]))).toMatchObject({ ok: false })
  expect(decodeStatementCsv(new Uint8Array())).toMatchObject({ ok: false })
  const read = decodeStatementCsv(encodeCp932('通番,ご購入者名\r\n').bytes)
  expect(!read.ok && read.problems.map((problem) => problem.column)).toEqual(['gross', 'npTransactionId'])
})
