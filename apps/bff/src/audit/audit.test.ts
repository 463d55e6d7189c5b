import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, jsonInit, type TestApp } from '../testing/app.ts'
import { audit } from './audit.ts'

const PROXY = { PUBLIC_URL: 'https://choba.example' }

let house: TestApp
beforeAll(async () => {
  house = await createTestApp({ env: PROXY })
})
afterAll(() => house.close())

async function changeTemplate(headers: Record<string, string>): Promise<Response> {
  const admin = await house.signIn('admin')
  const init = jsonInit('PUT', {
    shopId: house.shopIds[0],
    language: 'ja',
    template: { subject: '件名', body: '本文', contact: '連絡先' },
  })
  return house.app.request('/api/message-templates/other-method', {
    ...init,
    headers: { ...init.headers, Cookie: admin.cookie, Origin: PROXY.PUBLIC_URL, ...headers },
  })
}

async function lastEntry() {
  return house.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'ip', 'userAgent', 'requestId'])
    .orderBy('auditId', 'desc')
    .executeTakeFirstOrThrow()
}

test('an entry says from which address, by which browser and in which request it was done', async () => {
  const answer = await changeTemplate({ 'X-Forwarded-For': '10.0.0.1, 203.0.113.9', 'User-Agent': 'Firefox/141' })
  expect(answer.status).toBe(200)
  expect(await lastEntry()).toEqual({
    action: 'message_template.change',
    ip: '203.0.113.9',
    userAgent: 'Firefox/141',
    requestId: answer.headers.get('X-Request-Id'),
  })
})

test('a browser that names itself at any length is kept in short', async () => {
  await changeTemplate({ 'User-Agent': 'x'.repeat(5000) })
  expect((await lastEntry()).userAgent).toBe('x'.repeat(300))
})

test('what a job does has no request', async () => {
  await house.deps.db.owner.transaction().execute((tx) =>
    audit(tx, {
      merchantId: house.merchantId,
      actor: { kind: 'job', id: 'payments:poll' },
      action: 'test.job',
      subject: { kind: 'merchant', id: house.merchantId },
    }),
  )
  expect(await lastEntry()).toEqual({ action: 'test.job', ip: null, userAgent: null, requestId: null })
})
