import { afterAll, beforeAll, expect, test } from 'vitest'
import { PERMISSIONS, permissionsOf } from '@choba/shared/permissions.ts'
import { uuidv7 } from '../core/uuid.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../testing/app.ts'
import { CACHE_MS } from './sessions.ts'

let house: TestApp
beforeAll(async () => {
  house = await createTestApp()
})
afterAll(() => house.close())

async function sessionOf(client: TestClient): Promise<Record<string, unknown>> {
  return (await (await client.get('/api/session')).json()) as Record<string, unknown>
}

/** Another one than the built-in: reads payments, and carriers, which only an admin may otherwise. */
async function giveOwnRole(client: TestClient, permissions: readonly string[]): Promise<void> {
  const { user } = (await sessionOf(client)) as { user: { id: string } }
  const { owner } = house.deps.db
  const role = { merchantId: house.merchantId, roleId: uuidv7(), name: `倉庫 ${uuidv7()}` }
  await owner
    .insertInto('customRole')
    .values({ ...role, permissions: [...permissions] })
    .execute()
  await owner
    .updateTable('member')
    .set({ role: 'custom', customRoleId: role.roleId })
    .where('userId', '=', user.id)
    .execute()
  await new Promise((resolve) => setTimeout(resolve, CACHE_MS + 50))
}

test('a role of the merchant’s own opens just the doors it names', async () => {
  const client = await house.signIn('staff')
  await giveOwnRole(client, ['sales.read', 'journal.read', 'a.permission.of.tomorrow'])
  expect(await sessionOf(client)).toMatchObject({
    role: 'custom',
    roleName: expect.stringContaining('倉庫'),
    permissions: ['sales.read', 'journal.read'],
  })
  expect((await client.get('/api/payments')).status).toBe(200)
  expect((await client.get('/api/journal')).status).toBe(200)
  const refused = await client.get('/api/payouts')
  expect([refused.status, (await errorOf(refused)).code]).toEqual([403, 'auth.forbidden'])
})

test('who only reads holds every permission to read but customers’ personal data, which is shown for a reason, and none to change', () => {
  const held = permissionsOf('read_only')
  expect(held.filter((each) => !each.endsWith('.read'))).toEqual(['personal_data.reveal'])
  expect(PERMISSIONS.filter((each) => each.endsWith('.read') && !held.includes(each))).toEqual([
    'personal_data.read',
    'developer.read',
  ])
})

test('a person who was deactivated is signed out', async () => {
  const client = await house.signIn('accountant')
  const { user } = (await sessionOf(client)) as { user: { id: string } }
  await house.deps.db.owner
    .updateTable('member')
    .set({ deactivatedAt: new Date() })
    .where('userId', '=', user.id)
    .execute()
  await new Promise((resolve) => setTimeout(resolve, CACHE_MS + 50))
  expect((await client.get('/api/payments')).status).toBe(401)
})
