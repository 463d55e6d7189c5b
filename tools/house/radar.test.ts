/** The guarantee radar over the real flow: what endangers a payment is found, says why and until when, and is gone once mended. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTerms } from '../../apps/bff/src/testing/terms.ts'
import type { GuaranteeItem } from '../../packages/shared/src/contracts/guarantee.ts'
import { GUARANTEE_RULES, type GuaranteeRule } from '../../packages/shared/src/guarantee.ts'
import { type House, openHouse } from './house.ts'
import { act, detailOf, order, ship, shipmentOf } from './orders.ts'

let house: House
const ids: Record<string, string> = {}

beforeAll(async () => {
  house = await openHouse({ settings: { approvalValidDays: 20 } })
  const [shopId] = house.bff.shopIds
  await addTerms(house.bff.deps.db.owner, house.bff.merchantId, [
    { shopId, method: 'np_postpaid', kind: 'approval', value: { days: 20 } },
    { shopId, method: 'np_postpaid', kind: 'closing', value: { cycle: 'weekly', roll: 'next' } },
  ])
  await make('lapsed', { email: 'ok+lapsed@example.jp' })
  await house.moveDays(1)
  await make('missing', { email: 'never+missing@example.jp' })
  await ship(house, [ids.missing ?? ''])
  await make('lost', { email: 'lost+lost@example.jp' })
  await ship(house, [ids.lost ?? ''])
  // The evening of the closing: the parcel has arrived, and NP forgets it.
  house.np.moveTo('2026-08-07T20:00:00+09:00')
  leaveNoTrace(await npIdOf('missing'))
  await house.moveDays(7)
  await make('unreported', { email: 'ok+unreported@example.jp' })
  await make('quarrel', { email: 'never-dispute+quarrel@example.jp' })
  await ship(house, [ids.quarrel ?? ''])
  await make('held', { email: 're009-stays+held@example.jp', shipOn: '2026-08-14' })
  await house.moveDays(9)
  await make('lost_approval', { email: 'ok+lost@example.jp', shipOn: '2026-09-30' })
  const { customer } = await detailOf(house, ids.lost_approval ?? '')
  await act(house, 'correct', ids.lost_approval ?? '', {
    correction: { customer: { ...customer, email: 're009-stays+now@example.jp' } },
  })
  await make('refused', { address: '大阪府大阪市北区梅田1-1' })
  for (const [name, slip] of [
    ['malformed', { carrierCode: '59010', slipNumber: '123' }],
    ['uncontracted', { carrierCode: '55555', slipNumber: 'AB-1' }],
    ['fine', shipmentOf(77)],
  ] as const) {
    await make(name, { email: `slow+${name}@example.jp` })
    await act(house, 'report_shipment', ids[name] ?? '', slip)
  }
  await make('withdrawn', { email: 'slow+withdrawn@example.jp' })
  await act(house, 'report_shipment', ids.withdrawn ?? '', shipmentOf(78))
  await house.moveDays(1)
  house.gate.plan('/transactions/reregister', { refuse: 'E0131011' })
  await act(house, 'change_amount', ids.withdrawn ?? '', { amountYen: 9_000 })
}, 120_000)
afterAll(() => house.close())

async function make(name: string, wish: Parameters<typeof order>[1][number]): Promise<void> {
  ids[name] = (await order(house, [wish]))[0] ?? ''
}

async function npIdOf(name: string): Promise<string> {
  return (await detailOf(house, ids[name] ?? '')).payment.providerId ?? ''
}

async function statementsOf(name: string): Promise<readonly unknown[]> {
  return ((await detailOf(house, ids[name] ?? '')).state as unknown as { statements: unknown[] }).statements
}

/** NP forgets to close a sale that has arrived. */
function leaveNoTrace(npId: string): void {
  house.np.deps.store.table('np_payout_item').delete(`sale/${npId}`)
}

async function found(rule: GuaranteeRule): Promise<GuaranteeItem[]> {
  return (await house.api<{ items: GuaranteeItem[] }>('GET', `/api/guarantee/${rule}`)).items
}

async function namesUnder(rule: GuaranteeRule): Promise<string[]> {
  const byId = new Map(Object.entries(ids).map(([name, id]) => [id, name]))
  return (await found(rule)).map((item) => byId.get(item.id) ?? item.id).toSorted()
}

test.each([
  ['withdrawn', ['withdrawn']],
  ['ship_day_passed', ['held']],
  ['approval_lost', ['lost_approval']],
  ['not_registered', ['refused']],
  ['approval_lapsed', ['lapsed']],
  ['approval_lapses_soon', ['unreported']],
  ['unreported', ['unreported']],
  ['hold_kept', ['held']],
  ['slip_malformed', ['malformed']],
  ['carrier_not_contracted', ['uncontracted']],
  ['arrival_missing', ['lost']],
  ['statement_missing', ['missing']],
  ['dispute_open', ['quarrel']],
] as const)('%s finds %j', async (rule, expected) => {
  expect(await namesUnder(rule)).toEqual(expected)
})

test('an order a carrier’s file knows, though nobody approved it, has left without a guarantee', async () => {
  expect(await namesUnder('shipped_unapproved')).toEqual([])
  const { payment } = await detailOf(house, ids.lost_approval ?? '')
  const csv = `お客様管理番号,送り状種類,伝票番号\r\n${payment.orderNumber},0,400000000009\r\n`
  const answer = await house.bff.app.request(`/api/imports/files?kind=slips&shop=${house.bff.shopIds[0]}&name=b2.csv`, {
    method: 'POST',
    body: csv,
    headers: { Cookie: house.client.cookie, 'Content-Type': 'text/csv', 'Sec-Fetch-Site': 'same-origin' },
  })
  expect(answer.status).toBeLessThan(300)
  await house.work()
  expect(await namesUnder('shipped_unapproved')).toEqual(['lost_approval'])
})

test('deadlines are the day the remedy stops helping', async () => {
  expect(await found('approval_lapses_soon')).toMatchObject([{ deadline: '2026-09-03', amountYen: 11_000 }])
  expect(await found('ship_day_passed')).toMatchObject([{ deadline: '2026-08-14', reasons: ['RE009'] }])
})

test('the figures are those of the lists, and a payment under two rules counts once', async () => {
  const summary = await house.api<{
    rules: Array<{ rule: GuaranteeRule; count: number; amountYen: number }>
    count: number
    amountYen: number
  }>('GET', '/api/guarantee')
  const all = new Map<string, number>()
  for (const rule of GUARANTEE_RULES) {
    const items = await found(rule)
    for (const item of items) all.set(item.id, item.amountYen)
    const figures = summary.rules.find((each) => each.rule === rule)
    expect(figures?.count ?? 0).toBe(items.length)
    expect(figures?.amountYen ?? 0).toBe(items.reduce((sum, item) => sum + item.amountYen, 0))
  }
  expect(summary.count).toBe(all.size)
  expect(summary.amountYen).toBe([...all.values()].reduce((sum, amount) => sum + amount, 0))
})

test('what is mended is gone from the radar', async () => {
  await act(house, 'report_shipment', ids.unreported ?? '', shipmentOf(79))
  await act(house, 'cancel', ids.held ?? '')
  await act(house, 'reregister', ids.withdrawn ?? '')
  await act(house, 'reregister', ids.lapsed ?? '')
  for (const rule of ['unreported', 'hold_kept', 'ship_day_passed', 'withdrawn', 'approval_lapsed'] as const)
    expect(await namesUnder(rule)).toEqual([])
  expect(await house.verify()).toEqual([])
})

test('a dispute is on the radar until NP settles it, and the sale is on the statement of the next closing', async () => {
  const [item] = await found('dispute_open')
  expect(item).toMatchObject({ id: ids.quarrel, amountYen: 11_000, deadline: null })
  await house.np.console('disputes', { npTransactionId: await npIdOf('quarrel'), status: 'closed' })
  expect(await namesUnder('dispute_open')).toEqual(['quarrel'])
  await house.moveDays(1)
  expect(await namesUnder('dispute_open')).toEqual([])
  expect(await statementsOf('quarrel')).toEqual([])
  await house.moveDays(9)
  expect(await statementsOf('quarrel')).toHaveLength(1)
  expect(await namesUnder('statement_missing')).not.toContain('quarrel')
  expect(await house.verify()).toEqual([])
})

test('a rule that does not exist is not found, and nonsense is no place in a list', async () => {
  expect((await house.client.get('/api/guarantee/nonsense')).status).toBe(404)
  expect((await house.client.get('/api/guarantee/withdrawn?cursor=nonsense')).status).toBe(400)
})
