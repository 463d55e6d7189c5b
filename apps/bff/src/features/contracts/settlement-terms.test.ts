import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TermPreview } from '@choba/shared/contracts/contract-terms.ts'
import { yen } from '@choba/shared/money.ts'
import type { FeeTerms } from '@choba/shared/terms.ts'
import { errorOf, createTestApp, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment } from '../../testing/factory.ts'
import { addTerms } from '../../testing/terms.ts'

const CARD: FeeTerms = {
  plan: 'custom',
  rateBp: 325,
  perPaymentYen: 0,
  perInvoiceYen: 0,
  perBundledInvoiceYen: 0,
  monthlyYen: 0,
  taxClass: { rate: 'non_taxable', invoice: 'taxable10', monthly: 'taxable10' },
  lines: 'single',
}

let house: TestApp
let admin: TestClient
beforeAll(async () => {
  house = await createTestApp({ clock: { now: () => new Date('2026-11-05T03:00:00Z') } })
  const { merchantId, deps, shopIds } = house
  const merchant = await addConnections(deps.db.owner, merchantId, shopIds)
  await addTerms(deps.db.owner, merchantId, [{ shopId: shopIds[0], method: 'card', kind: 'fees', value: CARD }])
  const captured = (amountYen: number, at: string) =>
    registerPayment(deps.db.owner, merchant, { method: 'card', amountYen, orderedAt: at }, [
      { at, news: { kind: 'authorized', providerId: `c-${amountYen}`, transactionId: null, brand: null } },
      { at, news: { kind: 'captured', amountYen: yen(amountYen) } },
    ])
  await captured(10_000, '2026-10-05T03:00:00Z')
  await captured(999, '2026-10-31T14:59:00Z')
  // Midnight in Tokyo: the next month's.
  await captured(5_000, '2026-10-31T15:00:00Z')
  admin = await house.signIn('admin')
})
afterAll(() => house.close())

function change(kind: string, value: object) {
  return { shopId: house.shopIds[0], method: 'card', kind, validFrom: '2026-12-01', value }
}
async function preview(kind: string, value: object): Promise<TermPreview> {
  return (await (await admin.send('POST', '/api/contracts/preview', change(kind, value))).json()) as TermPreview
}

test('new fees are shown on what was sold in the last whole month, to the yen', async () => {
  const { effect } = await preview('fees', { ...CARD, rateBp: 300, perPaymentYen: 5, monthlyYen: 3_000, carryMost: 4 })
  // 3.25 % of 10,000 and of 999: 325 and 32. Then 3 % and 5 yen each: 305 and 34; 3,000 and 300 tax by the month.
  expect(effect).toEqual({
    month: '2026-10',
    sales: 2,
    grossYen: 10_999,
    before: { feesYen: 357, monthlyYen: 0, covered: true, transferYen: 10_642 },
    after: { feesYen: 339, monthlyYen: 3_300, covered: true, transferYen: 7_360 },
  })
})

test('a monthly fee that last month’s sales would not have covered is shown as carried', async () => {
  const { effect } = await preview('fees', { ...CARD, monthlyYen: 50_000, carryMost: 4 })
  expect(effect?.after).toEqual({ feesYen: 357, monthlyYen: 55_000, covered: false, transferYen: 10_642 })
})

test('closings on the contract’s own days are previewed with their payments', async () => {
  const byDay = { cycle: 'by_day', roll: 'next', closingDays: [10, 31], payMonths: 1, payDay: 25 }
  expect((await preview('closing', byDay)).closings.map(({ after }) => [after.closingOn, after.payOn])).toEqual([
    ['2026-12-10', '2027-01-25'],
    ['2026-12-31', '2027-01-25'],
    ['2027-01-10', '2027-02-25'],
  ])
})

test('a closing by day without its days, with two payments or none, or paid before it closes, is refused by its field', async () => {
  const byDay = { cycle: 'by_day', roll: 'next', closingDays: [15], payMonths: 1, payDay: 25 }
  const refused = async (value: object) => {
    const answer = await errorOf(await admin.send('POST', '/api/contracts', change('closing', value)))
    return (answer.details['issues'] as Array<{ path: string }>).map(({ path }) => path)
  }
  expect(await refused({ ...byDay, closingDays: undefined })).toEqual(['value.closingDays'])
  expect(await refused({ ...byDay, closingDays: [0] })).toEqual(['value.closingDays.0'])
  expect(await refused({ ...byDay, payAfterDays: 10 })).toEqual(['value.payAfterDays'])
  expect(await refused({ ...byDay, payMonths: undefined })).toEqual(['value.payMonths'])
  expect(await refused({ ...byDay, payDay: undefined })).toEqual(['value.payDay'])
  expect(await refused({ ...byDay, payMonths: 0, payDay: 15 })).toEqual(['value.payDay'])
})
