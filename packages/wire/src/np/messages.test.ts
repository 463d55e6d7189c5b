import fc from 'fast-check'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { expect, test } from 'vitest'
import {
  decodeDone,
  decodePaymentStates,
  decodeReregistered,
  decodeScreenings,
  encodeAnswer,
  paymentStateToWire,
  reregisteredToWire,
  screeningToWire,
} from './answers.ts'
import { transactionCodes } from './field-rules.ts'
import type { NpAddressee, NpPaymentState, NpScreening, NpTransaction } from './messages.ts'
import {
  changedTransaction,
  decodeChanges,
  decodeReferences,
  decodeReregistrations,
  decodeShipments,
  decodeTransactions,
} from './decode-requests.ts'
import {
  encodeChanges,
  encodeReferences,
  encodeReregistrations,
  encodeShipments,
  encodeTransactions,
} from './encode-requests.ts'

function optional<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined })
}
const word = fc.stringMatching(/^[一-龠ぁ-んァ-ン]{1,10}$/)
const day = fc
  .integer({ min: 0, max: 3_000 })
  .map((n) => businessDate(new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10)))
const npId = fc.stringMatching(/^[0-9]{11}$/)
const amount = fc.integer({ min: 1, max: 500_000 }).map(yen)
const addressee: fc.Arbitrary<NpAddressee> = fc
  .record({
    name: word,
    nameKana: optional(fc.stringMatching(/^[ァ-ン]{1,10}$/)),
    companyName: optional(word),
    departmentName: optional(word),
    zipCode: fc.stringMatching(/^\d{3}-?\d{4}$/),
    address: word,
    tel: fc.constantFrom('0312345678', '090-1234-5678'),
  })
  .map(clean)
const goods = fc.array(
  fc.record({
    name: word,
    priceYen: fc.integer({ min: -5_000, max: 50_000 }).map(yen),
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 4 },
)
const transaction: fc.Arbitrary<NpTransaction> = fc
  .record({
    shopTransactionId: fc.stringMatching(/^[A-Z0-9-]{1,40}$/),
    shopOrderDate: day,
    settlementType: fc.constantFrom('02' as const, '03' as const),
    billedAmountYen: amount,
    siteName: optional(word),
    customer: fc
      .tuple(addressee, fc.stringMatching(/^[a-z]{1,9}$/))
      .map(([person, local]) => ({ ...person, email: `${local}@example.jp` })),
    destination: optional(addressee),
    goods,
  })
  .map(clean)

/** Drops members that are undefined: an absent field is absent. */
function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
function rowsOf<T>(request: { kind: string; rows?: readonly unknown[] }): T[] {
  expect(request.kind).toBe('rows')
  return (request.rows ?? []).map((row) => (row as { value: T }).value)
}

test('a registration arrives as it was sent', () => {
  fc.assert(
    fc.property(fc.array(transaction, { minLength: 1, maxLength: 5 }), (rows) => {
      expect(rowsOf(decodeTransactions(encodeTransactions(rows)))).toEqual(rows)
    }),
  )
})

test('references, shipments and re-registrations arrive as they were sent', () => {
  const shipment = fc
    .record({
      npTransactionId: npId,
      carrierCode: fc.constantFrom('50000', '59010'),
      slipNumber: fc.stringMatching(/^[0-9]{12}$/),
      billIssuedOn: optional(day),
    })
    .map(clean)
  fc.assert(
    fc.property(
      fc.uniqueArray(npId, { minLength: 1, maxLength: 9 }),
      fc.uniqueArray(shipment, { minLength: 1, maxLength: 5, selector: (s) => s.npTransactionId }),
      transaction,
      (ids, shipments, order) => {
        const references = [...ids.map((npTransactionId) => ({ npTransactionId })), { shopTransactionId: 'A-1' }]
        expect(rowsOf(decodeReferences(encodeReferences(references)))).toEqual(references)
        expect(rowsOf(decodeShipments(encodeShipments(shipments)))).toEqual(shipments)
        const base = ids.map((baseNpTransactionId) => ({
          baseNpTransactionId,
          shopTransactionId: order.shopTransactionId,
          shopOrderDate: order.shopOrderDate,
          billedAmountYen: order.billedAmountYen,
          goods: order.goods,
        }))
        expect(rowsOf(decodeReregistrations(encodeReregistrations(base)))).toEqual(base)
      },
    ),
  )
})

test('a change lays only its own fields over the stored transaction', () => {
  fc.assert(
    fc.property(transaction, transaction, npId, fc.boolean(), (stored, other, npTransactionId, drop) => {
      const change = {
        npTransactionId,
        customer: { address: other.customer.address },
        goods: other.goods,
        destination: drop ? null : undefined,
      }
      const [row] = rowsOf<{ npTransactionId: string; row: Record<string, unknown> }>(
        decodeChanges(encodeChanges([clean(change)])),
      )
      const changed = changedTransaction(stored, row!)
      const expected = clean({
        ...stored,
        customer: { ...stored.customer, address: other.customer.address },
        goods: other.goods,
        destination: drop ? undefined : stored.destination,
      })
      expect(changed).toEqual({ ok: true, value: expected })
    }),
  )
})

test('a repeated id is refused at each place, the rest of the call stands', () => {
  const request = decodeReferences(
    encodeReferences(['11111111111', '22222222222', '11111111111'].map((npTransactionId) => ({ npTransactionId }))),
  )
  expect(request).toEqual({
    kind: 'rows',
    rows: [
      { ok: false, id: '11111111111', codes: ['EPRO0106'] },
      { ok: true, value: { npTransactionId: '22222222222' } },
      { ok: false, id: '11111111111', codes: ['EPRO0106'] },
    ],
  })
})

test('a call is refused as a whole when it is empty, too long or no JSON', () => {
  expect(decodeReferences('')).toEqual({ kind: 'refused', codes: ['EPRO0101'] })
  expect(decodeReferences('{"transactions":[]}')).toEqual({ kind: 'refused', codes: ['EPRO0101'] })
  expect(decodeReferences('{]')).toEqual({ kind: 'refused', codes: ['ESBX0000'] })
  const many = Array.from({ length: 1_001 }, (_, n) => ({ npTransactionId: String(10_000_000_000 + n) }))
  expect(decodeReferences(encodeReferences(many))).toEqual({ kind: 'refused', codes: ['EPRO0102'] })
  expect(decodeReferences(encodeReferences(many.slice(1))).kind).toBe('rows')
})

test('an NP id that is missing, strange or of the wrong length has its own code', () => {
  const codes = ['', '１２３４５６７８９０１', '123'].map((id) =>
    decodeReferences(encodeReferences([{ npTransactionId: id }])),
  )
  expect(
    codes.flatMap((request) => (request.kind === 'rows' ? request.rows.map((row) => !row.ok && row.codes[0]) : [])),
  ).toEqual(['EPRO0105', 'E0100002', 'E0100003'])
})

test('whatever stands in the body, decoding answers and never throws', () => {
  const junk = fc.oneof(
    fc.json(),
    fc.string(),
    fc.array(fc.jsonValue(), { maxLength: 4 }).map((transactions) => JSON.stringify({ transactions })),
  )
  fc.assert(
    fc.property(junk, fc.constantFrom(200, 400, 401, 500), (body, status) => {
      for (const decode of [
        decodeTransactions,
        decodeReferences,
        decodeShipments,
        decodeReregistrations,
        decodeChanges,
      ])
        expect(['rows', 'refused']).toContain(decode(body).kind)
      for (const decode of [decodeScreenings, decodeDone, decodeReregistered, decodePaymentStates])
        expect(decode(status, body).kind).toMatch(/answered|unauthorized|unavailable|unreadable/)
    }),
    { numRuns: 500 },
  )
})

test('screening results arrive as they were decided', () => {
  const outcome = fc.oneof(
    fc.constant({ result: 'approved' as const }),
    fc.record({
      result: fc.constant('on_hold' as const),
      holdReasons: fc.array(fc.constantFrom('RE009', 'RE014', 'RE777'), { minLength: 1 }),
    }),
    fc.record({ result: fc.constant('rejected' as const), ngReason: fc.constantFrom('NG001', 'NG999', 'RE001') }),
  )
  const screening: fc.Arbitrary<NpScreening> = fc.record({
    shopTransactionId: fc.constant('A-1'),
    npTransactionId: npId,
    outcome,
    decidedAt: fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }).map((s) => new Date(s * 1000)),
  })
  fc.assert(
    fc.property(fc.array(screening), (results) => {
      const { status, body } = encodeAnswer(results.map(screeningToWire), [])
      expect(decodeScreenings(status, body)).toEqual({ kind: 'answered', results, errors: [] })
    }),
  )
  const review: NpScreening = {
    shopTransactionId: 'A-2',
    npTransactionId: '26112500001',
    outcome: { result: 'in_review' },
  }
  const { status, body } = encodeAnswer([screeningToWire(review)], [])
  expect(decodeScreenings(status, body)).toEqual({ kind: 'answered', results: [review], errors: [] })
})

test('payment states and re-registrations arrive as they stand', () => {
  const state: fc.Arbitrary<NpPaymentState> = fc
    .record({
      npTransactionId: npId,
      paid: fc.boolean(),
      customerPaidOn: optional(day),
      transactionStatus: optional(fc.constantFrom('active' as const, 'expired' as const)),
      paymentPlace: optional(fc.constantFrom('bank' as const, 'convenience_store' as const)),
      paymentStore: optional(word),
      billDueOn: optional(day),
      reminderCount: optional(fc.nat(9)),
      arrivalConfirmedOn: optional(day),
    })
    .map(clean)
  fc.assert(
    fc.property(fc.array(state), (results) => {
      const { status, body } = encodeAnswer(results.map(paymentStateToWire), [])
      expect(decodePaymentStates(status, body)).toEqual({ kind: 'answered', results, errors: [] })
    }),
  )
  const row = {
    baseNpTransactionId: '26112500001',
    shopTransactionId: 'A',
    npTransactionId: '26112500002',
    salesDate: businessDate('2026-11-25'),
  }
  const { status, body } = encodeAnswer([reregisteredToWire(row)], [])
  expect(decodeReregistered(status, body)).toEqual({ kind: 'answered', results: [row], errors: [] })
})

test('partial success carries both lists, failure of every row is a 400', () => {
  const errors = [{ id: '26112500002', codes: ['E0100114'] }]
  const partial = encodeAnswer([{ np_transaction_id: '26112500001' }], errors)
  expect(decodeDone(partial.status, partial.body)).toEqual({
    kind: 'answered',
    results: [{ npTransactionId: '26112500001' }],
    errors,
  })
  const none = encodeAnswer([], errors)
  expect(none.status).toBe(400)
  expect(decodeDone(none.status, none.body)).toEqual({ kind: 'answered', results: [], errors })
})

test('an answer that is not as agreed says where', () => {
  expect(
    decodeScreenings(200, '{"results":[{"shop_transaction_id":"A","np_transaction_id":"1","authori_result":"77"}]}'),
  ).toEqual({
    kind: 'unreadable',
    status: 200,
    path: 'results[0].authori_result',
    problem: 'not one of 00, 10, 20, 40',
  })
  expect(decodeDone(200, '<html>')).toMatchObject({ kind: 'unreadable', path: 'body' })
  expect(decodeDone(503, '')).toEqual({ kind: 'unavailable', status: 503 })
  expect(decodeDone(401, '{"errors":[{"codes":["ESBX0401"]}]}')).toEqual({
    kind: 'unauthorized',
    errors: [{ codes: ['ESBX0401'] }],
  })
})

test('every limit of the buyer and the delivery address answers with its code', () => {
  const person = {
    name: '髙橋 花子',
    nameKana: 'タカハシ ハナコ',
    zipCode: '102-0083',
    address: '東京都千代田区麹町4-2-6',
    tel: '0312345678',
  }
  const order: NpTransaction = {
    shopTransactionId: 'A',
    shopOrderDate: businessDate('2026-11-25'),
    settlementType: '02',
    billedAmountYen: yen(3_000),
    customer: { ...person, email: 'ok@example.jp' },
    destination: person,
    goods: [{ name: '煎茶', priceYen: yen(3_000), quantity: 1 }],
  }
  expect(transactionCodes(order)).toEqual([])
  const cases: [Partial<NpAddressee>, number][] = [
    [{ name: '' }, 48],
    [{ name: '🍵' }, 49],
    [{ name: '茶'.repeat(22) }, 50],
    [{ nameKana: 'ア'.repeat(26) }, 51],
    [{ nameKana: '漢字' }, 52],
    [{ companyName: '茶'.repeat(31) }, 53],
    [{ companyName: '🍵' }, 54],
    [{ departmentName: '茶'.repeat(31) }, 55],
    [{ departmentName: '\u0007' }, 56],
    [{ zipCode: '' }, 57],
    [{ zipCode: '１０２００８３' }, 58],
    [{ zipCode: '530-0001' }, 59],
    [{ address: '' }, 60],
    [{ address: '東京都🍵' }, 61],
    [{ address: '東'.repeat(56) }, 62],
    [{ tel: '' }, 63],
    [{ tel: '０３１２' }, 64],
    [{ tel: '312345678' }, 65],
    [{ tel: '090-1234-567' }, 66],
    [{ tel: '03-1234-56789' }, 67],
  ]
  for (const [change, number] of cases) {
    expect(transactionCodes({ ...order, customer: { ...order.customer, ...change } })).toEqual([`E01000${number}`])
    expect(transactionCodes({ ...order, destination: { ...person, ...change } })).toEqual([`E01000${number + 24}`])
  }
  expect(transactionCodes({ ...order, customer: { ...order.customer, zipCode: '10-20083' } })).toEqual(['E0100136'])
  expect(transactionCodes({ ...order, destination: { ...person, zipCode: '1020' } })).toEqual(['E0100137'])
  for (const [email, code] of [
    ['', 'E0100068'],
    ['花@example.jp', 'E0100069'],
    [`${'a'.repeat(100)}@b.jp`, 'E0100070'],
    ['a@b', 'E0100071'],
  ]) {
    expect(transactionCodes({ ...order, customer: { ...order.customer, email: email! } })).toEqual([code])
  }
  expect(transactionCodes({ ...order, billedAmountYen: yen(6_000) })).toEqual([])
  expect(transactionCodes({ ...order, billedAmountYen: yen(6_001) })).toEqual(['E0102004'])
})
