import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp, type TestClient } from '../testing/app.ts'
import { assert } from '../core/assert.ts'
import { createHub } from './hub.ts'
import { type Listener, startListener } from './listener.ts'

let house: TestApp
let listener: Listener

beforeAll(async () => {
  house = await createTestApp()
  listener = startListener(house.deps.env.databaseUrl, house.deps.hub, house.deps.log)
})
afterAll(async () => {
  await listener.stop()
  await house.close()
})

type Stream = { text(): string; until(pattern: RegExp): Promise<string>; ended: Promise<void>; close(): Promise<void> }

async function openEvents(client: TestClient): Promise<Stream> {
  const response = await client.get('/api/events')
  expect(response.headers.get('Content-Type')).toContain('text/event-stream')
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  let text = ''
  const decoder = new TextDecoder()
  async function readAll(): Promise<void> {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
    }
  }
  const ended = readAll()
  return {
    text: () => text,
    ended,
    async until(pattern) {
      const deadline = Date.now() + 5_000
      while (!pattern.test(text)) {
        if (Date.now() > deadline) throw new Error(`no ${pattern} in ${JSON.stringify(text)}`)
        await sleep(10)
      }
      return text
    },
    close: () => reader.cancel(),
  }
}

async function notify(merchantId: string, paymentIds: string[], more = false): Promise<void> {
  await sql`select pg_notify('ledger', ${JSON.stringify({ merchantId, paymentIds, more })})`.execute(
    house.deps.db.owner,
  )
}

test('tells the pages of one merchant and no other', async () => {
  const elsewhere = await house.signInElsewhere('admin')
  const [ours, theirs] = [await openEvents(await house.signIn('staff')), await openEvents(elsewhere)]
  await Promise.all([ours.until(/event: hello/), theirs.until(/event: hello/)])
  await untilHeard(ours)
  await notify(house.merchantId, ['p1', 'p2'], true)
  await notify(elsewhere.merchantId, ['q1'])
  await ours.until(/event: ledger\ndata: \{"paymentIds":\["p1","p2"\],"more":true\}/)
  await theirs.until(/"q1"/)
  expect(theirs.text()).not.toContain('p1')
  expect(ours.text()).not.toContain('q1')
  await Promise.all([ours.close(), theirs.close()])
})

test('needs a session', async () => {
  expect((await house.app.request('/api/events')).status).toBe(401)
})

test('ends with the session of the person', async () => {
  const client = await house.signIn('accountant')
  const stream = await openEvents(client)
  await stream.until(/hello/)
  await client.send('POST', '/api/session/sign-out-everywhere')
  await expect(stream.ended).resolves.toBeUndefined()
})

test('asks every page to look again after the connection to the books was lost', async () => {
  const stream = await openEvents(await house.signIn('staff'))
  await untilHeard(stream)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'choba-listen' and datname = current_database()`.execute(
    house.deps.db.owner,
  )
  await stream.until(/"paymentIds":\[\],"more":true/)
  await notify(house.merchantId, ['after'])
  expect(await stream.until(/"after"/)).toMatch(/"more":true[^]*"after"/)
  await stream.close()
})

test('survives a notice that is no notice', async () => {
  const stream = await openEvents(await house.signIn('staff'))
  await untilHeard(stream)
  for (const payload of ['', '{', '7', 'null', '[]', '{"merchantId":5}', '{"merchantId":"x"}'])
    await sql`select pg_notify('ledger', ${payload})`.execute(house.deps.db.owner)
  await notify(house.merchantId, ['still here'])
  expect(await stream.until(/still here/)).not.toContain('"x"')
  await stream.close()
})

test('keeps what a slow page has not read within bounds', async () => {
  const hub = createHub()
  const subscription = hub.subscribe({ merchantId: 'm', userId: 'u' })
  for (let n = 0; n < 10_000; n++) hub.publish('m', { paymentIds: [`p${n}`, 'again'], more: false })
  const change = await subscription.next(10)
  assert(change !== undefined && change !== 'quiet', 'something gathered')
  expect(change.more).toBe(true)
  expect(change.paymentIds.length).toBeLessThanOrEqual(200)
  expect(await subscription.next(10)).toBe('quiet')
  hub.close()
  expect(await subscription.next(10)).toBeUndefined()
  expect(hub.size()).toBe(0)
})

/** The listening connection may still be on its way. */
async function untilHeard(stream: Stream): Promise<void> {
  for (let n = 0; !stream.text().includes('heard'); n++) {
    if (n > 200) throw new Error('nothing is heard')
    await notify(house.merchantId, ['heard'])
    await sleep(20)
  }
}
