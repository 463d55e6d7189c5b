/** What an admin sets up: names, shops and connections, whose secrets go in and never come out. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Agreement, MerchantView } from '@choba/shared/contracts/merchant.ts'
import { connectionContext, secretBox } from '../../core/secret-box.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { ProviderUnreachable } from '../../providers/port.ts'
import { createTestApp, errorOf, TEST_SECRET, type TestApp, type TestClient } from '../../testing/app.ts'
import { scriptedProvider } from '../../testing/scripted-provider.ts'

const SECRETS = {
  hashKey: 'a-hash-key-nobody-may-see',
  tripleDesKey: 'three-des-key-24-signs-x',
  tripleDesIv: '8-signs!',
}
const provider = scriptedProvider()
let bff: TestApp
let admin: TestClient

beforeAll(async () => {
  bff = await createTestApp({ providers: { sbps: provider, np: provider } })
  admin = await bff.signIn('admin')
})
afterAll(() => bff.close())

function connection(change: Record<string, unknown> = {}): Record<string, unknown> & { id: string } {
  return {
    id: uuidv7(),
    shopId: bff.shopIds[0],
    provider: 'sbps',
    connectionMethod: 'api',
    methods: ['card'],
    baseUrl: 'http://127.0.0.1:8788',
    cardSales: 'specified',
    validFrom: '2026-01-01',
    account: { merchantId: '12345', serviceId: '001' },
    secrets: SECRETS,
    ...change,
  }
}

async function listed(): Promise<Agreement[]> {
  return ((await (await admin.get('/api/connections')).json()) as { connections: Agreement[] }).connections
}

async function audited(action: string): Promise<unknown[]> {
  const rows = await bff.deps.db.owner
    .selectFrom('auditLog')
    .select(['before', 'after'])
    .where('merchantId', '=', bff.merchantId)
    .where('action', '=', action)
    .execute()
  return rows
}

test('a shop is added once, renamed, and no two have one code', async () => {
  const id = uuidv7()
  for (const _ of [1, 2])
    expect((await admin.send('POST', '/api/shops', { id, name: '三号店', code: 's3' })).status).toBe(200)
  const taken = await admin.send('POST', '/api/shops', { id: uuidv7(), name: '別', code: 's3' })
  expect((await errorOf(taken)).code).toBe('shop.code_taken')
  expect((await admin.send('PUT', `/api/shops/${id}`, { name: '三号店 駅前', code: 'ekimae' })).status).toBe(200)
  const clash = await admin.send('PUT', `/api/shops/${id}`, { name: '三号店', code: 's1' })
  expect((await errorOf(clash)).code).toBe('shop.code_taken')
  const view = (await (await admin.get('/api/merchant')).json()) as MerchantView
  expect(view.shops).toContainEqual({ shopId: id, name: '三号店 駅前', code: 'ekimae', payments: false })
  expect(await audited('shop.add')).toHaveLength(1)
  expect(await audited('shop.change')).toHaveLength(1)
})

test('the merchant is renamed and the audit tells both names', async () => {
  for (const _ of [1, 2]) expect((await admin.send('PUT', '/api/merchant', { name: '新しい商店' })).status).toBe(200)
  expect(await audited('merchant.rename')).toEqual([{ before: { name: 'テスト商店' }, after: { name: '新しい商店' } }])
})

test('only who may set it up reads or writes it', async () => {
  const staff = await bff.signIn('staff')
  for (const [method, path] of [
    ['GET', '/api/merchant'],
    ['GET', '/api/connections'],
    ['POST', `/api/connections/${uuidv7()}/test`],
  ] as const)
    expect((await staff.send(method, path)).status).toBe(403)
})

test('a connection keeps its secrets sealed: they are in no answer, no audit and no column', async () => {
  const body = connection()
  for (const _ of [1, 2]) expect((await admin.send('POST', '/api/connections', body)).status).toBe(200)
  const [made] = await listed()
  expect(made).toMatchObject({
    account: { merchantId: '12345', serviceId: '001' },
    inForce: true,
    secrets: [
      { name: 'hashKey', isSet: true, end: '-see' },
      { name: 'tripleDesKey', isSet: true, end: 'ns-x' },
      { name: 'tripleDesIv', isSet: true, end: '' },
    ],
  })
  const row = await bff.deps.db.owner
    .selectFrom('connection')
    .selectAll()
    .where('connectionId', '=', body.id)
    .executeTakeFirstOrThrow()
  const seen = JSON.stringify([made, row, await audited('connection.add')])
  for (const secret of Object.values(SECRETS)) expect(seen).not.toContain(secret)
  const context = connectionContext(bff.merchantId, body.id)
  expect(JSON.parse(secretBox(TEST_SECRET).open(row.secretBox, context))).toEqual(SECRETS)
  expect(() => secretBox('another secret, long enough for a key').open(row.secretBox, context)).toThrow(/authenticate/)
  expect(await audited('connection.add')).toHaveLength(1)
})

test('one secret is replaced and the others stay', async () => {
  const [made] = await listed()
  const change = { methods: ['card', 'convenience_store'], baseUrl: 'http://127.0.0.1:9', cardSales: 'automatic' }
  const response = await admin.send('PUT', `/api/connections/${made?.id}`, {
    ...change,
    secrets: { hashKey: 'another-hash-key-1234' },
  })
  expect(response.status).toBe(200)
  const [after] = await listed()
  expect(after).toMatchObject(change)
  expect(after?.secrets.map(({ end }) => end)).toEqual(['1234', 'ns-x', ''])
})

test('an account is connected once, over all merchants', async () => {
  const other = await bff.signInElsewhere('admin')
  const { shops } = (await (await other.get('/api/merchant')).json()) as MerchantView
  const theirs = await other.send('POST', '/api/connections', connection({ shopId: shops[0]?.shopId }))
  expect((await errorOf(theirs)).code).toBe('connection.account_taken')
})

test('what a provider does not give out is refused by its field', async () => {
  const wrong = {
    'account.serviceId': { account: { merchantId: '12345', serviceId: '1' } },
    'secrets.tripleDesKey': { secrets: { ...SECRETS, tripleDesKey: 'short' } },
    methods: { methods: ['np_postpaid'] },
    connectionMethod: { provider: 'np', connectionMethod: 'link', methods: ['np_postpaid'] },
  }
  for (const [path, change] of Object.entries(wrong)) {
    const { code, details } = await errorOf(await admin.send('POST', '/api/connections', connection(change)))
    expect([code, (details['issues'] as Array<{ path: string }>)[0]?.path]).toEqual(['request.invalid', path])
  }
})

test('a live merchant connects to no address of this machine or a private network', async () => {
  await bff.deps.db.owner
    .updateTable('merchant')
    .set({ environment: 'live' })
    .where('merchantId', '=', bff.merchantId)
    .execute()
  const account = { merchantId: '12345', serviceId: '009' }
  for (const [baseUrl, reason] of [
    ['https://127.0.0.1:8788', 'private'],
    ['https://[::1]/', 'private'],
    ['https://10.0.0.8/', 'private'],
    ['https://localhost/', 'private'],
    ['http://sbps.example', 'scheme'],
  ]) {
    const refused = await errorOf(await admin.send('POST', '/api/connections', connection({ baseUrl, account })))
    expect([refused.code, refused.details['reason']]).toEqual(['connection.address', reason])
  }
  // The one made before it went live is not asked either.
  const [made] = await listed()
  expect((await errorOf(await admin.send('POST', `/api/connections/${made?.id}/test`))).code).toBe('connection.address')
  await bff.deps.db.owner
    .updateTable('merchant')
    .set({ environment: 'sandbox' })
    .where('merchantId', '=', bff.merchantId)
    .execute()
})

test('a connection is tested and its answer told in kind', async () => {
  const [made] = await listed()
  const told = async () => (await (await admin.send('POST', `/api/connections/${made?.id}/test`)).json()) as object
  for (const [cause, result] of [
    ['HTTP 401', 'unauthorized'],
    ['ECONNREFUSED', 'unreachable'],
    ['TimeoutError', 'no_answer'],
    ['HTTP 503', 'unavailable'],
  ] as const) {
    provider.polled = () => {
      throw new ProviderUnreachable(cause)
    }
    expect(await told()).toMatchObject({ result, cause })
  }
  provider.polled = () => []
  expect(await told()).toMatchObject({ result: 'answered', cause: null })
})

test('a connection that begins later takes no order yet', async () => {
  const shopId = bff.shopIds[1]
  const account = (serviceId: string) => ({ merchantId: '12345', serviceId })
  const common = { shopId, methods: ['convenience_store'] }
  const entryShops = async () => JSON.stringify(await (await admin.get('/api/order-entry')).json())
  const later = connection({ ...common, account: account('777'), validFrom: '2099-01-01' })
  expect((await admin.send('POST', '/api/connections', later)).status).toBe(200)
  expect(await entryShops()).not.toContain(shopId)
  const now = connection({ ...common, account: account('778') })
  expect((await admin.send('POST', '/api/connections', now)).status).toBe(200)
  expect(await entryShops()).toContain(shopId)
  const found = (await listed()).filter((each) => each.shopId === shopId)
  expect(found.map(({ id, inForce }) => [id, inForce])).toEqual([
    [later.id, false],
    [now.id, true],
  ])
})
