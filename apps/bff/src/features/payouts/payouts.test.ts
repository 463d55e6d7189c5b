import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FilePreview, PayoutDetail, PayoutLine, PayoutRow, PayoutTotals } from '@choba/shared/contracts/payouts.ts'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { yen } from '@choba/shared/money.ts'
import { errorOf, type TestClient } from '../../testing/app.ts'
import { arrival, fileInput, oldFile, openPayoutHouse, type PayoutHouse } from '../../testing/payout-house.ts'

let house: PayoutHouse
let first: string
let second: string

beforeAll(async () => {
  house = await openPayoutHouse('2026-11-25')
  first = await house.sale({
    npId: '26111800001',
    shippedOn: '2026-11-18',
    arrivedOn: '2026-11-20',
    orderNumber: 'A-1',
  })
  second = await house.sale({
    npId: '26111800002',
    shippedOn: '2026-11-19',
    arrivedOn: '2026-11-23',
    orderNumber: 'A-2',
    amountYen: 5_500,
  })
  await house.sale({ npId: '26111800003', shippedOn: '2026-11-20', orderNumber: 'A-3' })
})
afterAll(() => house.close())

async function read<T>(path: string, client: TestClient = house.accountant): Promise<T> {
  const response = await client.get(path)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as T
}

async function rows(query = ''): Promise<PayoutRow[]> {
  return (await read<{ items: PayoutRow[] }>(`/api/payouts${query}`)).items
}

const CLOSED = { number: 'NP202611270001', closingOn: '2026-11-27', payOn: '2026-12-04' }

test('what has arrived stands in the closing that will take it, with the fees the contract charges', async () => {
  const expected = await rows()
  expect(
    expected.map(({ closingOn, payOn, state, lines, grossYen, feeYen, taxYen, transferYen, late }) => [
      closingOn,
      payOn,
      state,
      lines,
      grossYen,
      feeYen,
      taxYen,
      transferYen,
      late,
    ]),
  ).toEqual([
    // 5,500 × 5 % + 190 = 465, tax 46
    ['2026-11-27', '2026-12-04', 'expected', 1, 5_500, 465, 46, 4_989, false],
    // Arrived on a closing Friday: the statement of that day should have come.
    ['2026-11-20', '2026-11-27', 'expected', 1, 11_000, 740, 74, 10_186, true],
  ])
  const lines = await read<{ items: PayoutLine[] }>(`/api/payouts/${expected[0]?.id}/lines`)
  expect(lines.items.map((line) => [line.orderNumber, line.paymentId, line.transferYen])).toEqual([
    ['A-2', second, 4_989],
  ])
  const detail = await read<PayoutDetail>(`/api/payouts/${expected[0]?.id}`)
  expect(detail.waterfall.map((step) => [step.kind, step.amountYen])).toEqual([
    ['sales', 5_500],
    ['fee', -465],
    ['tax', -46],
    ['transfer', 4_989],
  ])
})

test('a file is compared before it is taken: what differs, what is missing and why', async () => {
  const text = oldFile([
    { npId: '26111800002', gross: 5_400 },
    { npId: '26111899999', gross: 1_000 },
  ])
  const preview = (await (
    await house.accountant.send(
      'POST',
      '/api/payouts/files/preview',
      fileInput(house.connectionId, { ...CLOSED, text }),
    )
  ).json()) as FilePreview
  expect(preview).toMatchObject({ known: false, otherNumber: null, problems: [], lines: 2 })
  expect(preview.findings).toMatchObject({ matched: 0, amount_differs: 1, unknown: 1 })
  expect(preview.differences.map((line) => [line.orderNumber, line.finding, line.expectedGrossYen])).toEqual([
    ['A-26111800002', 'amount_differs', 5_500],
    ['A-26111899999', 'unknown', null],
  ])
  expect(preview.missing).toMatchObject({
    unexplained: { count: 1, amountYen: 11_000 },
    arrival_not_confirmed: { count: 1, amountYen: 11_000 },
  })
  expect(preview.missingSales.map((sale) => [sale.orderNumber, sale.reason])).toEqual([
    ['A-1', 'unexplained'],
    ['A-3', 'arrival_not_confirmed'],
  ])
})

test('a file that cannot be read names its columns, so that a person can say what they mean', async () => {
  const text = '番号,立替番号,加盟店取引ID,立替元金,NP手数料,手数料消費税\r\n1,26111800002,A-2,5500,465,46\r\n'
  const ask = async (mapping: Record<string, string>) =>
    (await (
      await house.accountant.send(
        'POST',
        '/api/payouts/files/preview',
        fileInput(house.connectionId, { ...CLOSED, text, mapping }),
      )
    ).json()) as FilePreview
  expect(await ask({})).toMatchObject({
    columns: ['立替番号', '立替元金'],
    problems: [{ column: 'gross' }, { column: 'npTransactionId' }],
  })
  expect((await ask({ gross: '立替元金', npTransactionId: '立替番号' })).findings).toMatchObject({ matched: 1 })
  const refused = await house.accountant.send(
    'POST',
    '/api/payouts/files',
    fileInput(house.connectionId, { ...CLOSED, text }),
  )
  expect((await errorOf(refused)).code).toBe('statement.unreadable')
})

test('a statement brought by hand is in the books once, however often it is brought', async () => {
  const text = oldFile([
    { npId: '26111800001', gross: 11_000 },
    { npId: '26111800002', gross: 5_500, fee: 500, tax: 50 },
    { npId: '', name: '月額費用', gross: 0, fee: 3_000, tax: 300 },
  ])
  expect(await (await house.bring({ ...CLOSED, text })).json()).toEqual({ result: 'taken' })
  expect(await (await house.bring({ ...CLOSED, text })).json()).toEqual({ result: 'already' })
  const listed = await rows()
  expect(
    listed.map(({ state, lines, grossYen, feeYen, taxYen, transferYen, statementNumber }) => [
      state,
      lines,
      grossYen,
      feeYen,
      taxYen,
      transferYen,
      statementNumber,
    ]),
  ).toEqual([['closed', 3, 16_500, 4_240, 424, 11_836, 'NP202611270001']])
  expect(await house.verify()).toEqual([])
})

test('no second statement is taken for the same closing', async () => {
  const text = oldFile([{ npId: '26111800001', gross: 11_000 }])
  const other = await house.accountant.send(
    'POST',
    '/api/payouts/files',
    fileInput(house.connectionId, { ...CLOSED, number: 'NP-OTHER', text }),
  )
  expect(await errorOf(other)).toMatchObject({
    code: 'statement.closing_taken',
    details: { statementNumber: 'NP202611270001' },
  })
})

test('the waterfall adds up to the transfer, fee by fee, and the lines say where they differ', async () => {
  const [row] = await rows()
  const detail = await read<PayoutDetail>(`/api/payouts/${row?.id}`)
  const steps = detail.waterfall.filter((step) => step.kind !== 'transfer')
  expect(steps.reduce((sum, step) => sum + step.amountYen, 0)).toBe(11_836)
  expect(steps.map((step) => [step.kind, step.feeKind, step.taxClass, step.amountYen])).toEqual([
    ['sales', null, null, 16_500],
    ['fee', 'monthly', 'taxable10', -3_000],
    ['fee', 'rate', 'taxable10', -1_240],
    ['tax', null, 'taxable10', -424],
  ])
  expect(detail).toMatchObject({ source: 'file', comparison: { findings: { matched: 1, fee_differs: 1, own: 1 } } })
  const differing = await read<{ items: PayoutLine[] }>(`/api/payouts/${row?.id}/lines?only=differences`)
  expect(differing.items).toMatchObject([
    {
      orderNumber: 'A-26111800002',
      finding: 'fee_differs',
      expectedFeeYen: 465,
      expectedTaxYen: 46,
      paymentId: second,
    },
  ])
})

test('its own lines are booked, so that the transfer is explained to the yen', async () => {
  house.goTo('2026-12-04')
  const [row] = await rows()
  const before = await read<PayoutDetail>(`/api/payouts/${row?.id}`)
  expect(before.entries).toMatchObject([
    {
      kind: 'fee',
      on: '2026-11-27',
      lines: [
        { account: 'fees', debitYen: 3_000 },
        { account: 'input_tax', debitYen: 300 },
        { account: 'receivable', creditYen: 3_300 },
      ],
    },
  ])
  await house.pay('NP202611270001', '2026-12-04')
  const paid = await read<PayoutDetail>(`/api/payouts/${row?.id}`)
  expect(paid.payout).toMatchObject({ state: 'paid', paidOn: '2026-12-04' })
  const byAccount = Object.fromEntries(paid.accounts.map((each) => [each.account, each.amountYen]))
  expect(byAccount).toEqual({ bank: 11_836, fees: 4_240, input_tax: 424, receivable: -16_500 })
  expect(await house.verify()).toEqual([])
})

test('a return after the payout is expected back on the next closing, and matched there', async () => {
  await house.tell(first, '2026-12-07', { kind: 'cancelled', by: 'merchant' })
  expect(
    (await rows('?state=expected')).map(({ closingOn, grossYen, feeYen, taxYen, transferYen }) => [
      closingOn,
      grossYen,
      feeYen,
      taxYen,
      transferYen,
    ]),
  ).toEqual([['2026-12-11', -11_000, -740, -74, -10_186]])
  const third = await house.sale({
    npId: '26120800004',
    shippedOn: '2026-12-08',
    arrivedOn: '2026-12-09',
    orderNumber: 'A-4',
    amountYen: 22_000,
  })
  const text = oldFile([
    { npId: '26120800004', gross: 22_000 },
    { npId: '26111800001', gross: -11_000 },
  ])
  await house.bring({ number: 'NP202612110001', closingOn: '2026-12-11', payOn: '2026-12-18', text })
  const [row] = await rows()
  const detail = await read<PayoutDetail>(`/api/payouts/${row?.id}`)
  expect(detail.comparison?.findings).toMatchObject({ matched: 2, amount_differs: 0, fee_differs: 0, twice: 0 })
  expect(detail.waterfall.slice(0, 2).map((step) => [step.kind, step.amountYen])).toEqual([
    ['sales', 22_000],
    ['taken_back', -11_000],
  ])
  expect(await house.verify()).toEqual([])
  const line = (await read<{ items: PayoutLine[] }>(`/api/payouts/${row?.id}/lines`)).items[0]
  expect(line?.paymentId).toBe(third)
})

test('the list, its totals and its export speak of the same rows', async () => {
  for (const query of ['', '?state=paid', '?method=card', '?from=2026-12-01&dateBy=pay', '?state=closed,expected']) {
    const listed = await rows(query)
    const totals = await read<PayoutTotals>(`/api/payouts/totals${query}`)
    expect([query, totals.count, totals.transferYen]).toEqual([
      query,
      listed.length,
      listed.reduce((sum, row) => sum + row.transferYen, 0),
    ])
    const file = await house.accountant.get(`/api/payouts/export.csv${query}`)
    const lines = (await file.text()).replace('\uFEFF', '').split(/\r?\n/).filter(Boolean)
    expect([query, lines.length - 1, file.headers.get('X-Choba-Total-Transfer-Yen')]).toEqual([
      query,
      listed.length,
      String(totals.transferYen),
    ])
    expect(lines[0]).toMatch(/^締め日,支払日,状態/)
  }
})

test('what CP932 lacks is said before a file of payouts is written, and stops it', async () => {
  await house.deps.db.owner
    .updateTable('shop')
    .set({ name: '𠮷野店' })
    .where('merchantId', '=', house.merchantId)
    .execute()
  const check = '/api/payouts/export/check?encoding=cp932'
  expect(await read(check)).toMatchObject({ unmappable: ['𠮷'], unmappableCount: (await rows()).length })
  const refused = await house.accountant.get('/api/payouts/export.csv?encoding=cp932')
  expect(refused.status).toBe(409)
})

test('staff read payouts but neither the journal nor the files; nobody sees another merchant’s', async () => {
  const staff = await house.signIn('staff')
  const [row] = await rows()
  expect(await read<PayoutDetail>(`/api/payouts/${row?.id}`, staff)).toMatchObject({ entries: [], accounts: [] })
  const text = oldFile([{ npId: '26111800001', gross: 11_000 }])
  expect(
    (await staff.send('POST', '/api/payouts/files', fileInput(house.connectionId, { ...CLOSED, text }))).status,
  ).toBe(403)
  expect((await staff.get('/api/payouts/export.csv')).status).toBe(403)
  const elsewhere = await house.signInElsewhere('accountant')
  expect((await elsewhere.get(`/api/payouts/${row?.id}`)).status).toBe(404)
  expect((await elsewhere.get(`/api/payouts/${row?.id}/lines`)).status).toBe(404)
  expect(
    (await elsewhere.send('POST', '/api/payouts/files/preview', fileInput(house.connectionId, { ...CLOSED, text })))
      .status,
  ).toBe(404)
})

test('a payment leads to its statement, as each line leads to its payment', async () => {
  const { state } = await read<{ state: { statements: Array<{ statementNumber: string; statementId: string }> } }>(
    `/api/payments/${second}`,
  )
  expect(state.statements.map((part) => part.statementNumber)).toEqual(['NP202611270001'])
  const detail = await read<PayoutDetail>(`/api/payouts/${state.statements[0]?.statementId}`)
  expect(detail.payout.statementNumber).toBe('NP202611270001')
})

test('a claim made smaller after its payout comes back, and the smaller one is paid, each matched by its own id', async () => {
  const paymentId = await house.sale({
    npId: '26121400005',
    shippedOn: '2026-12-14',
    arrivedOn: '2026-12-16',
    orderNumber: 'A-5',
  })
  const old = oldFile([{ npId: '26121400005', gross: 11_000 }])
  await house.bring({ number: 'NP202612180001', closingOn: '2026-12-18', payOn: '2026-12-25', text: old })
  await house.tell(paymentId, '2026-12-21', { kind: 'claim_withdrawn', providerId: '26121400005', toYen: yen(9_000) })
  await house.tell(paymentId, '2026-12-21', { kind: 'registered_again', providerId: '26122100006', toYen: yen(9_000) })
  await house.tell(paymentId, '2026-12-21', arrival('2026-12-21'))
  const [expected] = await rows('?state=expected')
  expect(expected).toMatchObject({ closingOn: '2026-12-25', lines: 2, grossYen: -2_000 })

  const text = oldFile([
    { npId: '26121400005', gross: -11_000 },
    { npId: '26122100006', gross: 9_000 },
  ])
  await house.bring({ number: 'NP202612250001', closingOn: '2026-12-25', payOn: '2027-01-04', text })
  for (const closingOn of ['2026-12-18', '2026-12-25']) {
    const row = (await rows()).find((each) => each.closingOn === closingOn)
    const { comparison } = await read<PayoutDetail>(`/api/payouts/${row?.id}`)
    const { matched, own, ...differing } = comparison?.findings ?? {}
    expect([closingOn, own, differing]).toEqual([
      closingOn,
      0,
      { amount_differs: 0, fee_differs: 0, twice: 0, unknown: 0 },
    ])
    expect(matched).toBeGreaterThan(0)
  }
  expect(await rows('?state=expected')).toEqual([])
  expect(await house.verify()).toEqual([])
})

test('a sale stated twice is found', async () => {
  const text = oldFile([{ npId: '26122100006', gross: 9_000 }])
  await house.bring({ number: 'NP202701010001', closingOn: '2027-01-01', payOn: '2027-01-08', text })
  const row = (await rows()).find((each) => each.closingOn === '2027-01-01')
  expect((await read<PayoutDetail>(`/api/payouts/${row?.id}`)).comparison?.findings).toMatchObject({
    matched: 0,
    twice: 1,
  })
})

test('an order that is unknown stands as extra on the payout, and the transfer is marked by hand, once', async () => {
  await house.sale({ npId: '26112600001', shippedOn: '2026-11-26', arrivedOn: '2026-11-28', orderNumber: 'U-1' })
  house.goTo('2027-01-20')
  const file = { number: 'NP-HAND', closingOn: '2027-01-08', payOn: '2027-01-15' }
  const text = oldFile([
    { npId: '26112600001', gross: 11_000 },
    { npId: '26112600002', gross: 11_000 },
  ])
  expect(await (await house.bring({ ...file, text })).json()).toEqual({ result: 'taken' })
  const row = (await rows()).find((each) => each.statementNumber === 'NP-HAND')
  const id = row?.id ?? ''
  expect(row).toMatchObject({ state: 'closed', lines: 2, grossYen: 22_000 })
  const findings = async () => (await read<PayoutDetail>(`/api/payouts/${id}`)).comparison?.findings
  expect(await findings()).toMatchObject({ matched: 1, unknown: 1 })

  const mark = (paidOn: string, client = house.accountant) => client.send('POST', `/api/payouts/${id}/paid`, { paidOn })
  expect((await mark('2027-01-15', await house.signIn('staff'))).status).toBe(403)
  for (const day of ['2027-01-07', '2027-01-21']) expect((await errorOf(await mark(day))).code).toBe('request.invalid')
  expect(await (await mark('2027-01-15')).json()).toEqual({ result: 'paid' })
  expect(await (await mark('2027-01-15')).json()).toEqual({ result: 'already' })
  expect((await errorOf(await mark('2027-01-16'))).code).toBe('statement.not_payable')
  // The provider's own word comes after all, and changes nothing.
  await house.pay('NP-HAND', '2027-01-15')
  const paid = await read<PayoutDetail>(`/api/payouts/${id}`)
  expect(paid.payout).toMatchObject({ state: 'paid', paidOn: '2027-01-15' })
  const half = (row?.transferYen ?? 0) / 2
  expect(bankOf(paid)).toBe(half)
  expect(await house.verify()).toEqual([])

  // The order comes, and its line with it: the transfer is explained to the yen.
  await house.sale({ npId: '26112600002', shippedOn: '2026-11-26', arrivedOn: '2026-11-28', orderNumber: 'U-2' })
  await house.replayWaiting()
  expect(await findings()).toMatchObject({ matched: 2, unknown: 0 })
  const whole = await read<PayoutDetail>(`/api/payouts/${id}`)
  expect(bankOf(whole)).toBe(row?.transferYen)
  const [second] = (await read<{ items: PaymentRow[] }>('/api/payments?q=U-2')).items
  expect(second).toMatchObject({ status: 'paid_out', paidOutOn: '2027-01-15' })
  expect(await house.verify()).toEqual([])
  const audited = await house.deps.db.owner
    .selectFrom('auditLog')
    .select('after')
    .where('action', '=', 'statement.mark_paid')
    .execute()
  expect(audited).toEqual([{ after: { state: 'paid', paidOn: '2027-01-15' } }])
})

function bankOf({ accounts }: PayoutDetail): number {
  return accounts.filter((each) => each.account === 'bank').reduce((sum, each) => sum + each.amountYen, 0)
}
