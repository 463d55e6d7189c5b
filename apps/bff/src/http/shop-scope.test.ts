/** A member of one shop, with every permission there is: what they can reach of the other shop, by trying every door. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Contract } from '@choba/shared/contract.ts'
import { CONTRACTS } from '@choba/shared/contracts/index.ts'
import { PAYMENT_EXPORT_PATH } from '@choba/shared/contracts/payments.ts'
import { PERMISSIONS } from '@choba/shared/permissions.ts'
import { uuidv7 } from '../core/uuid.ts'
import { foldRollups } from '../ledger/fold.ts'
import { createTestApp, type TestApp, type TestClient } from '../testing/app.ts'
import { addConnections, playRandomHistory } from '../testing/factory.ts'

let house: TestApp
let admin: TestClient
let limited: TestClient
let own: string
let other: string
/** What gives the other shop away: its id, its payments, its order numbers. */
let traces: string[]
let otherPayments: string[]

beforeAll(async () => {
  house = await createTestApp()
  const { owner } = house.deps.db
  const { merchantId } = house
  ;[own, other] = house.shopIds
  const merchant = await addConnections(owner, merchantId, house.shopIds)
  await playRandomHistory(owner, merchant, { seed: 5, payments: 120 })
  await foldRollups(owner)
  admin = await house.signIn('admin')
  limited = await house.signIn('staff')
  const roleId = uuidv7()
  await owner
    .insertInto('customRole')
    .values({ merchantId, roleId, name: '本店', permissions: [...PERMISSIONS] })
    .execute()
  await owner
    .updateTable('member')
    .set({ role: 'custom', customRoleId: roleId, shopIds: [own] })
    .where('role', '=', 'staff')
    .execute()
  const rows = await owner
    .selectFrom('payment')
    .select(['paymentId', 'orderNumber'])
    .where('shopId', '=', other)
    .execute()
  otherPayments = rows.map(({ paymentId }) => paymentId)
  traces = [other, ...otherPayments, ...rows.map(({ orderNumber }) => `"${orderNumber}"`)]
})
afterAll(() => house.close())

/** Queries that have to say something. */
const SAID: Readonly<Record<string, string>> = {
  '/api/journal/trial-balance': 'month=2026-11',
}

async function textOf(client: TestClient, { path }: Contract, param?: string): Promise<string> {
  const address = param === undefined ? path : path.replace(/:\w+/g, param)
  const response = await client.get(`${address}?${SAID[path] ?? ''}`)
  return response.status < 400 ? response.text() : ''
}

const READS = CONTRACTS.filter(({ contract }) => contract.method === 'GET')

describe.each(READS.filter(({ contract }) => !contract.path.includes(':')))('$name', ({ contract }) => {
  test('says nothing of the other shop', async () => {
    const text = await textOf(limited, contract)
    expect(traces.filter((trace) => text.includes(trace))).toEqual([])
  })
})

describe.each(READS.filter(({ contract }) => contract.path.includes(':')))('$name', ({ contract }) => {
  test('finds no payment of the other shop', async () => {
    for (const id of otherPayments.slice(0, 3)) {
      const text = await textOf(limited, contract, id)
      expect(traces.filter((trace) => trace !== id && text.includes(trace))).toEqual([])
    }
  })
})

test('the walk would find them: someone of all shops sees the other shop at many doors', async () => {
  const seen = []
  for (const { name, contract } of READS.filter((each) => !each.contract.path.includes(':'))) {
    const text = await textOf(admin, contract)
    if (traces.some((trace) => text.includes(trace))) seen.push(name)
  }
  expect(seen).toEqual(expect.arrayContaining(['session.get', 'payments.list', 'journal.list', 'slips.list']))
})

test('totals are those of the shop, from the rollups and from the rows alike', async () => {
  for (const path of [
    '/api/payments/totals',
    '/api/journal/totals',
    '/api/screenings/totals',
    '/api/customers/totals',
  ]) {
    const theirs: unknown = await (await limited.get(path)).json()
    const whole: unknown = await (await admin.get(path)).json()
    if (path === '/api/customers/totals') expect(theirs).not.toEqual(whole)
    else expect([path, theirs]).toEqual([path, await (await admin.get(`${path}?shop=${own}`)).json()])
  }
  const customers = (await (await limited.get('/api/customers?limit=200')).json()) as {
    items: ReadonlyArray<{ amountYen: number }>
  }
  const { rows } = await sql<{ sum: number }>`
    select sum(amount_yen) as sum from payment where shop_id = ${own}`.execute(house.deps.db.owner)
  expect(customers.items.reduce((sum, { amountYen }) => sum + amountYen, 0)).toBe(rows[0]?.sum)
})

test('a download holds the rows of the shop', async () => {
  const response = await limited.get(`${PAYMENT_EXPORT_PATH}?encoding=utf8&columns=orderNumber&language=ja`)
  const file = await response.text()
  const { rows } = await sql<{ count: number }>`select count(*) from payment where shop_id = ${own}`.execute(
    house.deps.db.owner,
  )
  expect([response.status, file.trim().split('\n').length - 1]).toEqual([200, rows[0]?.count])
})

test('acts on no payment of the other shop, and makes nothing there', async () => {
  const operation = { idempotencyKey: uuidv7(), action: 'cancel', paymentId: otherPayments[0] }
  const answer = await limited.send('POST', '/api/operations', { operations: [operation] })
  expect(await answer.json()).toMatchObject({ results: [{ error: { code: 'resource.not_found' } }] })
  const scoped = house.deps.db.merchant(house.merchantId)
  expect((await scoped.selectFrom('operation').select('operationId').execute()).length).toBe(
    (await house.deps.db.owner.selectFrom('operation').select('operationId').execute()).length,
  )
})

test('every table with a shop, today’s and tomorrow’s, is bound to it', async () => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id'
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'own_shops')`.execute(
    house.deps.db.owner,
  )
  // A migration that makes such a table ends with: select bind_to_shops()
  expect(rows).toEqual([])
})
