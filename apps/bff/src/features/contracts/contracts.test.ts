import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlanComparison, TermPreview } from '@choba/shared/contracts/contract-terms.ts'
import { TAX_CLASSES } from '@choba/shared/tax-classes.ts'
import type { FeeTerms } from '@choba/shared/terms.ts'
import { chargeSql, returnedChargeSql } from '../../db/fee-sql.ts'
import { feesOf, returnedFeesOf } from '../../domain/fees.ts'
import { errorOf, type TestClient } from '../../testing/app.ts'
import { oldFile, openPayoutHouse, type PayoutHouse, PLAN_A } from '../../testing/payout-house.ts'

let house: PayoutHouse
let admin: TestClient
beforeAll(async () => {
  house = await openPayoutHouse('2026-12-10')
  admin = await house.signIn('admin')
})
afterAll(() => house.close())

const NP = { method: 'np_postpaid' as const }
function change(kind: string, validFrom: string, value: object) {
  return { ...NP, shopId: house.shopIds[0], kind, validFrom, value }
}

type Listed = {
  terms: Array<{ kind: string; validFrom: string; value: Record<string, unknown>; assumed: boolean }>
  contracts: Array<{ changeFrom: string; today: string; method: string }>
}
async function list(): Promise<Listed> {
  return (await (await admin.get('/api/contracts')).json()) as Listed
}

test('a change holds from its day, and the terms before it stay as they were', async () => {
  const plan = {
    ...PLAN_A,
    plan: 'B',
    rateBp: 440,
    monthlyYen: 5_000,
    lines: 'separate',
    taxClass: { rate: 'non_taxable', invoice: 'taxable10', monthly: 'taxable10' },
  }
  const preview = (await (
    await admin.send('POST', '/api/contracts/preview', change('fees', '2026-12-15', plan))
  ).json()) as TermPreview
  // 814 before; 484 without tax, and 190 with 19, after.
  expect(preview).toMatchObject({
    replaces: false,
    until: null,
    example: { beforeYen: 814, afterYen: 693 },
    before: { plan: 'A' },
  })
  expect(await (await admin.send('POST', '/api/contracts', change('fees', '2026-12-15', plan))).json()).toEqual({
    replaced: false,
  })
  const fees = (await list()).terms.filter((term) => term.kind === 'fees')
  expect(fees.map((term) => [term.validFrom, term.value['plan'], term.value['lines']])).toEqual([
    ['2020-01-01', 'A', 'single'],
    ['2026-12-15', 'B', 'separate'],
  ])
  const audited = await house.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'subjectId', 'after'])
    .where('action', '=', 'contract.change')
    .execute()
  expect(audited).toMatchObject([
    { subjectId: `${house.shopIds[0]}/np_postpaid/fees/2026-12-15`, after: { value: { rateBp: 440 } } },
  ])
})

test('sales are charged by the terms of the day they shipped', async () => {
  await house.sale({ npId: '26121400001', shippedOn: '2026-12-14', arrivedOn: '2026-12-16', orderNumber: 'OLD' })
  await house.sale({ npId: '26121500001', shippedOn: '2026-12-15', arrivedOn: '2026-12-16', orderNumber: 'NEW' })
  const { items } = (await (await admin.get('/api/payouts?state=expected')).json()) as {
    items: Array<{ id: string; feeYen: number; taxYen: number }>
  }
  expect(items).toHaveLength(1)
  const lines = (await (await admin.get(`/api/payouts/${items[0]?.id}/lines`)).json()) as {
    items: Array<{ orderNumber: string; feeYen: number; taxYen: number }>
  }
  expect(lines.items).toHaveLength(2)
  expect(lines.items.map((line) => [line.orderNumber, line.feeYen, line.taxYen])).toEqual(
    expect.arrayContaining([
      ['NEW', 674, 19],
      ['OLD', 740, 74],
    ]),
  )
})

test('the preview of a closing shows the days that change', async () => {
  const preview = (await (
    await admin.send(
      'POST',
      '/api/contracts/preview',
      change('closing', '2026-12-26', { cycle: 'month_end', roll: 'previous' }),
    )
  ).json()) as TermPreview
  expect(preview.closings).toEqual([
    {
      before: { closingOn: '2027-01-01', payOn: '2027-01-08' },
      after: { closingOn: '2026-12-31', payOn: '2027-01-29' },
    },
    {
      before: { closingOn: '2027-01-01', payOn: '2027-01-08' },
      after: { closingOn: '2027-01-31', payOn: '2027-02-26' },
    },
    {
      before: { closingOn: '2027-02-05', payOn: '2027-02-12' },
      after: { closingOn: '2027-02-28', payOn: '2027-03-31' },
    },
  ])
})

test('what a statement has stated cannot be changed afterwards', async () => {
  await house.bring({
    number: 'NP202612180001',
    closingOn: '2026-12-18',
    payOn: '2026-12-25',
    text: oldFile([{ npId: '26121400001', gross: 11_000 }]),
  })
  const refused = await admin.send('POST', '/api/contracts', change('fees', '2026-12-18', PLAN_A))
  expect(await errorOf(refused)).toMatchObject({ code: 'contract.too_early', details: { earliest: '2026-12-19' } })
  expect((await list()).contracts).toMatchObject([
    { method: 'np_postpaid', changeFrom: '2026-12-19', today: '2026-12-10' },
  ])
  // What decides no statement may be written down later than it began.
  expect((await admin.send('POST', '/api/contracts', change('limit', '2026-12-01', { limitYen: 80_000 }))).status).toBe(
    200,
  )
})

test('a term that makes no sense is refused by the name of its field', async () => {
  const bad = async (kind: string, value: object) =>
    errorOf(await admin.send('POST', '/api/contracts', change(kind, '2027-01-01', value)))
  expect(await bad('closing', { cycle: 'yearly', roll: 'next' })).toMatchObject({
    code: 'request.invalid',
    details: { issues: [{ path: 'value.cycle' }] },
  })
  expect(await bad('closing', { cycle: 'designated_friday', roll: 'next' })).toMatchObject({
    details: { issues: [{ path: 'value.friday' }] },
  })
  expect(await bad('fees', { ...PLAN_A, rateBp: 1.5 })).toMatchObject({
    details: { issues: [{ path: 'value.rateBp' }] },
  })
  const card = await admin.send('POST', '/api/contracts', {
    ...change('limit', '2027-01-01', { limitYen: 1 }),
    method: 'card',
  })
  expect((await errorOf(card)).code).toBe('resource.not_found')
})

test('accountants read the contracts, and only admins change them', async () => {
  expect((await house.accountant.get('/api/contracts')).status).toBe(200)
  expect(
    (await house.accountant.send('POST', '/api/contracts', change('limit', '2027-01-01', { limitYen: 1 }))).status,
  ).toBe(403)
  expect((await (await house.signIn('staff')).get('/api/contracts')).status).toBe(403)
})

test('a month is compared under each plan, sale by sale', async () => {
  for (const [index, amountYen] of [11_000, 3_333, 27_001].entries())
    await house.sale({ npId: `2611050000${index}`, shippedOn: `2026-11-0${index + 5}`, amountYen })
  const found = (await (await admin.get(`/api/contracts/plans?shop=${house.shopIds[0]}`)).json()) as PlanComparison
  expect(found).toMatchObject({ month: '2026-11', sales: 3, amountYen: 41_334 })
  // 550+166+1,350 by rate, 3 × 190 for invoices; each line's tax cut on its own.
  expect(found.plans[0]).toEqual({
    plan: 'current',
    rateBp: 500,
    monthlyYen: 0,
    rateYen: 2_066,
    invoicesYen: 570,
    taxYen: 74 + 35 + 154,
    totalYen: 2_899,
  })
  expect(found.plans.map((cost) => [cost.plan, cost.monthlyYen, cost.rateYen])).toEqual([
    ['current', 0, 2_066],
    ['A', 0, 2_066],
    ['B', 5_000, 484 + 146 + 1_188],
    ['C', 20_000, 396 + 119 + 972],
    ['D', 48_000, 319 + 96 + 783],
  ])
  expect(found.breakEven.map((each) => each.monthYen)).toEqual([833_334, 1_875_000, 4_000_000])
  const empty = (await (
    await admin.get(`/api/contracts/plans?shop=${house.shopIds[0]}&month=2025-01`)
  ).json()) as PlanComparison
  expect(empty).toMatchObject({ month: '2025-01', sales: 0, amountYen: 0 })
})

test('the database charges what the domain charges, whatever the terms', async () => {
  const price = fc.nat(999)
  const taxClass = fc.constantFrom(...TAX_CLASSES)
  const terms: fc.Arbitrary<FeeTerms> = fc.record({
    plan: fc.constant('custom' as const),
    rateBp: fc.nat(1_000),
    perPaymentYen: price,
    perInvoiceYen: price,
    perBundledInvoiceYen: price,
    monthlyYen: price,
    taxClass: fc.record(
      { rate: taxClass, perPayment: taxClass, invoice: taxClass, monthly: taxClass },
      { requiredKeys: ['rate', 'invoice', 'monthly'] },
    ),
    lines: fc.constantFrom('single' as const, 'separate' as const),
  })
  await fc.assert(
    fc.asyncProperty(
      terms,
      fc.nat(9_999_999),
      fc.constantFrom('separate' as const, 'bundled' as const, null),
      async (value, amountYen, invoice) => {
        const charge = chargeSql(sql`t.value`, sql`t.amount`, sql`t.delivery`)
        const { rows } = await sql<{ fee: number; tax: number }>`select ${charge.fee} as fee, ${charge.tax} as tax
        from (select ${JSON.stringify(value)}::jsonb as value, ${amountYen}::bigint as amount, ${invoice}::text as delivery) t`.execute(
          house.deps.db.owner,
        )
        const fees = feesOf(value, { amountYen, invoice })
        const sum = (of: 'amountYen' | 'taxYen') => fees.reduce((total, fee) => total + fee[of], 0)
        expect(rows[0]).toEqual({ fee: sum('amountYen'), tax: sum('taxYen') })
        const method = invoice === null ? 'convenience_store' : 'card'
        const returned = returnedChargeSql(sql`t.value`, sql`t.amount`, sql`${method}::text`)
        const { rows: back } = await sql<{
          fee: number
          tax: number
        }>`select -${returned.fee} as fee, -${returned.tax} as tax
        from (select ${JSON.stringify(value)}::jsonb as value, ${amountYen}::bigint as amount) t`.execute(
          house.deps.db.owner,
        )
        const given = returnedFeesOf(value, amountYen, method)
        expect(back[0]).toEqual({
          fee: given.reduce((total, fee) => total + fee.amountYen, 0),
          tax: given.reduce((total, fee) => total + fee.taxYen, 0),
        })
      },
    ),
  )
})
