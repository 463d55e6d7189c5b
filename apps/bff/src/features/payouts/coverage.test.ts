import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Coverage, CoverageSale } from '@choba/shared/contracts/payouts.ts'
import { addDays, businessDate, type BusinessDate } from '@choba/shared/dates.ts'
import { COVERAGE_PARTS } from '@choba/shared/filters/payouts.ts'
import { yen } from '@choba/shared/money.ts'
import type { ProviderNews } from '../../domain/payment/news.ts'
import { playRandomHistory } from '../../testing/factory.ts'
import { arrival, openPayoutHouse, type PayoutHouse } from '../../testing/payout-house.ts'

let house: PayoutHouse
beforeAll(async () => {
  house = await openPayoutHouse('2026-11-25')
})
afterAll(() => house.close())

async function coverage(query = ''): Promise<Coverage> {
  const response = await house.accountant.get(`/api/payouts/coverage${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Coverage
}

async function sales(query: string): Promise<{ all: CoverageSale[]; total: { count: number; amountYen: number } }> {
  const all: CoverageSale[] = []
  let total = { count: 0, amountYen: 0 }
  for (let cursor = ''; ;) {
    const response = await house.accountant.get(
      `/api/payouts/coverage/sales?${query}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    const page = (await response.json()) as { items: CoverageSale[]; nextCursor: string | null; total: typeof total }
    all.push(...page.items)
    total = page.total
    if (page.nextCursor === null) return { all, total }
    cursor = page.nextCursor
  }
}

function reasonsOf({ parts }: Coverage): Record<string, number> {
  return Object.fromEntries(
    parts.flatMap((part) => part.reasons.filter((each) => each.count > 0).map((each) => [each.reason, each.count])),
  )
}

function line(statementNumber: string, grossYen: number, at: number): ProviderNews {
  return {
    kind: 'statement_line',
    statementNumber,
    line: at,
    closingOn: businessDate('2026-11-20'),
    payOn: businessDate('2026-11-27'),
    grossYen: yen(grossYen),
    fees: [],
  }
}

test('each shipped sale is where it is for one reason, and the parts come to the whole', async () => {
  const npIds = Array.from({ length: 9 }, (_, index) => `2611100000${index}`)
  const sale = (index: number, arrivedOn?: string, shippedOn = '2026-11-12') =>
    house.sale({
      npId: npIds[index] as string,
      shippedOn,
      ...(arrivedOn && { arrivedOn }),
      amountYen: 1_000 * (index + 1),
    })
  await sale(0) // arrival not confirmed
  await sale(1, '2026-11-24') // waits for the closing of the 27th
  await sale(2, '2026-11-18') // the closing of the 20th is past
  const closed = await sale(3, '2026-11-18')
  await house.tell(closed, '2026-11-20', line('S', 4_000, 1))
  const cancelled = await sale(4, '2026-11-18')
  await house.tell(cancelled, '2026-11-19', { kind: 'cancelled', by: 'merchant' })
  const disputed = await sale(5, '2026-11-18')
  await house.tell(disputed, '2026-11-19', { ...arrival('2026-11-18'), disputed: true })
  const returned = await sale(6, '2026-11-13')
  await house.tell(returned, '2026-11-20', line('S', 7_000, 2))
  await house.tell(returned, '2026-11-27', {
    kind: 'statement_paid',
    statementNumber: 'S',
    paidOn: businessDate('2026-11-27'),
  })
  await house.tell(returned, '2026-11-28', { kind: 'cancelled', by: 'merchant' })
  const withdrawn = await sale(7, '2026-11-18')
  await house.tell(withdrawn, '2026-11-19', {
    kind: 'claim_withdrawn',
    providerId: npIds[7] as string,
    toYen: yen(500),
  })
  const paid = await sale(8, '2026-11-13')
  await house.tell(paid, '2026-11-20', line('S', 9_000, 3))
  await house.tell(paid, '2026-11-27', {
    kind: 'statement_paid',
    statementNumber: 'S',
    paidOn: businessDate('2026-11-27'),
  })

  const found = await coverage()
  expect(reasonsOf(found)).toEqual({
    closed: 1,
    paid: 1,
    arrival_not_confirmed: 1,
    next_closing: 1,
    register_again: 1,
    missing: 1,
    cancelled: 1,
    returned: 1,
    disputed: 1,
  })
  expect(found.completed).toEqual({ count: 9, amountYen: 45_000 })
  expect(found.parts.map((part) => [part.part, part.amountYen])).toEqual([
    ['covered', 13_000],
    ['not_yet', 14_000],
    ['excluded', 18_000],
  ])
  expect(found).toMatchObject({ statedYen: 13_000, adds: true })
  const { all } = await sales('reason=next_closing,missing')
  expect(all.map((each) => [each.reason, each.closingOn, each.payOn])).toEqual(
    expect.arrayContaining([
      ['next_closing', '2026-11-27', '2026-12-04'],
      ['missing', '2026-11-20', '2026-11-27'],
    ]),
  )
})

test('says so when a statement pays another amount than was sold', async () => {
  const paymentId = await house.sale({
    npId: '26111100001',
    shippedOn: '2026-11-12',
    arrivedOn: '2026-11-13',
    amountYen: 2_000,
  })
  await house.tell(paymentId, '2026-11-20', line('S', 1_900, 9))
  expect(await coverage()).toMatchObject({ adds: false, statedYen: 14_900 })
  // The rest comes on another line: what was stated is what was sold.
  await house.tell(paymentId, '2026-11-20', line('S2', 100, 1))
  expect((await coverage()).adds).toBe(true)
})

const DAY = fc.integer({ min: 0, max: 40 }).map((n): BusinessDate => addDays(businessDate('2026-10-10'), n))
const STEP = fc.record({
  on: DAY,
  what: fc.constantFrom(
    'arrive',
    'cancel',
    'cancel_by_np',
    'expire',
    'dispute',
    'settle_dispute',
    'close',
    'take_back',
    'pay',
    'withdraw',
    'register_again' as const,
  ),
})

test('over any history the parts come to the whole, and every sale is in exactly one list', async () => {
  let serial = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ shippedOn: DAY, steps: fc.array(STEP, { maxLength: 7 }) }), { minLength: 1, maxLength: 6 }),
      async (histories) => {
        for (const { shippedOn, steps } of histories) {
          serial += 1
          const npId = `27${String(serial).padStart(9, '0')}`
          const amountYen = 100 * serial
          const paymentId = await house.sale({ npId, shippedOn, amountYen })
          for (const [index, { what, on }] of steps.entries()) {
            const news: Record<typeof what, ProviderNews> = {
              arrive: arrival(on),
              cancel: { kind: 'cancelled', by: 'merchant' },
              cancel_by_np: { ...arrival(on), arrivalOn: null, state: 'cancelled' },
              expire: { ...arrival(on), arrivalOn: null, state: 'expired' },
              dispute: { ...arrival(on), arrivalOn: null, disputed: true },
              settle_dispute: { ...arrival(on), arrivalOn: null, disputed: false },
              close: line(`R${index}`, amountYen, serial),
              take_back: line(`B${index}`, -amountYen, serial),
              pay: { kind: 'statement_paid', statementNumber: `R${index - 1}`, paidOn: on },
              withdraw: { kind: 'claim_withdrawn', providerId: npId, toYen: yen(50) },
              register_again: { kind: 'registered_again', providerId: `28${npId.slice(2)}`, toYen: yen(50) },
            }
            await house.tell(paymentId, on, news[what])
          }
        }
        const found = await coverage()
        const sum = (of: (part: Coverage['parts'][number]) => number) =>
          found.parts.reduce((total, part) => total + of(part), 0)
        expect([sum((part) => part.count), sum((part) => part.amountYen)]).toEqual([
          found.completed.count,
          found.completed.amountYen,
        ])
        for (const part of found.parts) {
          expect(part.reasons.reduce((total, reason) => total + reason.amountYen, 0)).toBe(part.amountYen)
        }
      },
    ),
    { numRuns: 15 },
  )
  const found = await coverage()
  const lists = await Promise.all(COVERAGE_PARTS.map((part) => sales(`part=${part}`)))
  for (const [index, { all, total }] of lists.entries()) {
    const { count, amountYen } = found.parts[index] as Coverage['parts'][number]
    expect([all.length, total]).toEqual([count, { count, amountYen }])
  }
  const ids = lists.flatMap(({ all }) => all.map((sale) => sale.paymentId))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(found.completed.count)
  expect(await house.verify()).toEqual([])
})

test('holds over the histories that every method plays, by shop and by period', async () => {
  await playRandomHistory(house.deps.db.owner, house.merchant, { seed: 11, payments: 150 })
  const [shopId] = house.shopIds
  const whole = await coverage()
  const before = await coverage(`?shop=${shopId}&to=2026-10-31`)
  const after = await coverage(`?shop=${shopId}&from=2026-11-01`)
  expect(before.completed.count + after.completed.count).toBe(whole.completed.count)
  expect((await coverage(`?shop=${house.shopIds[1]}`)).completed).toEqual({ count: 0, amountYen: 0 })
  for (const found of [whole, before, after])
    expect(found.parts.reduce((total, part) => total + part.amountYen, 0)).toBe(found.completed.amountYen)
})
