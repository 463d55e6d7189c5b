import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { clientOf, createTestApp, errorOf, jsonInit, signInWith, type TestApp } from '../testing/app.ts'
import { CACHE_MS } from './sessions.ts'
import { ensureUser, getUserId, setPassword } from './users.ts'

let house: TestApp
beforeAll(async () => {
  house = await createTestApp()
})
afterAll(() => house.close())

let count = 0
async function makePerson(): Promise<{ email: string; password: string; userId: string }> {
  const person = { email: `Person${++count}@shop.example`, name: '山田 花子', password: `a long password ${count}` }
  const userId = await ensureUser(house.deps.db.owner, { ...person, merchantId: house.merchantId, role: 'staff' })
  return { ...person, userId }
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const init = jsonInit('POST', body)
  return Promise.resolve(house.app.request(path, { ...init, headers: { ...init.headers, ...headers } }))
}

describe('signing in', () => {
  test('gives a cookie that scripts cannot read, and no bare token', async () => {
    const { email, password } = await makePerson()
    const response = await post('/api/auth/sign-in/email', { email, password })
    expect(response.status).toBe(200)
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(Object.keys((await response.json()) as object)).toEqual(['user'])
  })

  test('fails the same way for a wrong password and for an unknown person', async () => {
    const { email } = await makePerson()
    for (const body of [
      { email, password: 'not the password' },
      { email: 'nobody@shop.example', password: 'not the password' },
    ]) {
      const response = await post('/api/auth/sign-in/email', body)
      const error = await errorOf(response)
      expect([response.status, error.code, error.details]).toEqual([401, 'auth.invalid', {}])
    }
  })

  test.each([
    {},
    { email: 7, password: [] },
    [],
    'text',
    { email: 'a@b.example' },
    { email: 'a\u0000@b.example', password: 'x' },
    { email: 'a@b.example', password: 'x'.repeat(100_000) },
  ])('refuses what is no sign-in: %j', async (body) => {
    const response = await post('/api/auth/sign-in/email', body, { 'X-Forwarded-For': '203.0.113.9' })
    expect([400, 401]).toContain(response.status)
  })

  test('refuses a body nested beyond all measure', async () => {
    const body = `{"email":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const headers = { 'Content-Type': 'application/json' }
    expect((await house.app.request('/api/auth/sign-in/email', { method: 'POST', headers, body })).status).toBe(400)
  })

  test('is the only way in: nobody signs up, and other doors are shut', async () => {
    const body = { email: 'new@shop.example', password: 'a long password', name: 'x' }
    for (const path of [
      'sign-up/email',
      'sign-in/social',
      'request-password-reset',
      'update-user',
      'delete-user',
      'list-sessions',
      'ok',
    ]) {
      expect((await post(`/api/auth/${path}`, body)).status).toBe(404)
    }
    await expect(getUserId(house.deps.db.owner, 'new@shop.example')).rejects.toThrow('nobody has')
  })

  test('is refused to a person who belongs to no merchant', async () => {
    const { email, password, userId } = await makePerson()
    await house.deps.db.owner.deleteFrom('member').where('userId', '=', userId).execute()
    const client = clientOf(house.app, await signInWith(house.app, email, password))
    expect((await client.get('/api/session')).status).toBe(401)
  })
})

describe('a session', () => {
  test('knows the person, the role, the merchant and the shops', async () => {
    const { email, password } = await makePerson()
    const client = clientOf(house.app, await signInWith(house.app, email, password))
    expect(await (await client.get('/api/session')).json()).toMatchObject({
      user: { name: '山田 花子', email: email.toLowerCase() },
      role: 'staff',
      merchant: { id: house.merchantId },
      shops: [{ code: 's1' }, { code: 's2' }],
      environment: 'sandbox',
      today: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    })
  })

  test('ends with sign-out, at once', async () => {
    const { email, password } = await makePerson()
    const client = clientOf(house.app, await signInWith(house.app, email, password))
    expect((await client.get('/api/session')).status).toBe(200)
    expect((await client.send('POST', '/api/auth/sign-out')).status).toBe(200)
    expect((await client.get('/api/session')).status).toBe(401)
  })

  test('ends everywhere with one click, and the audit log says so', async () => {
    const { email, password, userId } = await makePerson()
    const clients = [
      clientOf(house.app, await signInWith(house.app, email, password)),
      clientOf(house.app, await signInWith(house.app, email, password)),
    ] as const
    for (const client of clients) expect((await client.get('/api/session')).status).toBe(200)
    expect(await (await clients[0].send('POST', '/api/session/sign-out-everywhere')).json()).toEqual({ ended: 2 })
    for (const client of clients) expect((await client.get('/api/session')).status).toBe(401)
    const entries = await house.deps.db.owner
      .selectFrom('auditLog')
      .selectAll()
      .where('subjectId', '=', userId)
      .where('action', '=', 'session.end_all')
      .execute()
    expect(entries).toMatchObject([
      {
        merchantId: house.merchantId,
        action: 'session.end_all',
        actorKind: 'person',
        actorId: userId,
        after: { ended: 2 },
      },
    ])
  })

  test('ends on the other devices with a new password', async () => {
    const { email, password, userId } = await makePerson()
    const [here, there] = [
      clientOf(house.app, await signInWith(house.app, email, password)),
      clientOf(house.app, await signInWith(house.app, email, password)),
    ]
    const changed = await here.send('POST', '/api/auth/change-password', {
      currentPassword: password,
      newPassword: 'another long password',
      revokeOtherSessions: false,
    })
    expect(changed.status).toBe(200)
    expect((await there.get('/api/session')).status).toBe(401)
    expect((await post('/api/auth/sign-in/email', { email, password })).status).toBe(401)
    const log = await house.deps.db.owner.selectFrom('auditLog').select(['action', 'actorId', 'subjectId']).execute()
    expect(log).toContainEqual({ action: 'password.change', actorId: userId, subjectId: userId })
  })

  test('of somebody whose password was reset is over when the cache forgets it', async () => {
    const { email, password, userId } = await makePerson()
    const client = clientOf(house.app, await signInWith(house.app, email, password))
    expect((await client.get('/api/session')).status).toBe(200)
    await setPassword(house.deps.db.owner, userId, 'given by the administrator')
    await new Promise((resolve) => setTimeout(resolve, CACHE_MS + 50))
    expect((await client.get('/api/session')).status).toBe(401)
  })

  test('cannot be forged by changing its signature', async () => {
    const { email, password } = await makePerson()
    const cookie = await signInWith(house.app, email, password)
    expect((await clientOf(house.app, cookie.replace(/\.([^.]+)$/, '.AAAA$1')).get('/api/session')).status).toBe(401)
    expect((await clientOf(house.app, cookie.replace(/(%3D)?$/, 'x')).get('/api/session')).status).toBe(401)
  })
})

test('counts sign-ins per address in the database, whatever a header claims', async () => {
  await sql`delete from auth_rate_limit`.execute(house.deps.db.owner)
  const statuses: number[] = []
  for (let attempt = 0; attempt < 25; attempt++) statuses.push((await signInFrom(`198.51.100.${attempt}`)).status)
  expect(statuses.slice(0, 20)).not.toContain(429)
  expect(statuses.slice(20)).toEqual([429, 429, 429, 429, 429])
  expect(await errorOf(await signInFrom('198.51.100.99'))).toMatchObject({
    code: 'auth.too_many_attempts',
    details: { retryAfterSeconds: expect.any(Number) },
  })
  const { rows } = await sql<{ count: number }>`select count from auth_rate_limit`.execute(house.deps.db.owner)
  expect(rows).toEqual([{ count: 20 }])
})

function signInFrom(claimedIp: string): Promise<Response> {
  const body = { email: 'x', password: 'y' }
  return post('/api/auth/sign-in/email', body, { 'X-Forwarded-For': claimedIp, 'X-Choba-Client-Ip': claimedIp })
}
