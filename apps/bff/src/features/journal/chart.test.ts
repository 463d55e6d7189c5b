/** The merchant's own names for accounts: from a day on, on the screen and in files, while the books say what they said. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JournalRow } from '@choba/shared/contracts/journal.ts'
import type { TestClient } from '../../testing/app.ts'
import { openPayoutHouse, type PayoutHouse } from '../../testing/payout-house.ts'

let house: PayoutHouse
let admin: TestClient
beforeAll(async () => {
  house = await openPayoutHouse('2026-11-25')
  admin = await house.signIn('admin')
  for (const [number, shippedOn] of [
    ['A1', '2026-11-18'],
    ['A2', '2026-11-20'],
  ] as const)
    await house.sale({ orderNumber: number, amountYen: 11_000, npId: `NP-${number}`, shippedOn } as never)
})
afterAll(() => house.close())

const NAMES = { validFrom: '2026-11-20', code: '411', name: '通販売上高', subAccount: 'EC', taxName: '課税売上10%' }

async function salesNames(): Promise<string[]> {
  const { items } = (await (await admin.get('/api/journal?account=sales&direction=asc')).json()) as {
    items: JournalRow[]
  }
  return items.map(
    (row) => `${row.bookedOn} ${row.account} ${row.ownCode} ${row.ownName} ${row.ownSubAccount} ${row.ownTaxName}`,
  )
}

test('names hold from their day on, in the list and in the file, and the books stay as they are', async () => {
  expect(await (await admin.send('PUT', '/api/chart/sales', NAMES)).json()).toEqual({ changed: true })
  expect(await salesNames()).toEqual([
    '2026-11-18 sales null null null null',
    '2026-11-20 sales 411 通販売上高 EC 課税売上10%',
  ])
  const file = await (await admin.get('/api/journal/export.csv?account=sales&direction=asc')).text()
  const [head, before, after] = file.split('\r\n').map((row) => row.split(',').slice(-4))
  expect([head, before, after]).toEqual([
    ['自社の科目コード', '自社の科目名', '自社の補助科目', '自社の税区分'],
    ['', '', '', ''],
    ['411', '通販売上高', 'EC', '課税売上10%'],
  ])
  expect(await house.verify()).toEqual([])
})

test('the same again changes nothing, the same day again replaces, and the log says what was before', async () => {
  expect(await (await admin.send('PUT', '/api/chart/sales', NAMES)).json()).toEqual({ changed: false })
  const renamed = { ...NAMES, name: 'EC売上', subAccount: '' }
  expect(await (await admin.send('PUT', '/api/chart/sales', renamed)).json()).toEqual({ changed: true })
  expect((await salesNames())[1]).toBe('2026-11-20 sales 411 EC売上 null 課税売上10%')
  const rows = await house.deps.db.owner
    .selectFrom('auditLog')
    .select(['before', 'after'])
    .where('action', '=', 'account.map')
    .execute()
  expect(rows).toMatchObject([
    { before: null, after: { name: '通販売上高' } },
    { before: { name: '通販売上高' }, after: { name: 'EC売上' } },
  ])
})

test('an accountant reads the chart and an admin changes it, of accounts that exist', async () => {
  expect((await house.accountant.get('/api/chart')).status).toBe(200)
  expect((await house.accountant.send('PUT', '/api/chart/sales', NAMES)).status).toBe(403)
  expect((await admin.send('PUT', '/api/chart/goodwill', NAMES)).status).toBe(404)
  const stranger = await house.signInElsewhere('admin')
  expect(await (await stranger.get('/api/chart')).json()).toMatchObject({ mappings: [] })
})
