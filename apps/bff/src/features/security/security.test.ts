/** A second factor, the places one is signed in, and the addresses a merchant lets people in from. */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Output } from '@choba/shared/contract.ts'
import type { security } from '@choba/shared/contracts/security.ts'
import { isWithin } from '../../auth/addresses.ts'
import { CACHE_MS } from '../../auth/sessions.ts'
import { clientOf, createTestApp, errorOf, jsonInit, type TestApp, type TestClient } from '../../testing/app.ts'

let house: TestApp
beforeEach(async () => {
  house = await createTestApp()
})
afterEach(() => house.close())

const PASSWORD = 'correct horse battery'
type Own = Output<typeof security.own>

async function own(client: TestClient): Promise<Own> {
  return (await (await client.get('/api/session/security')).json()) as Own
}
async function refusalOf(response: Response): Promise<[number, string]> {
  return [response.status, (await errorOf(response)).code]
}
function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
function knock(path: string, body: unknown, cookie = ''): Promise<Response> {
  const init = jsonInit('POST', body)
  return Promise.resolve(house.app.request(path, { ...init, headers: { ...init.headers, Cookie: cookie } }))
}
function signInAs(role: string): Promise<Response> {
  return knock('/api/auth/sign-in/email', { email: `${role}@${house.merchantId}.example`, password: PASSWORD })
}

/** RFC 6238 with SHA-1, six digits, thirty seconds: what an authenticator app shows. */
function codeOf(uri: string, at = Date.now()): string {
  const bits = [...(new URL(uri).searchParams.get('secret') ?? '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function setUp(client: TestClient): Promise<{ uri: string; backupCodes: string[]; client: TestClient }> {
  const started = await client.send('POST', '/api/session/codes', { password: PASSWORD })
  const { uri, backupCodes } = (await started.json()) as { uri: string; backupCodes: string[] }
  const confirmed = await client.send('POST', '/api/session/codes/confirm', { code: codeOf(uri) })
  expect(confirmed.status).toBe(200)
  return { uri, backupCodes, client: clientOf(house.app, cookiesOf(confirmed)) }
}

test('with codes set up, the password alone opens nothing and the code opens', async () => {
  const before = await house.signIn('staff')
  expect(await refusalOf(await before.send('POST', '/api/session/codes', { password: 'wrong' }))).toEqual([
    401,
    'auth.invalid',
  ])
  const { uri, client } = await setUp(before)
  expect(await own(client)).toMatchObject({ codes: true, needsSecondFactor: false })

  const half = await signInAs('staff')
  expect(await half.json()).toEqual({ user: null, secondFactor: true })
  expect((await clientOf(house.app, cookiesOf(half)).get('/api/session')).status).toBe(401)
  const wrong = codeOf(uri, Date.now() - 3_600_000)
  expect(await refusalOf(await knock('/api/auth/sign-in/code', { code: wrong }, cookiesOf(half)))).toEqual([
    401,
    'second_factor.wrong_code',
  ])
  const whole = await knock('/api/auth/sign-in/code', { code: codeOf(uri) }, cookiesOf(half))
  expect(whole.status).toBe(200)
  expect((await clientOf(house.app, cookiesOf(whole)).get('/api/session')).status).toBe(200)
  expect((await knock('/api/auth/sign-in/code', { code: codeOf(uri) })).status).toBe(401)

  const stopped = await client.send('POST', '/api/session/codes/stop', { password: PASSWORD })
  expect(stopped.status).toBe(200)
  expect(await (await signInAs('staff')).json()).toMatchObject({ user: { name: 'staff 太郎' } })
  // A failed one is told after its answer: an entry may stand before its time's neighbours.
  const told = async () => {
    const log = await house.deps.db.owner.selectFrom('auditLog').select(['action', 'after']).execute()
    return log.map(({ action, after }) => [action, ...Object.values((after ?? {}) as object)].join(' ')).sort()
  }
  await vi.waitFor(async () =>
    expect(await told()).toEqual([
      'second_factor.remove',
      'second_factor.set_up',
      'session.sign_in code',
      'session.sign_in password',
      'session.sign_in password',
      'session.sign_in_failed code',
    ]),
  )
})

test('a backup code opens once, and new ones replace the old', async () => {
  const { backupCodes, client } = await setUp(await house.signIn('staff'))
  const [first, second] = backupCodes
  const use = async (code: string | undefined) =>
    (await knock('/api/auth/sign-in/backup-code', { code }, cookiesOf(await signInAs('staff')))).status
  expect([await use(first), await use(first)]).toEqual([200, 401])
  const renewed = await client.send('POST', '/api/session/codes/backup', { password: PASSWORD })
  const { backupCodes: fresh } = (await renewed.json()) as { backupCodes: string[] }
  expect([await use(second), await use(fresh[0])]).toEqual([401, 200])
})

test('codes are guessed five times at most with one password', async () => {
  const { uri } = await setUp(await house.signIn('staff'))
  const half = cookiesOf(await signInAs('staff'))
  for (let n = 0; n < 5; n++) await knock('/api/auth/sign-in/code', { code: '000000' }, half)
  expect((await knock('/api/auth/sign-in/code', { code: codeOf(uri) }, half)).status).toBe(401)
})

test('an admin of whom a second factor is asked does nothing before it is set up', async () => {
  const admin = await house.signIn('admin')
  const asked = { adminsNeedSecondFactor: true, allowedAddresses: [] }
  expect((await admin.send('PUT', '/api/security', asked)).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, CACHE_MS + 50))
  expect(await refusalOf(await admin.get('/api/payments'))).toEqual([403, 'auth.second_factor_required'])
  expect(await (await admin.get('/api/session')).json()).toMatchObject({ needsSecondFactor: true })
  const { client } = await setUp(admin)
  expect((await client.get('/api/payments')).status).toBe(200)
  expect((await (await house.signIn('staff')).get('/api/payments')).status).toBe(200)
})

test('each session is shown with its place, and one can be ended from another', async () => {
  const here = await house.signIn('staff')
  const there = await house.signIn('staff')
  const { sessions } = await own(here)
  expect(sessions.filter(({ isThis }) => isThis)).toHaveLength(1)
  expect(sessions).toHaveLength(2)
  expect(sessions[0]).toMatchObject({ since: expect.any(String), address: expect.anything() })
  const other = sessions.find(({ isThis }) => !isThis)?.id ?? ''
  expect((await there.get('/api/session')).status).toBe(200)
  expect((await here.send('POST', `/api/session/places/${other}/end`)).status).toBe(200)
  expect((await there.get('/api/session')).status).toBe(401)
  expect((await here.get('/api/session')).status).toBe(200)
  const foreign = (await own(await house.signIn('accountant'))).sessions[0]?.id ?? ''
  expect((await here.send('POST', `/api/session/places/${foreign}/end`)).status).toBe(404)
})

test('a list of addresses shuts out everybody else, and cannot shut out whoever sets it', async () => {
  const admin = await house.signIn('admin')
  const put = (allowedAddresses: string[]) =>
    admin.send('PUT', '/api/security', { adminsNeedSecondFactor: false, allowedAddresses })
  expect(await refusalOf(await put(['203.0.113.0/24']))).toEqual([409, 'security.locks_you_out'])
  expect(await refusalOf(await put(['203.0.113.7/24', '0.0.0.0/0']))).toEqual([400, 'request.invalid'])
  // The tests call without a socket, which is 0.0.0.0.
  expect((await put(['203.0.113.0/24', '0.0.0.0'])).status).toBe(200)
  expect(await (await admin.get('/api/security')).json()).toMatchObject({ ownAddress: '0.0.0.0' })
  const { owner } = house.deps.db
  await owner
    .updateTable('merchantSecurity')
    .set({ allowedAddresses: ['203.0.113.0/24'] })
    .execute()
  await new Promise((resolve) => setTimeout(resolve, CACHE_MS + 50))
  for (const path of ['/api/session', '/api/payments', '/api/events'])
    expect(await refusalOf(await admin.get(path))).toEqual([403, 'auth.address_refused'])
  // Told once, and counted.
  await vi.waitFor(async () => {
    const { rows } = await sql`select kind, times from auth_attempt`.execute(owner)
    expect(rows).toEqual([{ kind: 'refused', times: 3 }])
  })
  const log = owner.selectFrom('auditLog').select(['actorKind', 'ip']).where('action', '=', 'session.address_refused')
  expect(await log.execute()).toEqual([{ actorKind: 'person', ip: '0.0.0.0' }])
})

test.each([
  ['203.0.113.9', ['203.0.113.0/24'], true],
  ['::ffff:203.0.113.9', ['203.0.113.0/24'], true],
  ['203.0.114.9', ['203.0.113.0/24'], false],
  ['2001:db8::1', ['203.0.113.0/24', '2001:db8::/32'], true],
  ['2001:db9::1', ['2001:db8::/32'], false],
  ['192.0.2.1', ['192.0.2.1'], true],
])('%s is within %j: %s', (address, networks, expected) => {
  expect(isWithin(address, networks)).toBe(expected)
})
