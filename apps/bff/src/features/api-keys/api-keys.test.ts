import { afterAll, beforeAll, expect, test } from 'vitest'
import { getUserId } from '../../auth/users.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, errorOf, jsonInit, type TestApp, type TestClient } from '../../testing/app.ts'

let now = new Date('2026-11-28T03:00:00Z')
let house: TestApp
let admin: TestClient
beforeAll(async () => {
  house = await createTestApp({ clock: { now: () => now } })
  admin = await house.signIn('admin')
})
afterAll(() => house.close())

type Issued = { key: { id: string; hint: string; state: string; lastUsedAt: string | null }; token: string }

async function issue(permissions: string[], more: Record<string, unknown> = {}): Promise<Issued> {
  const body = { id: uuidv7(), name: '基幹システム', permissions, days: 30, ...more }
  const response = await admin.send('POST', '/api/api-keys', body)
  expect(response.status).toBe(200)
  return (await response.json()) as Issued
}

function as(token: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init = jsonInit(method, body)
  return house.app.request(path, {
    ...init,
    headers: { ...init.headers, Authorization: `Bearer ${token}`, ...headers },
  })
}

async function listed(): Promise<Array<Issued['key']>> {
  return ((await (await admin.get('/api/api-keys')).json()) as { items: Array<Issued['key']> }).items
}

test('a program with a key reads what the key permits, and nothing else', async () => {
  const { token } = await issue(['sales.read'])
  expect((await as(token, 'GET', '/api/payments')).status).toBe(200)
  expect((await as(token, 'GET', '/api/journal')).status).toBe(403)
  expect((await errorOf(await as(token, 'GET', '/api/payouts'))).code).toBe('auth.forbidden')
})

test('the cookie of a person adds nothing to a key, and a wrong token is not made good by it', async () => {
  const { token } = await issue(['sales.read'])
  expect((await as(token, 'GET', '/api/api-keys', undefined, { Cookie: admin.cookie })).status).toBe(403)
  expect((await as('choba_wrong', 'GET', '/api/payments', undefined, { Cookie: admin.cookie })).status).toBe(401)
})

test('a key has no preferences, manages no keys and cannot be issued the right to', async () => {
  const { token } = await issue(['sales.read', 'developer.read'])
  expect((await as(token, 'PUT', '/api/preferences/theme', { value: 'dark' })).status).toBe(403)
  expect((await as(token, 'GET', '/api/api-keys')).status).toBe(403)
  const response = await admin.send('POST', '/api/api-keys', {
    id: uuidv7(),
    name: 'x',
    permissions: ['keys.manage'],
    days: 1,
  })
  expect((await errorOf(response)).code).toBe('request.invalid')
})

test('the token stands in no table: only its hash, and it is shown once', async () => {
  const id = uuidv7()
  const { token, key } = await issue(['sales.read'], { id })
  const again = await admin.send('POST', '/api/api-keys', {
    id,
    name: '基幹システム',
    permissions: ['sales.read'],
    days: 30,
  })
  expect(await again.json()).toMatchObject({ key: { id }, token: null })
  const other = await admin.send('POST', '/api/api-keys', { id, name: '別', permissions: ['sales.read'], days: 30 })
  expect((await errorOf(other)).code).toBe('api_key.other')
  const stored = await house.deps.db.owner.selectFrom('apiKey').selectAll().where('keyId', '=', id).execute()
  expect(stored).toHaveLength(1)
  expect(JSON.stringify(stored)).not.toContain(token)
  expect(token.startsWith(key.hint)).toBe(true)
})

test('a key ends by itself on its day and at once when it is revoked; using it is noted', async () => {
  const short = await issue(['sales.read'], { days: 1 })
  const long = await issue(['sales.read'])
  expect((await as(short.token, 'GET', '/api/payments')).status).toBe(200)
  expect((await listed()).find(({ id }) => id === short.key.id)).toMatchObject({
    state: 'active',
    lastUsedAt: now.toISOString(),
  })
  now = new Date(now.getTime() + 24 * 60 * 60 * 1000)
  expect((await as(short.token, 'GET', '/api/payments')).status).toBe(401)
  expect((await as(long.token, 'GET', '/api/payments')).status).toBe(200)
  for (const _twice of [1, 2])
    expect((await admin.send('POST', `/api/api-keys/${long.key.id}/revoke`, {})).status).toBe(200)
  expect((await as(long.token, 'GET', '/api/payments')).status).toBe(401)
  const states = new Map((await listed()).map(({ id, state }) => [id, state]))
  expect([states.get(short.key.id), states.get(long.key.id)]).toEqual(['expired', 'revoked'])
})

test('a key of one merchant opens nothing of another, nor does its admin see it', async () => {
  const { key } = await issue(['sales.read'])
  const stranger = await house.signInElsewhere('admin')
  expect(await (await stranger.get('/api/api-keys')).json()).toEqual({ items: [] })
  expect((await stranger.send('POST', `/api/api-keys/${key.id}/revoke`, {})).status).toBe(404)
})

test('what a key does stands in the books under the name of the key', async () => {
  const { token, key } = await issue(['sales.read', 'templates.write'])
  const body = {
    shopId: house.shopIds[0],
    language: 'ja',
    template: { subject: '件名', body: '本文', contact: '連絡先' },
  }
  expect((await as(token, 'PUT', '/api/message-templates/other-method', body)).status).toBe(200)
  const entry = await house.deps.db.owner
    .selectFrom('auditLog')
    .select(['actorKind', 'actorId'])
    .where('action', '=', 'message_template.change')
    .executeTakeFirst()
  expect(entry).toEqual({ actorKind: 'key', actorId: `key:${key.id}` })
})

test('who sees some shops only issues no key and sets no webhook: both reach every shop', async () => {
  const limited = await house.signIn('staff')
  const { owner } = house.deps.db
  const { merchantId } = house
  const userId = await getUserId(owner, `staff@${merchantId}.example`)
  const permissions = ['sales.read', 'keys.manage', 'webhooks.manage']
  const role = { merchantId, roleId: uuidv7(), name: '開発担当', permissions }
  await owner.insertInto('customRole').values(role).execute()
  const place = { role: 'custom' as const, customRoleId: role.roleId, shopIds: [house.shopIds[0]] }
  await owner.updateTable('member').set(place).where('userId', '=', userId).execute()
  house.deps.sessions.forgetPerson(userId)
  const key = { id: uuidv7(), name: 'x', permissions: ['sales.read'], days: 1 }
  const hook = { id: uuidv7(), name: 'x', url: 'http://127.0.0.1:1/', events: [] }
  for (const [path, body] of [
    ['/api/api-keys', key],
    ['/api/webhooks', hook],
  ] as const) {
    const refused = await limited.send('POST', path, body)
    expect(await errorOf(refused)).toMatchObject({ code: 'auth.forbidden', details: { for: 'all_shops' } })
  }
  expect((await limited.get('/api/webhook-deliveries')).status).toBe(403)
})
