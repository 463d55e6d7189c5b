import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { expect, test } from 'vitest'
import { decodeStatements, encodeStatements } from './statements.ts'

test('the list of closings travels both ways, and another shape is refused', () => {
  const statement = {
    statementNumber: 'S1',
    payMethod: 'credit',
    closedOn: businessDate('2026-08-31'),
    paymentOn: businessDate('2026-09-30'),
    grossAmountYen: yen(1000),
    transferAmountYen: yen(968),
    status: 'closed',
    lineCount: 1,
  } as const
  expect(decodeStatements(encodeStatements([statement]))).toEqual({ ok: true, value: [statement] })
  for (const body of ['', '[]', '{"results":1}', '{"results":[{"statement_no":1}]}'])
    expect(decodeStatements(body).ok).toBe(false)
  expect(decodeStatements(encodeStatements([statement]).replace('credit', 'cash'))).toEqual({
    ok: false,
    refusal: { path: 'results[0].pay_method', problem: 'not one of credit, webcvs' },
  })
})
