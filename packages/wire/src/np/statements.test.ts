import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { expect, test } from 'vitest'
import { decodeStatementFind, decodeStatements, encodeStatementFind, encodeStatements } from './statements.ts'

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
  const statements = [
    closed,
    { ...closed, status: 'paid' as const, transferredOn: businessDate('2026-12-04') },
    { ...closed, registrationNumber: 'T1234567890123' },
  ]
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
