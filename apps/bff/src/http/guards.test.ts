import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../testing/app.ts'

let house: TestApp
let admin: TestClient

beforeAll(async () => {
  house = await createTestApp()
  admin = await house.signIn('admin')
})
afterAll(() => house.close())

const CHANGE = '/api/preferences/theme'

function change(headers: Record<string, string>, body: string | null = '{"value":"dark"}'): Promise<Response> {
  const all = { Host: 'console.example', Cookie: admin.cookie, 'Content-Type': 'application/json', ...headers }
  return Promise.resolve(house.app.request(`http://console.example${CHANGE}`, { method: 'PUT', headers: all, body }))
}

describe('a change', () => {
  test('is taken from our own page', async () => {
    expect((await change({ Origin: 'http://console.example', 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
    expect((await change({ Origin: 'https://console.example' })).status).toBe(200)
  })

  test('is taken from a program that is no browser', async () => {
    expect((await change({})).status).toBe(200)
  })

  test.each([
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'null' }],
    [{ Origin: 'https://console.example.evil.example' }],
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site', Origin: 'http://console.example' }],
    [{ Origin: 'http://console.example:8080' }],
  ])('is refused from another site: %o', async (headers) => {
    const response = await change(headers as Record<string, string>)
    expect([response.status, (await errorOf(response)).code]).toEqual([403, 'request.cross_site'])
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('is refused as a form could send it: %s', async (type) => {
    expect((await change({ 'Content-Type': type })).status).toBe(403)
  })

  test('is refused at sign-in too', async () => {
    const response = await house.app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { Origin: 'https://evil.example', 'Content-Type': 'application/json' },
      body: '{"email":"a@b.example","password":"x"}',
    })
    expect(response.status).toBe(403)
  })
})

describe('an answer', () => {
  test.each(['/', '/api/session', '/healthz', '/api/nothing', '/metrics'])(
    'carries the security headers: %s',
    async (path) => {
      const { headers } = await house.app.request(path)
      expect(headers.get('Content-Security-Policy')).toContain("script-src 'self';")
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(headers.get('Strict-Transport-Security')).toBeNull()
    },
  )

  test('of the API is not stored by the browser', async () => {
    expect((await admin.get('/api/session')).headers.get('Cache-Control')).toBe('no-store')
  })

  test('names its request, with an id that nobody outside chose', async () => {
    const response = await house.app.request('/api/nothing', { headers: { 'X-Request-Id': 'mine' } })
    const error = await errorOf(response)
    expect(error).toEqual({ code: 'route.not_found', details: {}, requestId: response.headers.get('X-Request-Id') })
    expect(error.requestId).not.toBe('mine')
  })
})

describe('trouble', () => {
  test.each([
    '/api/%',
    '/%E0%A4%A',
    '/api/payments/%ff%fe',
    '/..%2f..%2fetc/passwd',
    `/${'a'.repeat(5000)}`,
    '/api/session?%=%',
    '/\\x',
    '/api//session',
    '/api/preferences/__proto__',
  ])('of the address is never a server error: %s', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE2']) {
      const response = await house.app.request(`http://localhost${path}`, { method, headers: { Cookie: admin.cookie } })
      // 503: the console's own files are not built in a test.
      expect([200, 400, 404, 503]).toContain(response.status)
    }
  })

  test('of a body that is too large answers 413 before it is read', async () => {
    const response = await change({}, JSON.stringify({ value: 'x'.repeat(9 * 1024 * 1024) }))
    expect([response.status, (await errorOf(response)).code]).toEqual([413, 'request.too_large'])
  })

  test('of a field names the field', async () => {
    const response = await admin.send('PUT', '/api/preferences/unheard', { value: 1 })
    expect(await errorOf(response)).toMatchObject({ code: 'request.invalid', details: { issues: [{ path: 'key' }] } })
  })
})

test('says that it lives and that it is ready, and shows numbers without names', async () => {
  expect((await house.app.request('/healthz')).status).toBe(200)
  expect(await (await house.app.request('/readyz')).json()).toEqual({ status: 'ready' })
  await admin.get('/api/session')
  const metrics = await (await house.app.request('/metrics')).text()
  expect(metrics).toContain('choba_http_request_seconds_count{method="GET",route="/api/session",status="200"}')
  expect(metrics).toMatch(/choba_operations_open\{state="unknown"\} 0/)
  expect(metrics).not.toContain(house.merchantId)
})
