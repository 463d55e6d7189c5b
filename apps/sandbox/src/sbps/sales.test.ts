import { businessDate } from '@choba/shared/dates.ts'
import { decodeStatementCsv } from '@choba/wire/sbps/statement-csv.ts'
import { decodeStatements } from '@choba/wire/sbps/statements.ts'
import { describe, expect, it } from 'vitest'
import { basicOf, cardRequest, createWorld, type SbpsWorld, storeRequest } from '../testing/sbps.ts'
import { closingDayOf, parseSbpsContracts, paymentDayOf } from './contract.ts'
import { saleLine } from './statement-lines.ts'

async function capture(world: SbpsWorld, amount: string): Promise<string> {
  const { trackingId } = await world.call('ST01-00111-101', cardRequest({ amount }))
  await world.call('ST02-00101-101', { tracking_id: trackingId! })
  await world.call('ST02-00201-101', { tracking_id: trackingId! })
  return trackingId!
}

async function statements(world: SbpsWorld, query = '') {
  const answer = await world.app.request(`/portal/statements${query}`, {
    headers: { authorization: basicOf(world.account) },
  })
  const read = decodeStatements(await answer.text())
  if (!read.ok) throw new Error(read.refusal.problem)
  return read.value
}

async function lines(world: SbpsWorld, number: string) {
  const answer = await world.app.request(`/portal/statements/${number}.csv`, {
    headers: { authorization: basicOf(world.account) },
  })
  const read = decodeStatementCsv(new Uint8Array(await answer.arrayBuffer()))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.lines
}

describe('closing cycles', () => {
  const contractOf = (value: object) => parseSbpsContracts(value, 'card', 'credit')[0]!

  it.each([
    ['2026-08-01', 'month_end', '2026-08-31'],
    ['2026-08-15', 'twice_monthly', '2026-08-15'],
    ['2026-08-16', 'twice_monthly', '2026-08-31'],
  ] as const)('take a sale of %s (%s) into %s', (day, closing, expected) => {
    expect(closingDayOf(contractOf({ closing }), businessDate(day))).toBe(expected)
  })

  it.each([
    ['2026-09-30', 'end_of_next_month', 'next', '2026-11-02'],
    ['2026-09-30', 'end_of_next_month', 'previous', '2026-10-30'],
    ['2026-11-30', 'end_of_next_month', 'next', '2027-01-04'],
    ['2026-08-31', 'fifteen_days_later', 'next', '2026-09-15'],
    ['2026-09-04', 'fifteen_days_later', 'next', '2026-09-24'],
  ] as const)('closed %s, paid %s and rolled %s, are transferred on %s', (closing, payment, roll, expected) => {
    expect(paymentDayOf(contractOf({ payment, roll }), businessDate(closing))).toBe(expected)
  })

  it('follow any days of the month, and a payment on a day so many months later', () => {
    const contract = contractOf({ closingDays: [10, 31], payment: { months: 2, day: 5 }, roll: 'next' })
    expect(closingDayOf(contract, businessDate('2026-02-11'))).toBe('2026-02-28')
    expect(closingDayOf(contract, businessDate('2026-03-01'))).toBe('2026-03-10')
    // The 5th of April is a Sunday.
    expect(paymentDayOf(contract, businessDate('2026-02-28'))).toBe('2026-04-06')
  })

  it('charge a rate for cards and a sum with tax for stores', () => {
    const { account } = createWorld()
    const sold = { trackingId: '', orderNumber: '', soldOn: businessDate('2026-08-03'), amountYen: 1_080 }
    expect(saleLine(account.card[0]!, { ...sold, payMethod: 'credit' })).toMatchObject({
      fees: [{ kind: 'rate', taxClass: 'non_taxable', amountYen: 35, taxYen: 0 }],
      transferYen: 1_045,
    })
    expect(saleLine(account.convenienceStore[0]!, { ...sold, payMethod: 'webcvs' })).toMatchObject({
      fees: [{ kind: 'per_payment', taxClass: 'taxable10', amountYen: 190, taxYen: 19 }],
      transferYen: 871,
    })
  })
})

describe('statements', () => {
  it('close the month, pay at the end of the next, and carry each sale with its fee', async () => {
    const world = createWorld()
    const first = await capture(world, '10000')
    const second = await capture(world, '999')
    expect(await statements(world)).toEqual([])
    world.deps.clock.moveTo(new Date('2026-09-01T04:00:00+09:00'))
    expect(await statements(world)).toEqual([
      {
        statementNumber: 'C99901001-20260831',
        payMethod: 'credit',
        closedOn: '2026-08-31',
        paymentOn: '2026-09-30',
        grossAmountYen: 10_999,
        transferAmountYen: 10_999 - 325 - 32,
        status: 'closed',
        lineCount: 2,
      },
    ])
    expect(await lines(world, 'C99901001-20260831')).toMatchObject([
      {
        trackingId: first,
        kind: 'sale',
        soldOn: '2026-08-03',
        grossYen: 10_000,
        fees: [{ kind: 'rate', taxClass: 'non_taxable', amountYen: 325, taxYen: 0 }],
        transferYen: 9_675,
      },
      { trackingId: second, grossYen: 999, transferYen: 967 },
    ])
    world.deps.clock.moveTo(new Date('2026-09-30T10:00:00+09:00'))
    expect(await statements(world)).toMatchObject([{ status: 'paid', transferredOn: '2026-09-30' }])
    expect(await statements(world, '?closed_from=2026-09-01')).toEqual([])
  })

  it('set a refund after closing off against the next month, and carry it while there is nothing to set it off against', async () => {
    const world = createWorld()
    const refunded = await capture(world, '5000')
    world.deps.clock.moveTo(new Date('2026-09-10T09:00:00+09:00'))
    await world.call('ST02-00307-101', { tracking_id: refunded, amount: '2000' })
    world.deps.clock.moveTo(new Date('2026-10-05T09:00:00+09:00'))
    expect((await statements(world)).map((statement) => statement.closedOn)).toEqual(['2026-08-31'])
    await capture(world, '8000')
    world.deps.clock.moveTo(new Date('2026-11-05T09:00:00+09:00'))
    const [, october] = await statements(world)
    expect(october).toMatchObject({
      closedOn: '2026-10-31',
      grossAmountYen: 6_000,
      transferAmountYen: 6_000 - 260 + 65,
      lineCount: 2,
    })
    expect((await lines(world, october!.statementNumber))[0]).toMatchObject({
      kind: 'cancellation',
      grossYen: -2_000,
      fees: [{ kind: 'rate', amountYen: -65, taxYen: 0 }],
      transferYen: -1_935,
    })
  })

  it('leave a sale made after midnight, before the closing is drawn up, to the next month', async () => {
    const world = createWorld()
    await capture(world, '1000')
    world.deps.clock.moveTo(new Date('2026-09-01T01:00:00+09:00'))
    await capture(world, '2000')
    world.deps.clock.moveTo(new Date('2026-10-01T04:00:00+09:00'))
    expect((await statements(world)).map(({ closedOn, grossAmountYen }) => [closedOn, grossAmountYen])).toEqual([
      ['2026-08-31', 1_000],
      ['2026-09-30', 2_000],
    ])
  })

  it('close store payments twice a month by the day of the definite report', async () => {
    const world = createWorld()
    await world.call('ST01-00101-701', storeRequest(world, { mail: 'paynow+a@example.jp' }))
    world.deps.clock.moveTo(new Date('2026-08-16T04:00:00+09:00'))
    expect(await statements(world)).toMatchObject([
      {
        payMethod: 'webcvs',
        closedOn: '2026-08-15',
        paymentOn: '2026-08-31',
        grossAmountYen: 1_080,
        transferAmountYen: 871,
      },
    ])
  })

  it('are the merchant’s own, and real ones only', async () => {
    const world = createWorld()
    expect((await world.app.request('/portal/statements')).status).toBe(401)
    const headers = { authorization: basicOf(world.account) }
    expect((await world.app.request('/portal/statements/C99901001-20990101.csv', { headers })).status).toBe(404)
    expect((await world.app.request('/portal/statements?closed_from=x', { headers })).status).toBe(400)
  })
})
