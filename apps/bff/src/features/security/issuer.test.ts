/** Sign-in by the merchant's own issuer, against a small one that this test keeps. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { clientOf, createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'

let house: TestApp
let admin: TestClient
let issuer: { url: string; server: Server }
/** What the issuer says of whoever signs in, and whether it is honest about it. */
let claims: Record<string, unknown>
const SECRET = 'the secret of the client'
const asked: { challenge?: string; nonce?: string } = {}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

beforeAll(async () => {
  house = await createTestApp()
  admin = await house.signIn('admin')
  issuer = await startIssuer()
})
afterAll(async () => {
  issuer.server.close()
  await house.close()
})
beforeEach(async () => {
  claims = { email: `admin@${house.merchantId}.example`, email_verified: true }
  await set({})
})

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** OpenID Connect Core: configuration, keys, and a token for the code when the verifier fits the challenge. */
async function startIssuer(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const answer = (status: number, body: object) => {
        response.writeHead(status, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(body))
      }
      if (request.url === '/.well-known/openid-configuration')
        return answer(200, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        })
      if (request.url === '/keys')
        return answer(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] })
      const form = new URLSearchParams(Buffer.concat(chunks).toString())
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (challenge !== asked.challenge || form.get('client_secret') !== SECRET)
        return answer(400, { error: 'invalid_grant' })
      const now = Math.floor(Date.now() / 1000)
      const said = { iss: url, sub: 'someone', aud: 'choba', iat: now, exp: now + 60, nonce: asked.nonce, ...claims }
      const text = `${encode({ alg: 'RS256', kid: 'k' })}.${encode(said)}`
      const signature = createSign('sha256').update(text).sign(privateKey, 'base64url')
      return answer(200, { access_token: 'a', token_type: 'Bearer', id_token: `${text}.${signature}` })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

function set(change: object): Promise<Response> {
  const body = { name: '社内アカウント', issuerUrl: issuer.url, clientId: 'choba', mailDomain: null, isOn: true }
  return admin.send('PUT', '/api/security/issuer', { ...body, clientSecret: SECRET, ...change })
}

type Out = { location: URL; cookie: string }
async function goOut(): Promise<Out> {
  const response = await house.app.request(`/api/auth/sign-in/issuer/${house.merchantId}`)
  const location = new URL(response.headers.get('Location') ?? '', 'http://localhost')
  asked.challenge = location.searchParams.get('code_challenge') ?? ''
  asked.nonce = location.searchParams.get('nonce') ?? ''
  return { location, cookie: (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' }
}
async function comeBack({ location, cookie }: Out, state = location.searchParams.get('state')): Promise<Response> {
  const headers = { Cookie: cookie }
  return house.app.request(`/api/auth/sign-in/issuer-back?code=c&state=${state}`, { headers })
}
async function doneBy(method: string): Promise<string[]> {
  const log = house.deps.db.owner
    .selectFrom('auditLog')
    .select('action')
    .where(sql`after ->> 'how'`, '=', method)
  return (await log.execute()).map(({ action }) => action)
}
function whereTo(response: Response): string | null {
  return response.headers.get('Location')
}

test('a member comes in by the address the issuer has verified', async () => {
  const offered = await house.app.request('/api/auth/sign-in/issuers')
  expect(await offered.json()).toEqual({ issuers: [{ merchantId: house.merchantId, name: '社内アカウント' }] })
  const out = await goOut()
  expect(out.location.origin).toBe(issuer.url)
  expect(out.location.searchParams.get('code_challenge_method')).toBe('S256')
  const back = await comeBack(out)
  expect(whereTo(back)).toBe('/')
  const cookie = back.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  expect(await (await clientOf(house.app, cookie).get('/api/session')).json()).toMatchObject({ role: 'admin' })
  expect(await doneBy('issuer')).toEqual(['session.sign_in'])
})

test.each([
  ['nobody’s address', { email: 'nobody@shop.example' }],
  ['an address the issuer has not verified', { email_verified: false }],
  ['a token for somebody else', { aud: 'another client' }],
  ['a token of another visit', { nonce: 'another' }],
  ['a token that has expired', { exp: 1 }],
])('%s is not let in', async (_what, wrong) => {
  claims = { ...claims, ...wrong }
  const back = await comeBack(await goOut())
  expect([whereTo(back), back.headers.getSetCookie().some((each) => each.includes('session_token'))]).toEqual([
    '/sign-in?why=issuer',
    false,
  ])
})

test('another state, no cookie, another domain, and one who was deactivated are not let in', async () => {
  const out = await goOut()
  expect(whereTo(await comeBack(out, 'another'))).toBe('/sign-in?why=issuer')
  expect(whereTo(await comeBack({ ...out, cookie: '' }))).toBe('/sign-in?why=issuer')
  await set({ mailDomain: 'elsewhere.example' })
  expect(whereTo(await comeBack(await goOut()))).toBe('/sign-in?why=issuer')
  await vi.waitFor(async () => expect(await doneBy('issuer')).toContain('session.sign_in_failed'))
  await set({ isOn: false })
  expect(whereTo(await house.app.request(`/api/auth/sign-in/issuer/${house.merchantId}`))).toBe('/sign-in?why=issuer')
  await set({})
  await house.signIn('staff')
  claims = { ...claims, email: `staff@${house.merchantId}.example` }
  await house.deps.db.owner
    .updateTable('member')
    .set({ deactivatedAt: new Date() })
    .where('role', '=', 'staff')
    .execute()
  expect(whereTo(await comeBack(await goOut()))).toBe('/sign-in?why=issuer')
})

test('the secret is kept sealed, shown by its last four letters, and stays when it is not given again', async () => {
  await set({ clientSecret: null, name: '会社のアカウント' })
  const read = await (await admin.get('/api/security/issuer')).text()
  expect(read).not.toContain(SECRET)
  expect(JSON.parse(read)).toMatchObject({ issuer: { name: '会社のアカウント', secretLastFour: 'ient' } })
  const log = await house.deps.db.owner.selectFrom('auditLog').selectAll().execute()
  const row = await house.deps.db.owner.selectFrom('oidcIssuer').selectAll().executeTakeFirst()
  expect(JSON.stringify([log, row])).not.toContain(SECRET)
  expect(whereTo(await comeBack(await goOut()))).toBe('/')
})

test('what is no issuer is not kept', async () => {
  for (const issuerUrl of [`${issuer.url}/nothing`, 'http://issuer.example'])
    expect((await errorOf(await set({ issuerUrl }))).code).toBe('issuer.unreachable')
})
