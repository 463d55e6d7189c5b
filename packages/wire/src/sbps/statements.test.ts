import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCp932, encodeCp932 } from '../cp932.ts'
import {
  decodeStatementCsv,
  decodeStatements,
  encodeStatementCsv,
  encodeStatements,
  type SbpsStatementLine,
} from './statements.ts'

const line = fc
  .record({
    payMethod: fc.constantFrom('credit' as const, 'webcvs' as const),
    number: fc.nat(99_999_999),
    order: fc.nat(9_999),
    kind: fc.constantFrom('sale' as const, 'refund' as const),
    amount: fc.nat(9_999_999),
    fee: fc.nat(10_000),
    tax: fc.nat(1_000),
  })
  .map(({ payMethod, number, order, kind, amount, fee, tax }): SbpsStatementLine => {
    const sign = kind === 'refund' ? -1 : 1
    return {
      payMethod,
      trackingId: String(number).padStart(14, '0'),
      orderNumber: `ORD-${order}`,
      kind,
      soldOn: businessDate('2026-08-03'),
      amountYen: yen(sign * amount + 0),
      feeYen: yen(sign * fee + 0),
      feeTaxYen: yen(sign * tax + 0),
      transferYen: yen(sign * (amount - fee - tax) + 0),
    }
  })

describe('SBPS statements', () => {
  it('read back what was written', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const { bytes, unmappable } = encodeStatementCsv(lines)
        expect(unmappable).toEqual([])
        expect(decodeStatementCsv(bytes)).toEqual({ ok: true, lines })
      }),
    )
  })

  it('are CP932 with CRLF under a Japanese header', () => {
    const text = decodeCp932(encodeStatementCsv([]).bytes)
    expect(text).toBe(
      '通番,決済方法,処理トラッキングID,注文番号,売上区分,売上日,売上金額,決済手数料,手数料消費税,入金額\r\n',
    )
  })

  it('name every wrong cell with its line', () => {
    const csv =
      '通番,決済方法,処理トラッキングID,注文番号,売上区分,売上日,売上金額,決済手数料,手数料消費税,入金額\r\n' +
      '1,credit,00000000000001,ORD-1,売上,2026/08/03,1000,32,0,968\r\n' +
      '2,cash,1,,返品,2026/02/30,1e3,32,0,968\r\n'
    const read = decodeStatementCsv(encodeCp932(csv).bytes)
    expect(read.ok === false && read.problems.map(({ line: at, column }) => `${at} ${column}`)).toEqual([
      '3 処理トラッキングID',
      '3 注文番号',
      '3 決済方法',
      '3 売上区分',
      '3 売上日',
      '3 売上金額',
      '3 入金額',
    ])
  })

  it('list closings both ways and refuse another shape', () => {
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
    for (const body of ['', '[]', '{"results":1}', '{"results":[{"statement_no":1}]}']) {
      expect(decodeStatements(body).ok).toBe(false)
    }
  })

  it('never throw on garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, text) => {
        expect(typeof decodeStatementCsv(bytes).ok).toBe('boolean')
        expect(typeof decodeStatements(text).ok).toBe('boolean')
      }),
    )
  })
})
