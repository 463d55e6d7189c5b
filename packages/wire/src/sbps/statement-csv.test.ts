import { addDays, businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { TAX_CLASSES } from '@choba/shared/tax-classes.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCp932, encodeCp932 } from '../cp932.ts'
import { lineTransferYen } from '../statement/line.ts'
import { decodeStatementCsv, encodeStatementCsv } from './statement-csv.ts'
import type { SbpsStatementLine } from './statement-line.ts'

const SHORT = '通番,決済方法,処理トラッキングID,注文番号,売上区分,売上日,売上金額,決済手数料,手数料消費税,入金額'
const LONG =
  '通番,明細区分,決済方法,処理トラッキングID,注文番号,売上日,金額,決済手数料,決済手数料税区分,決済手数料消費税,' +
  '処理手数料,処理手数料税区分,処理手数料消費税,月額費用,月額費用税区分,月額費用消費税,差引入金額,対象月,繰越回数,摘要'

function fileOf(...lines: string[]): Uint8Array {
  return encodeCp932([...lines, ''].join('\r\n')).bytes
}
function settled(line: Omit<SbpsStatementLine, 'transferYen'>): SbpsStatementLine {
  return { ...line, transferYen: lineTransferYen(line) }
}

const payMethod = fc.constantFrom('credit' as const, 'webcvs' as const)
const charge = fc.record({
  taxClass: fc.constantFrom(...TAX_CLASSES),
  amount: fc.integer({ min: 1, max: 10_000 }),
  tax: fc.nat(1_000),
})
const traded = fc
  .record({
    payMethod,
    number: fc.nat(99_999_999),
    order: fc.nat(9_999),
    kind: fc.constantFrom('sale' as const, 'cancellation' as const),
    gross: fc.integer({ min: 1, max: 9_999_999 }),
    days: fc.nat(900),
    rate: fc.option(charge),
    perPayment: fc.option(charge),
  })
  .map(({ payMethod: method, number, order, kind, gross, days, rate, perPayment }) => {
    const sign = kind === 'cancellation' ? -1 : 1
    const fee = <Kind extends string>(of: Kind, each: typeof rate) =>
      each === null
        ? []
        : [{ kind: of, taxClass: each.taxClass, amountYen: yen(sign * each.amount), taxYen: yen(sign * each.tax + 0) }]
    return settled({
      kind,
      payMethod: method,
      trackingId: String(number).padStart(14, '0'),
      orderNumber: `ORD-${order}`,
      soldOn: addDays(businessDate('2025-04-01'), days),
      grossYen: yen(sign * gross),
      fees: [...fee('rate', rate), ...fee('per_payment', perPayment)],
      fixedFee: null,
      note: '',
    })
  })
const own = fc
  .record({
    payMethod,
    kind: fc.constantFrom('monthly_fee' as const, 'carry_over' as const, 'invoiced' as const),
    month: fc.integer({ min: 1, max: 12 }),
    carried: fc.nat(4),
    gross: fc.integer({ min: -9_999, max: 9_999 }),
    monthly: charge,
    note: fc.constantFrom('', '2026年10月分、次回へ繰越', '"①"'),
  })
  .map(({ payMethod: method, kind, month, carried, gross, monthly, note }) => {
    const { taxClass, amount, tax } = monthly
    return settled({
      kind,
      payMethod: method,
      trackingId: '',
      orderNumber: '',
      soldOn: null,
      grossYen: yen(kind === 'monthly_fee' ? 0 : gross),
      fees: kind === 'monthly_fee' ? [{ kind: 'monthly', taxClass, amountYen: yen(amount), taxYen: yen(tax) }] : [],
      fixedFee: { month: `2026-${String(month).padStart(2, '0')}`, carried },
      note,
    })
  })

test('a statement reads back line by line: sales, refunds, monthly fees, what is carried and what is invoiced', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(traded, own), { maxLength: 20 }), (lines) => {
      const { bytes, unmappable } = encodeStatementCsv(lines)
      expect(unmappable).toEqual([])
      expect(decodeStatementCsv(bytes)).toMatchObject({ ok: true, lines, unknownColumns: [] })
    }),
  )
})

test('is CP932 with CRLF under a Japanese header, byte for byte', () => {
  const line = settled({
    kind: 'monthly_fee',
    payMethod: 'webcvs',
    trackingId: '',
    orderNumber: '',
    soldOn: null,
    grossYen: yen(0),
    fees: [{ kind: 'monthly', taxClass: 'taxable10', amountYen: yen(3_000), taxYen: yen(300) }],
    fixedFee: { month: '2026-10', carried: 0 },
    note: '2026年10月分',
  })
  expect(decodeCp932(encodeStatementCsv([line]).bytes)).toBe(
    `${LONG}\r\n1,月額費用,webcvs,,,,0,0,,0,0,,0,3000,課税10%,300,-3300,2026/10,0,2026年10月分\r\n`,
  )
})

test('an earlier file without fixed fees is read with one fee: a share of cards, a sum at stores', () => {
  const read = decodeStatementCsv(
    fileOf(
      SHORT,
      '1,credit,00000000000001,ORD-1,売上,2026/08/03,1000,32,0,968',
      '2,webcvs,83890000000001,ORD-2,返金,2026/08/04,-1000,-190,-19,-791',
    ),
  )
  expect(read.ok && read.lines).toMatchObject([
    { kind: 'sale', fees: [{ kind: 'rate', taxClass: 'non_taxable', amountYen: 32, taxYen: 0 }], fixedFee: null },
    { kind: 'cancellation', fees: [{ kind: 'per_payment', taxClass: 'taxable10', amountYen: -190, taxYen: -19 }] },
  ])
})

test('every wrong cell is named with its line', () => {
  const read = decodeStatementCsv(
    fileOf(
      SHORT,
      '1,credit,00000000000001,ORD-1,売上,2026/08/03,1000,32,0,968',
      '2,cash,1,,返金,2026/02/30,1e3,32,0,968',
      '3,credit,00000000000003,ORD-3,返金,2026/08/03,1000,0,0,1000',
      '4,credit,00000000000004,ORD-4,返品,2026/08/03,1000,0,0,999',
    ),
  )
  expect(!read.ok && read.problems.map(({ line, column, problem }) => `${line} ${column} ${problem}`)).toEqual([
    '3 決済方法 unknown_method',
    '3 処理トラッキングID not_an_id',
    '3 注文番号 not_an_id',
    '3 売上日 not_a_day',
    '3 売上金額 not_an_amount',
    '3 入金額 sum_differs',
    '4 売上金額 unknown_kind',
    '5 売上区分 unknown_kind',
    '5 入金額 sum_differs',
  ])
})

test('a file that is no text, is empty or lacks a column is refused, and garbage never throws', () => {
  expect(decodeStatementCsv(new Uint8Array([0x81]))).toMatchObject({ ok: false, problems: [{ problem: 'not_text' }] })
  expect(decodeStatementCsv(new Uint8Array())).toMatchObject({ ok: false, problems: [{ problem: 'empty' }] })
  const read = decodeStatementCsv(fileOf('通番,決済方法'))
  expect(!read.ok && read.problems.map(({ column }) => column)).toContain('gross')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(typeof decodeStatementCsv(bytes).ok).toBe('boolean')
    }),
  )
})
