import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { yen } from '@choba/shared/money.ts'
import { describe, expect, test } from 'vitest'
import { createNpTest, npOrder, shipmentOf, type NpTest } from '../testing/np.ts'

async function shipped(np: NpTest, changes = {}, customer = {}) {
  const { results } = await np.register([npOrder(changes, customer)])
  const id = results[0]!.npTransactionId
  await np.ship([shipmentOf(id)])
  return id
}
async function stateOf(np: NpTest, id: string) {
  return (await np.payments([id])).results[0]!
}

test('the invoice goes out on the next business day and is due fourteen days later', async () => {
  const np = createNpTest()
  // A Friday before three holidays in a row.
  np.moveTo('2026-09-18T12:00:00+09:00')
  const id = await shipped(np, {}, { email: 'late+a@example.jp' })
  np.moveTo('2026-09-23T23:00:00+09:00')
  expect((await stateOf(np, id)).billIssuedOn).toBeUndefined()
  np.moveTo('2026-09-24T10:00:00+09:00')
  const state = await stateOf(np, id)
  expect(state).toMatchObject({ billIssuedOn: '2026-09-24', billDueOn: '2026-10-08', paid: false })
  expect(state.billInquiryNumber).toMatch(/^akt\d{15}$/)
})

test('arrival is confirmed one to three days after the shipment', async () => {
  const np = createNpTest()
  const id = await shipped(np)
  np.moveDays(4)
  expect((await stateOf(np, id)).arrivalConfirmedOn).toMatch(/^2026-08-0[456]$/)
})

test('customers pay in time, late after reminders, or never', async () => {
  const np = createNpTest()
  const [early, late, never] = [
    await shipped(np, {}, { email: 'early+a@example.jp' }),
    await shipped(np, {}, { email: 'late+a@example.jp' }),
    await shipped(np, {}, { email: 'never+a@example.jp' }),
  ]
  np.moveDays(60)
  const [a, b, c] = [await stateOf(np, early), await stateOf(np, late), await stateOf(np, never)]
  expect(a.paid && a.customerPaidOn! <= a.billDueOn! && a.reminderCount).toBe(0)
  expect(b.paid && b.customerPaidOn! > '2026-08-18' && b.reminderCount! > 0).toBe(true)
  expect(a.paymentPlace).toMatch(/convenience_store|bank|post_office/)
  expect(c.paid).toBe(false)
  expect(c.reminderCount).toBeGreaterThan(1)
  expect(c.closedOn).toBeDefined()
})

async function linesOf(np: NpTest, statementNumber: string) {
  return (await np.statementLines(statementNumber)).map((line) => [line.kind, line.transferYen])
}

describe('replacement payment', () => {
  test('closes on Friday what has arrived, pays a week later, to the yen of the worked example', async () => {
    const np = createNpTest()
    const id = await shipped(np)
    np.moveTo('2026-08-07T23:58:00+09:00')
    expect(await np.statements()).toEqual([])
    np.moveTo('2026-08-08T00:00:00+09:00')
    const [closed] = await np.statements()
    expect(closed).toMatchObject({
      closedOn: '2026-08-07',
      paymentOn: '2026-08-14',
      grossAmountYen: 11_000,
      transferAmountYen: 10_186,
      status: 'closed',
      lineCount: 1,
    })
    expect(await np.statementLines(closed!.statementNumber)).toEqual([
      {
        kind: 'sale',
        npTransactionId: id,
        shopTransactionId: expect.any(String),
        customerName: '髙橋 花子',
        shippedOn: null,
        grossYen: 11_000,
        fees: [{ kind: 'rate', taxClass: 'taxable10', amountYen: 740, taxYen: 74 }],
        transferYen: 10_186,
        note: '',
      },
    ])
    np.moveTo('2026-08-14T10:00:00+09:00')
    expect((await np.statements())[0]).toMatchObject({ status: 'paid', transferredOn: '2026-08-14' })
  })

  test('leaves out what was cancelled before the closing', async () => {
    const np = createNpTest()
    const [kept, returned] = [await shipped(np), await shipped(np)]
    np.moveTo('2026-08-07T12:00:00+09:00')
    await np.cancel([returned])
    np.moveDays(1)
    const lines = await np.statementLines((await np.statements())[0]!.statementNumber)
    expect(lines.map((line) => line.npTransactionId)).toEqual([kept])
  })

  test('takes back on a later statement what was cancelled after it', async () => {
    const np = createNpTest()
    const returned = await shipped(np, {}, { email: 'never+a@example.jp' })
    np.moveDays(14)
    await np.cancel([returned])
    // Alone, the debt transfers nothing and is carried over; the next sale pays it.
    np.moveTo('2026-08-22T00:00:00+09:00')
    const [, debt] = await np.statements()
    expect(debt).toMatchObject({ grossAmountYen: -11_000, transferAmountYen: 0 })
    expect(await linesOf(np, debt!.statementNumber)).toEqual([
      ['cancellation', -10_186],
      ['carry_over', 10_186],
    ])
    np.moveTo('2026-09-05T00:00:00+09:00')
    expect(await np.statements()).toHaveLength(2)
    await shipped(np, { billedAmountYen: yen(20_000) })
    np.moveDays(10)
    const third = (await np.statements())[2]!
    expect(await linesOf(np, third.statementNumber)).toEqual([
      ['sale', 18_691],
      ['carry_over', -10_186],
    ])
    expect(third.transferAmountYen).toBe(8_505)
  })

  test('refuses the cancellation after the payout when the account says so', async () => {
    const np = createNpTest({ settings: { cancelAfterPayout: 'refuse' } })
    const id = await shipped(np, {}, { email: 'never+a@example.jp' })
    np.moveDays(14)
    expect((await np.cancel([id])).errors[0]?.codes).toEqual(['E0100131'])
  })

  test('never comes for a parcel that never arrives', async () => {
    const np = createNpTest()
    await shipped(np, {}, { email: 'lost+a@example.jp' })
    np.moveDays(40)
    expect(await np.statements()).toEqual([])
  })
})

async function trade(np: NpTest) {
  const rows = Array.from({ length: 150 }, (_, n) =>
    npOrder(
      { shopTransactionId: `P-${n}`, billedAmountYen: yen(3_000 + n * 170) },
      {
        tel: `0905${String(1_000_000 + n)}`,
        address: n % 17 === 0 ? '京都府京都市中京区' : '京都府京都市中京区道場町1',
      },
    ),
  )
  const { results } = await np.register(rows)
  const approved = results.filter((row) => row.outcome.result === 'approved').map((row) => row.npTransactionId)
  await np.ship(approved.slice(5).map(shipmentOf))
  return results.map((row) => row.npTransactionId)
}

async function everything(np: NpTest, ids: string[]) {
  const statements = await np.statements()
  const lines = await Promise.all(statements.map((statement) => np.statementLines(statement.statementNumber)))
  return {
    screenings: (await np.find(ids.map((npTransactionId) => ({ npTransactionId })))).results,
    payments: (await np.payments(ids)).results,
    statements,
    lines,
  }
}

test('sixty single days end where one step of sixty days ends', async () => {
  const settings = { seededOutcomes: true, screening: 'batch' }
  const [one, many] = [createNpTest({ settings }), createNpTest({ settings })]
  const start = async (np: NpTest) => {
    const ids = await trade(np)
    np.moveDays(1)
    const found = await np.find(ids.map((npTransactionId) => ({ npTransactionId })))
    await np.ship(
      found.results.filter((row) => row.outcome.result === 'approved').map((row) => shipmentOf(row.npTransactionId)),
    )
    return ids
  }
  const ids = await start(one)
  expect(await start(many)).toEqual(ids)
  one.moveDays(60)
  for (let day = 0; day < 60; day += 1) many.moveDays(1)
  const state = await everything(one, ids)
  expect(await everything(many, ids)).toEqual(state)
  expect(state.statements.length).toBeGreaterThan(0)
  expect(state.payments.some((payment) => payment.paid)).toBe(true)
  expect(one.deps.schedule.failedCount()).toBe(0)
})

test('forgets nothing over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-np-'))
  const before = createNpTest({ folder })
  const ids = await trade(before)
  before.moveDays(30)
  const state = await everything(before, ids)
  before.deps.store.close()
  const after = createNpTest({ folder })
  expect(await everything(after, ids)).toEqual(state)
  after.moveDays(30)
  expect((await after.statements()).length).toBeGreaterThanOrEqual(state.statements.length)
})
