/** What an admin sets of a connection: within bounds, told to the audit, used at once, and nothing of it secret. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RescueRow } from '@choba/shared/contracts/rescue.ts'
import type { ConnectionSettings } from '@choba/shared/contracts/connections.ts'
import { connectionContext } from '../../core/secret-box.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { registerPayment } from '../../testing/factory.ts'

const HOUR_MS = 3_600_000
let bff: TestApp
let admin: TestClient
const connectionId = uuidv7()
const linkId = uuidv7()

beforeAll(async () => {
  bff = await createTestApp()
  admin = await bff.signIn('admin')
  for (const [id, provider, connectionMethod, settings] of [
    [connectionId, 'np', 'api', { merchantCode: 'not to be seen', pollSeconds: 60 }],
    [linkId, 'sbps', 'link', {}],
  ] as const)
    await bff.deps.db.owner
      .insertInto('connection')
      .values({
        merchantId: bff.merchantId,
        connectionId: id,
        shopId: bff.shopIds[0],
        provider,
        connectionMethod,
        methods: ['np_postpaid'],
        baseUrl: 'http://127.0.0.1:1',
        settings: JSON.stringify(settings),
        secretBox: bff.deps.secrets.seal('{}', connectionContext(bff.merchantId, id)),
        validFrom: '2020-01-01',
      })
      .execute()
})
afterAll(() => bff.close())

async function read(): Promise<ConnectionSettings[]> {
  return ((await (await admin.get('/api/connections/settings')).json()) as { connections: ConnectionSettings[] })
    .connections
}

function change(id: string, settings: Record<string, unknown>): Promise<Response> {
  return admin.send('PUT', `/api/connections/${id}/settings`, settings)
}

async function longReviews(): Promise<number> {
  const response = await admin.get('/api/rescue?kind=long_review&limit=100')
  return ((await response.json()) as { items: RescueRow[] }).items.length
}

test('shows what may be set of each connection, with what usually holds, and nothing else of it', async () => {
  const text = JSON.stringify(await read())
  expect(text).not.toContain('not to be seen')
  const [np, link] = await read()
  expect(np?.values).toEqual([
    { name: 'longReviewHours', value: 3, isSet: false },
    { name: 'pollSeconds', value: 60, isSet: true },
    { name: 'mostSends', value: 8, isSet: false },
  ])
  expect(link?.values.map((value) => value.name)).toEqual(['pollSeconds', 'storeDueDays', 'mostSends', 'npPayMethod'])
})

test('a change holds at once, leaves the rest as it was, and is audited once', async () => {
  const at = new Date(Date.now() - 2 * HOUR_MS).toISOString()
  await registerPayment(
    bff.deps.db.owner,
    { merchantId: bff.merchantId, shops: bff.shopIds, connections: { [bff.shopIds[0]]: connectionId } },
    { method: 'np_postpaid', shopId: bff.shopIds[0], orderedAt: at },
    [{ at, news: { kind: 'screening', providerId: 'np-long', result: 'in_review', reasons: [] } }],
  )
  expect(await longReviews()).toBe(0)
  expect((await change(connectionId, { longReviewHours: 1 })).status).toBe(200)
  expect((await change(connectionId, { longReviewHours: 1 })).status).toBe(200)
  expect(await longReviews()).toBe(1)
  const owner = bff.deps.db.owner
  const stored = await owner
    .selectFrom('connection')
    .select('settings')
    .where('connectionId', '=', connectionId)
    .executeTakeFirstOrThrow()
  expect(stored.settings).toEqual({ merchantCode: 'not to be seen', pollSeconds: 60, longReviewHours: 1 })
  const audited = await owner
    .selectFrom('auditLog')
    .select(['before', 'after', 'subjectId'])
    .where('action', '=', 'connection.settings')
    .execute()
  expect(audited).toEqual([
    { before: { longReviewHours: null }, after: { longReviewHours: 1 }, subjectId: connectionId },
  ])
})

test.each([
  [connectionId, { longReviewHours: 0 }],
  [connectionId, { longReviewHours: 2.5 }],
  [connectionId, { pollSeconds: 3_601 }],
  [connectionId, { storeDueDays: 10 }],
  [linkId, { storeDueDays: 60 }],
  [linkId, { npPayMethod: 'NP 後払い' }],
])('%s refuses %j', async (id, settings) => {
  const response = await change(id, settings)
  expect([response.status, (await errorOf(response)).code]).toEqual([400, 'request.invalid'])
})

test('no other role sees or changes them', async () => {
  for (const role of ['staff', 'accountant'] as const) {
    const client = await bff.signIn(role)
    expect((await client.get('/api/connections/settings')).status).toBe(403)
    expect((await client.send('PUT', `/api/connections/${connectionId}/settings`, { pollSeconds: 9 })).status).toBe(403)
  }
})
