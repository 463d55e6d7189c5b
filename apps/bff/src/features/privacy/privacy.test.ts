/** A customer goes, the books stay. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { taskHandlers } from '../../app.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, type TestMerchant } from '../../testing/factory.ts'
import {
  PERSON,
  PIECES,
  piecesIn,
  plantPayments,
  plantPlans,
  plantReturn,
  plantTraces,
} from '../../testing/planted-person.ts'

let house: TestApp
let admin: TestClient
let merchant: TestMerchant
let now = new Date('2026-11-28T03:00:00Z')

beforeAll(async () => {
  house = await createTestApp({ clock: { now: () => now } })
  admin = await house.signIn('admin')
  merchant = await addConnections(house.deps.db.owner, house.merchantId, house.shopIds)
})
afterAll(() => house.close())

async function customerIdOf(name: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select customer_id as id from customer where name = ${name}`.execute(
    house.deps.db.owner,
  )
  return rows[0]?.id ?? ''
}

/** Every column of every table that can hold words or bytes, with what of the person stands in it. */
async function whereIs(): Promise<string[]> {
  const { owner } = house.deps.db
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.table_name as table, c.column_name as column, c.udt_name as type from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
      where c.table_schema = 'public' and c.udt_name in ('text', '_text', 'jsonb', 'json', 'bytea', 'varchar', '_jsonb')`.execute(
    owner,
  )
  const found: string[] = []
  for (const { table, column, type } of columns) {
    const said = type === 'bytea' ? sql`encode(${sql.ref(column)}, 'escape')` : sql`${sql.ref(column)}::text`
    const { rows } = await sql<{
      said: string
    }>`select ${said} as said from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(owner)
    // As bytes are escaped, so are the pieces.
    const escaped = PIECES.map((piece) =>
      Buffer.from(piece)
        .toString('latin1')
        .replace(/[^ -~]/g, (c) => `\\${c.charCodeAt(0).toString(8)}`),
    )
    const hits = rows.filter(
      (row) => piecesIn(row.said).length > 0 || (type === 'bytea' && escaped.some((piece) => row.said.includes(piece))),
    )
    if (hits.length > 0) found.push(`${table}.${column}`)
  }
  return found.toSorted()
}

async function books(): Promise<string> {
  const response = await admin.get('/api/payments/totals')
  const { rows } = await sql`
    select account, sum(amount_yen)::text as yen, count(*)::int as lines from posting group by account order by account`.execute(
    house.deps.db.owner,
  )
  const { rows: payments } = await sql`
    select payment_id, status, amount_yen, captured_yen, refunded_yen, fee_yen, order_number, state from payment order by payment_id`.execute(
    house.deps.db.owner,
  )
  return JSON.stringify([await response.json(), rows, payments])
}

async function differences(): Promise<readonly unknown[]> {
  return (await verifyMerchant(house.deps.db.merchant(house.merchantId), house.merchantId)).differences
}

describe('erasing a customer', () => {
  test('is refused in words while anything of theirs is open', async () => {
    const [paid] = await plantPayments(house, merchant, { lives: 12, onlyEnded: true })
    await plantTraces(house, merchant, paid as string)
    await plantPlans(house, merchant, admin)
    await plantReturn(house, merchant, admin)
    const id = await customerIdOf(PERSON.name)
    const outlook = (await (await admin.get(`/api/customers/${id}/erasure`)).json()) as {
      open: object[]
      files: number
    }
    expect(outlook.files).toBe(1)
    expect(outlook.open).toEqual([
      { reason: 'payments_open', count: 1 },
      { reason: 'money_owed', count: 1 },
      { reason: 'links_open', count: 1 },
      { reason: 'subscriptions_open', count: 1 },
    ])
    const refused = await admin.send('POST', `/api/customers/${id}/erase`, {})
    expect([refused.status, (await errorOf(refused)).code]).toEqual([409, 'customer.open'])
    expect((await whereIs()).length).toBeGreaterThan(10)
  })

  test('leaves nothing of them in any table, and the books as they were', async () => {
    const { owner } = house.deps.db
    const { items } = (await (await admin.get('/api/customer-returns')).json()) as {
      items: Array<{ id: string; orderNumber: string }>
    }
    const asked = items.find((item) => item.orderNumber === 'HIDE-owed')
    const transfer = { paidOn: '2026-11-28', reference: 'x' }
    expect((await admin.send('POST', `/api/customer-returns/${asked?.id}/complete`, transfer)).status).toBe(200)
    await sql`update payment_link set state = 'expired'`.execute(owner)
    await sql`update subscription set status = 'ended', ended_on = '2026-11-28', next_on = null, next_generate_on = null`.execute(
      owner,
    )
    // Sold long ago: nobody will say when it was paid out.
    await sql`update payment set updated_at = '2025-01-01' where order_number = 'HIDE-owed'`.execute(owner)
    const id = await customerIdOf(PERSON.name)
    const before = await books()
    const answer = await admin.send('POST', `/api/customers/${id}/erase`, { reason: '本人の求め' })
    expect(await answer.clone().text()).not.toContain('error')
    expect(await whereIs()).toEqual([])
    expect(await books()).toBe(before)
    expect(await differences()).toEqual([])
    const again = await admin.send('POST', `/api/customers/${id}/erase`, {})
    expect(await again.json()).toEqual(await answer.json())
    const audited = await owner
      .selectFrom('auditLog')
      .select(['action', 'subjectId', 'reason'])
      .where('action', 'like', 'customer.%')
      .execute()
    expect(audited).toEqual([{ action: 'customer.erase', subjectId: id, reason: '本人の求め' }])
  })

  test('takes from views, schedules, drafts and mails what means them, and leaves what means another', async () => {
    const { owner } = house.deps.db
    const { rows: views } = await sql<{
      name: string
      search: string
    }>`select name, search from saved_view order by view_id`.execute(owner)
    expect(views.map(({ search }) => search)).toEqual([
      ...Array.from({ length: 8 }, () => 'status=captured'),
      new URLSearchParams({ q: '帳場 太郎', status: 'captured' }).toString(),
    ])
    expect(views.map(({ name }) => name).filter((name) => name !== '調べもの')).toEqual([
      expect.stringMatching(/^消去済/),
    ])
    const { rows: schedules } = await sql`select name, view, is_paused, stopped_by from export_schedule`.execute(owner)
    expect(schedules).toEqual([
      { name: '毎朝', view: { method: 'card' }, isPaused: true, stoppedBy: 'export.search_erased' },
    ])
    const { rows: mails } = await sql<{
      state: string
      text: null
    }>`select state, text from outgoing_mail order by mail_id`.execute(owner)
    // One that waited is not sent any more.
    expect(mails).toEqual(['sent', 'failed', 'failed'].map((state) => ({ state, text: null })))
    const { rows: drafts } = await sql`select value from preference where key = 'orders.draft'`.execute(owner)
    expect(drafts).toEqual([{ value: null }])
  })

  test('keeps their orders together under a mark of their own, and every screen of them opens', async () => {
    const { rows } = await sql<{ id: string; name: string; payments: number }>`
      select customer_id as id, name, payments from customer where name like '消去済 %'`.execute(house.deps.db.owner)
    expect(rows).toEqual([
      { id: expect.any(String), name: expect.stringMatching(/^消去済 [0-9a-f]{8}$/), payments: expect.any(Number) },
    ])
    expect((await admin.get(`/api/customers/${rows[0]?.id}`)).status).toBe(200)
    const { items } = (await (await admin.get('/api/payments?q=HIDE-')).json()) as { items: Array<{ id: string }> }
    for (const { id } of items) expect((await admin.get(`/api/payments/${id}`)).status).toBe(200)
    const { rows: prints } = await sql<{ id: string }>`select print_id as id from invoice_print`.execute(
      house.deps.db.owner,
    )
    const returns = await admin.get('/api/customer-returns?view=ended')
    expect(((await returns.json()) as { items: Array<{ accountHolder: string }> }).items[0]?.accountHolder).toMatch(
      /^消去済/,
    )
    expect(prints.length).toBe(1)
  })

  test('is an admin’s alone, and of one merchant', async () => {
    const id = '019aa000-0000-7000-8000-000000000000'
    for (const role of ['staff', 'accountant', 'read_only'] as const)
      expect((await (await house.signIn(role)).send('POST', `/api/customers/${id}/erase`, {})).status).toBe(403)
    const elsewhere = await house.signInElsewhere('admin')
    await registerPayment(house.deps.db.owner, merchant, { name: '他店 様', orderNumber: 'OTHER-1' })
    const other = await customerIdOf('他店 様')
    expect((await elsewhere.send('POST', `/api/customers/${other}/erase`, {})).status).toBe(404)
    const db = house.deps.db.merchant(elsewhere.merchantId)
    await expect(
      sql`select * from erase_customer(${house.merchantId}::uuid, ${other}::uuid, 'x', '{}')`.execute(db),
    ).rejects.toThrow('another merchant')
  })
})

describe('retention', () => {
  test('erases each night whose last payment ended long enough ago, and nobody while it is off', async () => {
    const { owner } = house.deps.db
    const failed = { at: '2026-09-01T04:00:00.000Z', news: { kind: 'refused', codes: ['10122001'] } } as const
    await registerPayment(
      owner,
      merchant,
      { name: '期限 済子', orderNumber: 'KEEP-1', orderedAt: '2026-09-01T03:00:00.000Z' },
      [failed],
    )
    const retain = () => taskHandlers(house.deps)['privacy:retain']?.({}, undefined as never)
    await retain()
    expect(await customerIdOf('期限 済子')).not.toBe('')
    expect((await admin.send('PUT', '/api/privacy', { eraseAfterYears: 3 })).status).toBe(200)
    await retain()
    expect(await customerIdOf('期限 済子')).not.toBe('')

    now = new Date('2029-10-05T03:00:00Z')
    const due = (await (await admin.get('/api/privacy/due?years=3')).json()) as {
      count: number
      first: Array<{ name: string }>
    }
    expect([due.count, due.first.map(({ name }) => name)]).toEqual([1, ['期限 済子']])
    await retain()
    expect(await customerIdOf('期限 済子')).toBe('')
    expect(await differences()).toEqual([])
    expect(await (await admin.get('/api/privacy/due?years=3')).json()).toMatchObject({ count: 0 })
    await retain()
    expect(await (await admin.get('/api/privacy')).json()).toEqual({
      eraseAfterYears: 3,
      revealsPerHour: 20,
      erased: 2,
    })
  })
})
