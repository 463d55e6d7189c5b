/** Two merchants in one database: what the role that serves requests can reach of the other one, by trying. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/app.ts'

let house: TestApp
let other: string

beforeAll(async () => {
  house = await createTestApp()
  const elsewhere = await house.signInElsewhere('admin')
  other = elsewhere.merchantId
  await elsewhere.send('PUT', '/api/preferences/theme', { value: 'theirs' })
})
afterAll(() => house.close())

async function namesOf(query: ReturnType<typeof sql<{ name: string }>>): Promise<string[]> {
  const { rows } = await query.execute(house.deps.db.owner)
  return rows.map(({ name }) => name)
}

describe('the role that serves a merchant', () => {
  test('sees the rows of no other merchant when a query forgets to ask', async () => {
    const ours = house.deps.db.merchant(house.merchantId)
    expect(
      (await ours.selectFrom('merchant').select('merchantId').execute()).map(({ merchantId }) => merchantId),
    ).toEqual([house.merchantId])
    for (const table of ['shop', 'member', 'preference'] as const) {
      const rows = await ours.selectFrom(table).select('merchantId').execute()
      expect(rows.filter(({ merchantId }) => merchantId !== house.merchantId)).toEqual([])
    }
    expect(await house.deps.db.merchant(other).selectFrom('preference').select('value').execute()).toEqual([
      { value: 'theirs' },
    ])
  })

  test('writes no row for another merchant', async () => {
    const ours = house.deps.db.merchant(house.merchantId)
    const foreign = { merchantId: other, userId: 'u', key: 'theme', value: '"ours"' }
    await expect(ours.insertInto('preference').values(foreign).execute()).rejects.toThrow('row-level security')
    const changed = await ours
      .updateTable('preference')
      .set({ value: '"ours"' })
      .where('merchantId', '=', other)
      .executeTakeFirst()
    expect(changed.numUpdatedRows).toBe(0n)
  })

  test('is bound by row-level security on every table that names a merchant', async () => {
    const open = await namesOf(sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id'
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity`)
    expect(open).toEqual([])
  })

  test('reads nothing of people, passwords, sessions or the queue', async () => {
    const readable = await namesOf(sql<{ name: string }>`
      select c.relname as name from pg_class c
       where c.relkind in ('r', 'p', 'v') and (c.relname like 'auth\\_%' or c.relnamespace = 'graphile_worker'::regnamespace)
         and has_table_privilege('choba_app', c.oid, 'select, insert, update, delete')`)
    expect(readable).toEqual([])
    await expect(sql`select * from auth_session`.execute(house.deps.db.merchant(house.merchantId))).rejects.toThrow(
      'permission denied',
    )
  })

  test('owns nothing, may not log in and may not step past row-level security', async () => {
    const { rows } = await sql<{ free: boolean }>`
      select rolsuper or rolbypassrls or rolcanlogin or exists (select from pg_class where relowner = r.oid) as free
        from pg_roles r where rolname = 'choba_app'`.execute(house.deps.db.owner)
    expect(rows).toEqual([{ free: false }])
  })

  test('serves many merchants at once without mixing them up', async () => {
    const merchants = [house.merchantId, other]
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const merchantId = merchants[n % 2] as string
        const rows = await house.deps.db.merchant(merchantId).selectFrom('shop').select('merchantId').execute()
        return rows.every((row) => row.merchantId === merchantId) && rows.length === 2
      }),
    )
    expect(seen).toEqual(Array.from({ length: 60 }, () => true))
  })
})
