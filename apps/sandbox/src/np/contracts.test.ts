/** Contracts that change, fees and amounts that belong to no sale, and what stays off a statement. */
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { expect, test } from 'vitest'
import { parseAccounts } from '../accounts.ts'
import { createNpTest, npOrder, shipmentOf, type NpTest } from '../testing/np.ts'
import { closingFrom } from './closing-cycle.ts'

const NEVER = { email: 'never+a@example.jp' }

async function shipped(np: NpTest, email = NEVER.email, changes = {}): Promise<string> {
  const { results } = await np.register([npOrder(changes, { email })])
  const id = results[0]!.npTransactionId
  const bundled = 'settlementType' in changes ? { billIssuedOn: businessDate('2026-08-03') } : {}
  expect((await np.ship([{ ...shipmentOf(id), ...bundled }])).errors).toEqual([])
  return id
}
async function linesOfAll(np: NpTest) {
  const statements = await np.statements()
  return Promise.all(statements.map((statement) => np.statementLines(statement.statementNumber)))
}

test('a contract of one price reads as before, a list of them by the day each holds from', () => {
  const account = { merchantCode: 'a', spCode: 'b', terminalId: 'c' }
  const contract = { feeRateBp: 500, invoicePostageYen: 190, closing: 'weekly' }
  const [one] = parseAccounts({ np: [{ ...account, contract }] }).np
  expect(one?.contracts).toMatchObject([{ from: '2000-01-01', layout: 'old', bundledPostageYen: 190, roll: 'next' }])
  const [two] = parseAccounts({
    np: [{ ...account, contracts: [{ ...contract, from: '2026-08-08', closing: 'month_end' }, contract] }],
  }).np
  expect(two?.contracts.map(({ from }) => from)).toEqual(['2000-01-01', '2026-08-08'])
  // The Friday before the change still closes; after it only the month's end does.
  expect(closingFrom(two!.contracts, businessDate('2026-08-03'))).toBe('2026-08-07')
  expect(closingFrom(two!.contracts, businessDate('2026-08-08'))).toBe('2026-08-31')
  expect(() => parseAccounts({ np: [{ ...account, contracts: [] }] })).toThrow('np[0].contracts must not be empty')
})

test('a fee that changes changes for what is shipped from its day on, and the file takes the newer layout', async () => {
  const np = createNpTest({
    contracts: [
      {},
      {
        from: '2026-08-06',
        layout: 'new',
        feeRateBp: 400,
        bundledPostageYen: 90,
        taxClasses: { rate: 'non_taxable', postage: 'taxable10' },
      },
    ],
  })
  const before = await shipped(np)
  np.moveTo('2026-08-06T09:00:00+09:00')
  const after = await shipped(np)
  const bundled = await shipped(np, NEVER.email, { settlementType: '03' })
  np.moveDays(10)
  const lines = (await linesOfAll(np)).flat()
  const feesOf = (id: string) => lines.find((line) => line.npTransactionId === id)?.fees
  expect(feesOf(before)).toEqual([{ kind: 'rate', taxClass: 'taxable10', amountYen: 740, taxYen: 74 }])
  expect(feesOf(after)).toEqual([
    { kind: 'rate', taxClass: 'non_taxable', amountYen: 440, taxYen: 0 },
    { kind: 'postage', taxClass: 'taxable10', amountYen: 190, taxYen: 19 },
  ])
  expect(feesOf(bundled)?.[1]).toMatchObject({ kind: 'postage', amountYen: 90, taxYen: 9 })
})

test('a monthly fee stands on the last closing of each month, sold or not', async () => {
  const np = createNpTest({ contract: { monthlyFeeYen: 5_000, layout: 'new' } })
  await shipped(np)
  np.moveTo('2026-10-03T00:00:00+09:00')
  const monthly = (
    await Promise.all(
      (await np.statements()).map(async (statement) =>
        (await np.statementLines(statement.statementNumber))
          .filter((line) => line.kind === 'monthly_fee')
          .map((line) => [statement.closedOn, line.transferYen, line.note]),
      ),
    )
  ).flat()
  expect(monthly).toEqual([
    ['2026-08-28', -5_500, '2026-08 月額費用'],
    ['2026-09-25', -5_500, '2026-09 月額費用'],
  ])
  // Both in the merchant's debt: nothing is transferred, and each next one takes what is owed.
  const debts = (await linesOfAll(np)).slice(1).map((lines) => lines.map((line) => [line.kind, line.transferYen]))
  expect(debts).toEqual([
    [
      ['monthly_fee', -5_500],
      ['carry_over', 5_500],
    ],
    [
      ['carry_over', -5_500],
      ['monthly_fee', -5_500],
      ['carry_over', 11_000],
    ],
  ])
})

test('an adjustment typed on the page stands on the next statement', async () => {
  const np = createNpTest()
  await shipped(np)
  const typed = { merchantCode: 'np-1', amountYen: -300, note: '手数料の訂正' }
  expect(await np.console('adjustments', typed)).toEqual({ status: 200, body: typed })
  np.moveDays(7)
  const [lines] = await linesOfAll(np)
  expect(lines?.map((line) => [line.kind, line.transferYen])).toEqual([
    ['sale', 10_186],
    ['adjustment', -300],
  ])
  expect((await np.console('adjustments', { ...typed, merchantCode: 'nobody' })).body['error']).toContain(
    'merchantCode',
  )
  expect((await np.console('adjustments', { ...typed, amountYen: 0 })).status).toBe(400)
})

test('a disputed sale stays off the statements until the dispute is settled', async () => {
  const np = createNpTest()
  const [steered, typed, settling] = [
    await shipped(np, 'never-dispute+a@example.jp'),
    await shipped(np),
    await shipped(np, 'never-dispute-settles+a@example.jp'),
  ]
  await np.console('disputes', { npTransactionId: typed, status: 'open' })
  np.moveDays(14)
  expect(await np.statements()).toEqual([])
  const states = (await np.payments([steered, typed, settling])).results
  expect(states.map((state) => state.disputed)).toEqual([true, true, true])
  await np.console('disputes', { npTransactionId: steered, status: 'closed' })
  np.moveDays(21)
  const paid = (await linesOfAll(np)).flat().map((line) => line.npTransactionId)
  expect(paid).toEqual([steered, settling])
  const after = (await np.payments([steered, typed, settling])).results
  expect(after.map((state) => state.disputed)).toEqual([false, true, false])
  expect((await np.console('disputes', { npTransactionId: '99999999999', status: 'open' })).status).toBe(400)
})

test('an electronic invoice leaves on the business day after the arrival and is paid at a store', async () => {
  const np = createNpTest()
  const id = await shipped(np, 'early-electronic+a@example.jp')
  np.moveDays(30)
  const [state] = (await np.payments([id])).results
  expect(state).toMatchObject({ billDelivery: 'electronic', paid: true, paymentPlace: 'convenience_store' })
  expect(state!.billIssuedOn! > state!.arrivalConfirmedOn!).toBe(true)
  expect(['セブン-イレブン', 'ローソン', 'ミニストップ', 'セイコーマート']).toContain(state!.paymentStore)
})

test('print data are given for bundled invoices that are approved and have not left', async () => {
  const np = createNpTest()
  const wiz = { settlementType: '03' as const }
  const { results } = await np.register([
    npOrder(wiz, NEVER),
    npOrder({}, NEVER),
    npOrder(wiz, { email: 'ng001+a@example.jp' }),
    npOrder({ ...wiz, billedAmountYen: yen(400_000) }, NEVER),
  ])
  const [approved, separate, rejected, dear] = results.map((row) => row.npTransactionId)
  const answer = await np.print([approved!, separate!, rejected!, dear!])
  expect(answer.errors).toEqual([
    { id: separate, codes: ['E0100132'] },
    { id: rejected, codes: ['E0100120'] },
  ])
  expect(answer.results).toMatchObject([
    { npTransactionId: approved, billedAmountYen: 11_000, issuedOn: '2026-08-03', dueOn: '2026-08-17' },
    { npTransactionId: dear },
  ])
  expect(answer.results[0]?.storePaymentNumber).toMatch(/^91900000\d{36}$/)
  expect(answer.results[1]?.storePaymentNumber).toBeUndefined()
  await np.ship([{ ...shipmentOf(approved!), billIssuedOn: answer.results[0]!.issuedOn }])
  expect((await np.payments([approved!])).results[0]).toMatchObject({
    billDelivery: 'bundled',
    billInquiryNumber: answer.results[0]?.inquiryNumber,
    billDueOn: '2026-08-17',
  })
  expect((await np.print([approved!])).errors[0]?.codes).toEqual(['E0100115'])
})
