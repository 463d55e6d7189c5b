/** Days that banks, providers and the merchant keep closed, and what moves with them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CalendarPreview } from '@choba/shared/contracts/calendar.ts'
import type { PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { errorOf, type TestClient } from '../../testing/app.ts'
import { openPayoutHouse, type PayoutHouse } from '../../testing/payout-house.ts'

let house: PayoutHouse
let admin: TestClient
beforeAll(async () => {
  house = await openPayoutHouse('2026-11-25')
  admin = await house.signIn('admin')
})
afterAll(() => house.close())

function line(scope: string, day: string, closed: boolean | null = true): object {
  return { scope, day, closed, name: '設備点検' }
}
function post(path: string, ...changes: readonly object[]): Promise<Response> {
  return admin.send('POST', path, { changes, source: 'own' })
}

async function payDays(): Promise<string[]> {
  const { items } = (await (await admin.get('/api/payouts')).json()) as { items: PayoutRow[] }
  return items.map((row) => `${row.closingOn} → ${row.payOn}`)
}

test('a day on which NP is closed moves its payout, as the preview said with its amount', async () => {
  await house.sale({
    orderNumber: 'A1',
    amountYen: 11_000,
    npId: 'NP1',
    shippedOn: '2026-11-20',
    arrivedOn: '2026-11-25',
  } as never)
  const before = await payDays()
  const [closingOn = '', payOn = ''] = before[0]?.split(' → ') ?? []
  const { payouts } = (await (await post('/api/calendar/preview', line('np', payOn))).json()) as CalendarPreview
  const moved = payouts.find((each) => each.closingOn === closingOn)
  expect(moved).toMatchObject({ before: payOn, transferYen: 10_186 })
  expect(await payDays()).toEqual(before)
  expect(await (await post('/api/calendar', line('np', payOn))).json()).toEqual({ changed: 1 })
  expect(await payDays()).toEqual([`${closingOn} → ${moved?.after}`])
  expect(await (await post('/api/calendar', line('np', payOn))).json()).toEqual({ changed: 0 })
  expect(await (await post('/api/calendar', line('np', payOn, null))).json()).toEqual({ changed: 1 })
  expect(await payDays()).toEqual(before)
})

test("the merchant's own day moves no payout", async () => {
  const [, payOn = ''] = (await payDays())[0]?.split(' → ') ?? []
  expect(await (await post('/api/calendar/preview', line('shop', payOn))).json()).toEqual({ payouts: [], cycles: [] })
})

test('a day that has come stays, whoever asks', async () => {
  for (const path of ['/api/calendar/preview', '/api/calendar'])
    expect((await errorOf(await post(path, line('nation', '2026-11-25')))).code).toBe('calendar.past')
  const staff = await house.signIn('staff')
  expect(
    (await staff.send('POST', '/api/calendar', { changes: [line('np', '2026-12-25')], source: 'own' })).status,
  ).toBe(403)
})

test('the year shows the nation, the banks and what was added, and the log says who', async () => {
  await post('/api/calendar', line('sbps', '2026-12-25'))
  const { days } = (await (await admin.get('/api/calendar?year=2026')).json()) as {
    days: Array<{ day: string; source: string; scope: string }>
  }
  const of = (day: string) => days.filter((each) => each.day === day).map(({ source, scope }) => `${scope} ${source}`)
  expect([of('2026-11-23'), of('2026-12-31'), of('2026-12-25')]).toEqual([
    ['nation library'],
    ['nation bank'],
    ['sbps own'],
  ])
  const rows = await house.deps.db.owner
    .selectFrom('auditLog')
    .select('subjectId')
    .where('action', '=', 'calendar.change')
    .execute()
  expect(rows.map((row) => row.subjectId)).toContain('sbps:2026-12-25')
})

test('a file is read, compared and taken over by the same door', async () => {
  const text = '国民の祝日・休日月日,国民の祝日・休日名称\r\n2027/1/1,元日\r\n2027/1/12,成人の日\r\n'
  const file = (await (
    await admin.send('POST', '/api/calendar/file', { base64: Buffer.from(text).toString('base64') })
  ).json()) as {
    changes: Array<{ day: string; closed: boolean | null }>
  }
  const january = file.changes.filter(({ day }) => day < '2027-02')
  expect(january.map(({ day, closed }) => [day, closed])).toEqual([
    ['2027-01-11', false],
    ['2027-01-12', true],
  ])
  expect((await admin.send('POST', '/api/calendar', { changes: january, source: 'file' })).status).toBe(200)
  const again = (await (
    await admin.send('POST', '/api/calendar/file', { base64: Buffer.from(text).toString('base64') })
  ).json()) as typeof file
  expect(again.changes.filter(({ day }) => day < '2027-02')).toEqual([])
  expect((await admin.send('POST', '/api/calendar/file', { base64: 'AAAA' })).status).toBe(400)
})
