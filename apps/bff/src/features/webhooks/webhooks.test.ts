import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DELIVERY_PAUSES } from '@choba/shared/contracts/webhooks.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, type TestMerchant } from '../../testing/factory.ts'
import { pumpWebhooks } from './webhooks.jobs.ts'

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string }
const heard: Heard[] = []
let answer: { status: number; body: string } = { status: 200, body: 'ok' }
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
    response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body)
  })
})

let now = new Date('2026-11-28T03:00:00Z')
let house: TestApp
let merchant: TestMerchant
let admin: TestClient
let url = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', () => resolve()))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  house = await createTestApp({ clock: { now: () => now } })
  merchant = await addConnections(house.deps.db.owner, house.merchantId, house.shopIds)
  admin = await house.signIn('admin')
})
afterAll(async () => {
  receiver.close()
  await house.close()
})
beforeEach(async () => {
  await house.deps.db.owner.deleteFrom('webhook').execute()
  heard.length = 0
  answer = { status: 200, body: 'ok' }
})

type Made = { webhook: { id: string; counts: object }; secret: string }

async function subscribe(events: string[] = [], id = uuidv7()): Promise<Made> {
  const response = await admin.send('POST', '/api/webhooks', { id, name: '基幹', url, events })
  expect(response.status).toBe(200)
  return (await response.json()) as Made
}

function sell(orderNumber: string): Promise<string> {
  return house.deps.db.owner
    .transaction()
    .execute((tx) => registerPayment(tx, merchant, { orderNumber, method: 'card', name: '秘密 花子' }))
}

function pump(): Promise<void> {
  return pumpWebhooks(house.deps)
}

async function deliveries(query = ''): Promise<Array<{ id: string; state: string; attempts: number; nextAt: string }>> {
  const body = (await (await admin.get(`/api/webhook-deliveries${query}`)).json()) as { items: [] }
  return body.items
}

test('what happens to a payment is told once, signed, and without the customer’s name', async () => {
  const { secret } = await subscribe()
  await sell('W-1')
  await pump()
  await pump()
  expect(heard).toHaveLength(1)
  const [{ headers, body } = { headers: {}, body: '' }] = heard
  const told = JSON.parse(body) as { type: string; payment: { orderNumber: string; amountYen: number } }
  expect(told).toMatchObject({ type: 'payment.registered', payment: { orderNumber: 'W-1', amountYen: 11_000 } })
  expect(body).not.toContain('秘密')
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['choba-signature'])) ?? []
  expect(Number(seconds)).toBe(now.getTime() / 1000)
  expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'))
})

test('an address hears of what comes after it, of the types it asked for, and of nothing while it rests', async () => {
  await sell('W-before')
  const { webhook } = await subscribe(['payment.cancelled'])
  await sell('W-2')
  await pump()
  expect(heard).toHaveLength(0)
  const wish = { name: '基幹', url, events: [] }
  await admin.send('PUT', `/api/webhooks/${webhook.id}`, { ...wish, isActive: false })
  await sell('W-3')
  await pump()
  await admin.send('PUT', `/api/webhooks/${webhook.id}`, { ...wish, isActive: true })
  await sell('W-4')
  await pump()
  expect(
    heard.map(({ body }) => (JSON.parse(body) as { payment: { orderNumber: string } }).payment.orderNumber),
  ).toEqual(['W-4'])
})

test('a refusal is tried again with growing pauses, then waits for a person, who sends it again', async () => {
  const { webhook } = await subscribe()
  answer = { status: 500, body: 'out of order\u0000' }
  await sell('W-5')
  await pump()
  for (const minutes of DELIVERY_PAUSES) {
    await pump()
    const [row] = await deliveries()
    expect(row).toMatchObject({ state: 'pending', nextAt: new Date(now.getTime() + minutes * 60_000).toISOString() })
    now = new Date(now.getTime() + minutes * 60_000)
    await pump()
  }
  expect(heard).toHaveLength(1 + DELIVERY_PAUSES.length)
  expect(await deliveries('?state=failed')).toHaveLength(1)
  answer = { status: 204, body: '' }
  const again = await admin.send('POST', '/api/webhook-deliveries/replay', { failedOf: webhook.id })
  expect(await again.json()).toEqual({ replayed: 1 })
  await pump()
  expect((await deliveries())[0]).toMatchObject({ state: 'delivered', attempts: 1 })
  expect(new Set(heard.map(({ headers }) => headers['choba-delivery'])).size).toBe(1)
})

test('a redirect is not followed', async () => {
  await subscribe()
  answer = { status: 302, body: '' }
  await sell('W-6')
  await pump()
  expect(heard).toHaveLength(1)
  expect((await deliveries())[0]).toMatchObject({ state: 'pending', lastStatus: 302 })
})

test('two processes that look at the same time send each delivery once', async () => {
  await subscribe()
  for (let count = 0; count < 30; count++) await sell(`W-many-${count}`)
  await Promise.all([pump(), pump(), pump()])
  await pump()
  expect(heard).toHaveLength(30)
  expect(new Set(heard.map(({ headers }) => headers['choba-delivery'])).size).toBe(30)
})

test('a trial goes out at once, and the same id makes no second one', async () => {
  const { webhook } = await subscribe()
  const id = uuidv7()
  for (const _twice of [1, 2]) await admin.send('POST', `/api/webhooks/${webhook.id}/ping`, { id })
  await pump()
  expect(heard.map(({ headers }) => headers['choba-event'])).toEqual(['webhook.ping'])
  const detail = await (await admin.get(`/api/webhook-deliveries/${(await deliveries())[0]?.id}`)).json()
  expect(detail).toMatchObject({ delivery: { state: 'delivered', lastStatus: 200 }, answered: 'ok' })
})

test('another secret signs from now on, and neither stands in the database', async () => {
  const { webhook, secret } = await subscribe()
  const rotated = (await (await admin.send('POST', `/api/webhooks/${webhook.id}/rotate`, {})).json()) as Made
  await admin.send('POST', `/api/webhooks/${webhook.id}/ping`, { id: uuidv7() })
  await pump()
  const signature = String(heard[0]?.headers['choba-signature'])
  const seconds = signature.slice(2, signature.indexOf(','))
  const mac = createHmac('sha256', rotated.secret).update(`${seconds}.${heard[0]?.body}`).digest('hex')
  expect(signature).toBe(`t=${seconds},v1=${mac}`)
  const rows = JSON.stringify(await house.deps.db.owner.selectFrom('webhook').selectAll().execute())
  expect([rows.includes(secret), rows.includes(rotated.secret)]).toEqual([false, false])
  expect(JSON.stringify(await (await admin.get('/api/webhooks')).json())).not.toContain('whsec_')
})

test('a live merchant’s events do not go to this machine', async () => {
  const { owner } = house.deps.db
  await owner.updateTable('merchant').set({ environment: 'live' }).where('merchantId', '=', house.merchantId).execute()
  const refused = await admin.send('POST', '/api/webhooks', { id: uuidv7(), name: 'x', url, events: [] })
  expect(await errorOf(refused)).toMatchObject({ code: 'webhook.address', details: { reason: 'scheme' } })
  await owner
    .updateTable('merchant')
    .set({ environment: 'sandbox' })
    .where('merchantId', '=', house.merchantId)
    .execute()
})

test('one that is removed hears nothing more, and its end is in the log', async () => {
  const { webhook } = await subscribe()
  expect((await admin.send('DELETE', `/api/webhooks/${webhook.id}`)).status).toBe(200)
  expect((await admin.send('DELETE', `/api/webhooks/${webhook.id}`)).status).toBe(200)
  await sell('GONE-1')
  await pump()
  expect(heard).toEqual([])
  const { items } = (await (await admin.get('/api/audit-log?action=webhook.remove')).json()) as {
    items: Array<{ subject: { id: string } }>
  }
  expect(items.filter(({ subject }) => subject.id === webhook.id)).toHaveLength(1)
})

test('another merchant sees, changes and replays nothing of it', async () => {
  const { webhook } = await subscribe()
  const stranger = await house.signInElsewhere('admin')
  expect(await (await stranger.get('/api/webhooks')).json()).toEqual({ items: [] })
  const change = { name: 'x', url, events: [], isActive: false }
  expect((await stranger.send('PUT', `/api/webhooks/${webhook.id}`, change)).status).toBe(404)
  await stranger.send('DELETE', `/api/webhooks/${webhook.id}`)
  expect(((await (await admin.get('/api/webhooks')).json()) as { items: object[] }).items).toHaveLength(1)
})

test('a past sale that a file brought in is told to nobody', async () => {
  await subscribe()
  await house.deps.db.owner
    .transaction()
    .execute((tx) => registerPayment(tx, merchant, { orderNumber: 'PAST-1', connectionMethod: 'imported' }))
  await sell('NEW-1')
  await pump()
  expect(
    heard.map(({ body }) => (JSON.parse(body) as { payment: { orderNumber: string } }).payment.orderNumber),
  ).toEqual(['NEW-1'])
})
