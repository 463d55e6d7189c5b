import { decodeStatementCsv } from '@choba/wire/sbps/statement-csv.ts'
import { decodeStatements } from '@choba/wire/sbps/statements.ts'
import { expect, test } from 'vitest'
import { basicOf, cardRequest, createWorld, type SbpsWorld } from '../testing/sbps.ts'

const CARD = { feeRateBp: 300, monthlyFeeYen: 3_000, feePerPaymentYen: 10, taxClasses: { perPayment: 'taxable10' } }

async function sell(world: SbpsWorld, amount: string): Promise<string> {
  const { trackingId } = await world.call('ST01-00111-101', cardRequest({ amount }))
  await world.call('ST02-00101-101', { tracking_id: trackingId! })
  await world.call('ST02-00201-101', { tracking_id: trackingId! })
  return trackingId!
}
function goTo(world: SbpsWorld, day: string): void {
  world.deps.clock.moveTo(new Date(`${day}T09:00:00+09:00`))
}
async function ask(world: SbpsWorld, path: string): Promise<Response> {
  return await world.app.request(`/portal/statements${path}`, { headers: { authorization: basicOf(world.account) } })
}

/** Each statement as `closing transfer`, with its own lines as `kind gross month carried`. */
async function told(world: SbpsWorld): Promise<string[]> {
  const list = decodeStatements(await (await ask(world, '')).text())
  if (!list.ok) throw new Error(list.refusal.problem)
  const texts: string[] = []
  for (const { statementNumber, closedOn, transferAmountYen } of list.value) {
    const file = decodeStatementCsv(new Uint8Array(await (await ask(world, `/${statementNumber}.csv`)).arrayBuffer()))
    if (!file.ok) throw new Error(JSON.stringify(file.problems))
    const own = file.lines.flatMap(({ kind, transferYen, fixedFee }) =>
      fixedFee === null ? [] : [`${kind} ${transferYen} ${fixedFee.month} ${fixedFee.carried}`],
    )
    texts.push([`${closedOn} ${transferAmountYen}`, ...own].join(' | '))
  }
  return texts
}

test('a month that sells little carries its fixed fee, and the next month’s sales cover both', async () => {
  const world = createWorld({ account: { card: CARD } })
  await sell(world, '2000')
  goTo(world, '2026-09-02')
  await sell(world, '10000')
  goTo(world, '2026-10-02')
  // 2,000 less 60, 10 and its 1; then 10,000 less 300, 10 and 1, less 3,300 twice.
  expect(await told(world)).toEqual([
    '2026-08-31 1929 | monthly_fee -3300 2026-08 0 | carry_over 3300 2026-08 1',
    '2026-09-30 3089 | carry_over -3300 2026-08 1 | monthly_fee -3300 2026-09 0',
  ])
})

test('without any sale the fee is carried four times, and the fifth closing sends an invoice', async () => {
  const world = createWorld({ account: { card: CARD } })
  expect(await told(world)).toEqual([])
  goTo(world, '2027-01-02')
  const statements = await told(world)
  expect(statements.map((text) => text.split(' | ')[0])).toEqual(
    ['08-31', '09-30', '10-31', '11-30', '12-31'].map((day) => `2026-${day} 0`),
  )
  expect(
    statements.map((text) =>
      text
        .split(' | ')
        .filter((line) => line.includes('2026-08'))
        .at(-1),
    ),
  ).toEqual([
    'carry_over 3300 2026-08 1',
    'carry_over 3300 2026-08 2',
    'carry_over 3300 2026-08 3',
    'carry_over 3300 2026-08 4',
    'invoiced 3300 2026-08 4',
  ])
})

test('refunds without sales wait, and the fixed fee of that month is carried beside them', async () => {
  const world = createWorld({ account: { card: { ...CARD, monthlyFeeYen: 500 } } })
  const refunded = await sell(world, '5000')
  goTo(world, '2026-09-10')
  await world.call('ST02-00307-101', { tracking_id: refunded, amount: '2000' })
  goTo(world, '2026-10-02')
  await sell(world, '8000')
  goTo(world, '2026-11-02')
  // A partial refund gives back 60 of the rate, and not the 11 for the payment.
  expect(await told(world)).toEqual([
    `2026-08-31 ${5000 - 150 - 11 - 550} | monthly_fee -550 2026-08 0`,
    '2026-09-30 0 | monthly_fee -550 2026-09 0 | carry_over 550 2026-09 1',
    `2026-10-31 ${8000 - 240 - 11 - (2000 - 60) - 1100} | carry_over -550 2026-09 1 | monthly_fee -550 2026-10 0`,
  ])
})

test('a contract that changes charges each sale by the terms of its day', async () => {
  const world = createWorld({
    account: { card: [CARD, { ...CARD, from: '2026-09-01', feeRateBp: 200, monthlyFeeYen: 0 }] },
  })
  await sell(world, '100000')
  goTo(world, '2026-09-02')
  await sell(world, '100000')
  goTo(world, '2026-10-02')
  expect(await told(world)).toEqual([
    `2026-08-31 ${100_000 - 3_000 - 11 - 3_300} | monthly_fee -3300 2026-08 0`,
    `2026-09-30 ${100_000 - 2_000 - 11}`,
  ])
})
