import fc from 'fast-check'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { expect, test } from 'vitest'
import { encodeCp932 } from '../cp932.ts'
import {
  decodeStatementCsv,
  decodeStatementFind,
  decodeStatements,
  encodeStatementCsv,
  encodeStatementFind,
  encodeStatements,
  NP_STATEMENT_COLUMNS,
  statementTotals,
} from './statements.ts'

const line = fc
  .record({
    npTransactionId: fc.stringMatching(/^[0-9]{11}$/),
    shopTransactionId: fc.stringMatching(/^[A-Z0-9-]{1,40}$/),
    customerName: fc.constantFrom('髙橋 花子', '山﨑,"太郎"', '①番館', ''),
    gross: fc.integer({ min: -99_999, max: 99_999 }),
    fee: fc.integer({ min: -9_999, max: 9_999 }),
    tax: fc.integer({ min: -999, max: 999 }),
  })
  .map(({ gross, fee, tax, ...rest }) => ({
    ...rest,
    grossYen: yen(gross),
    feeYen: yen(fee),
    feeTaxYen: yen(tax),
    transferYen: yen(gross - fee - tax),
  }))

test('a statement file reads back line by line', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const { bytes, unmappable } = encodeStatementCsv(lines)
      expect(unmappable).toEqual([])
      expect(decodeStatementCsv(bytes)).toEqual({ ok: true, lines })
    }),
  )
})

test('the worked example: 11,000 less 550 and 190 and their tax leaves 10,186', () => {
  const text = `${NP_STATEMENT_COLUMNS.join(',')}\r\n1,26112500001,A-1,山田 花子,11000,740,74,10186\r\n`
  const read = decodeStatementCsv(encodeCp932(text).bytes)
  expect(read.ok && statementTotals(read.lines)).toEqual({
    grossYen: 11_000,
    feeYen: 740,
    feeTaxYen: 74,
    transferYen: 10_186,
  })
})

test('columns are found by name, in any order', () => {
  const columns = [...NP_STATEMENT_COLUMNS].reverse()
  const read = decodeStatementCsv(
    encodeCp932(`${columns.join(',')}\r\n10186,74,740,11000,山田,A-1,26112500001,1\r\n`).bytes,
  )
  expect(read.ok && read.lines[0]).toMatchObject({ npTransactionId: '26112500001', transferYen: 10_186 })
})

test('every wrong cell is reported with its line and column', () => {
  const text = `${NP_STATEMENT_COLUMNS.join(',')}\r\n1,26112500001,A-1,山田,11000,740,74,10186\r\n3,123,,山田,1.5,0,0,9\r\n`
  const read = decodeStatementCsv(encodeCp932(text).bytes)
  expect(!read.ok && read.problems.map(({ line: at, column }) => `${at} ${column}`)).toEqual([
    '3 通番',
    '3 NP取引ID',
    '3 加盟店取引ID',
    '3 取引総額',
    '3 お支払総額',
  ])
})

test('a file that is no CP932, has no header or lacks a column is refused', () => {
  expect(decodeStatementCsv(new Uint8Array([0x81]))).toMatchObject({ ok: false })
  expect(decodeStatementCsv(new Uint8Array())).toMatchObject({ ok: false })
  const read = decodeStatementCsv(encodeCp932('通番,NP取引ID\r\n').bytes)
  expect(!read.ok && read.problems.length).toBe(6)
})

test('the list of statements and the question for it travel both ways', () => {
  const closed = {
    statementNumber: 'NP20261127',
    closedOn: businessDate('2026-11-27'),
    paymentOn: businessDate('2026-12-04'),
    grossAmountYen: yen(11_000),
    transferAmountYen: yen(10_186),
    status: 'closed' as const,
    lineCount: 1,
  }
  const statements = [closed, { ...closed, status: 'paid' as const, transferredOn: businessDate('2026-12-04') }]
  expect(decodeStatements(encodeStatements(statements))).toEqual({ ok: true, value: statements })
  expect(decodeStatements('{"results":[{}]}')).toEqual({
    ok: false,
    refusal: { path: 'results[0].statement_no', problem: 'not a non-empty string' },
  })
  expect(decodeStatementFind(encodeStatementFind({ closedFrom: businessDate('2026-11-01') }))).toEqual({
    ok: true,
    value: { closedFrom: '2026-11-01' },
  })
  expect(decodeStatementFind('')).toEqual({ ok: true, value: { closedFrom: undefined } })
  expect(decodeStatementFind('{"closed_from":"2026-13-01"}').ok).toBe(false)
})
