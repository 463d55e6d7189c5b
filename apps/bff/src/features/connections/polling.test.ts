/** How often a provider is asked, about what, and what happens while it does not answer. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Output } from '@choba/shared/contract.ts'
import type { work } from '@choba/shared/contracts/connections.ts'
import { taskHandlers } from '../../app.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import { connectionContext } from '../../core/secret-box.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { ProviderUnreachable } from '../../providers/port.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { registerPayment, tellPayment, type TestMerchant } from '../../testing/factory.ts'
import { scriptedProvider } from '../../testing/scripted-provider.ts'
import { pauseAfter } from './poll-due.queries.ts'

const START = Date.parse('2026-11-20T03:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let bff: TestApp
let merchant: TestMerchant
let connectionId: string
let now = START
const provider = scriptedProvider()
let asked: string[] = []

beforeAll(async () => {
  bff = await createTestApp({ clock: { now: () => new Date(now) }, providers: { np: provider } })
  connectionId = uuidv7()
  const secretBox = bff.deps.secrets.seal('{}', connectionContext(bff.merchantId, connectionId))
  await bff.deps.db.owner
    .insertInto('connection')
    .values({
      merchantId: bff.merchantId,
      connectionId,
      shopId: bff.shopIds[0],
      provider: 'np',
      connectionMethod: 'api',
      methods: ['np_postpaid'],
      baseUrl: 'http://127.0.0.1:1',
      settings: JSON.stringify({ pollSeconds: 60 }),
      secretBox,
      validFrom: '2020-01-01',
    })
    .execute()
  merchant = { merchantId: bff.merchantId, shops: bff.shopIds, connections: { [bff.shopIds[0]]: connectionId } }
})
beforeEach(() => {
  provider.polled = (open) => {
    asked = open.map((payment) => payment.paymentId)
    return []
  }
})
afterAll(() => bff.close())

async function poll(all = false): Promise<string[]> {
  asked = []
  await taskHandlers(bff.deps)['connections:poll']?.(
    { merchantId: bff.merchantId, connectionId, all },
    undefined as never,
  )
  return asked
}

async function told(result: 'in_review' | 'on_hold' | 'approved', key: string): Promise<string> {
  const news: DatedNews = {
    at: new Date(now).toISOString(),
    news: { kind: 'screening', providerId: key, result, reasons: [] },
  }
  const order = { method: 'np_postpaid', shopId: bff.shopIds[0], orderedAt: new Date(now).toISOString() } as const
  return registerPayment(bff.deps.db.owner, merchant, order, [news])
}

async function pollState() {
  return bff.deps.db.owner
    .selectFrom('connectionPoll')
    .selectAll()
    .where('connectionId', '=', connectionId)
    .executeTakeFirstOrThrow()
}

/** Polls once a minute over so many hours; answers after how many minutes the payment was asked about. */
async function askedWithin(hours: number, paymentId: string): Promise<number[]> {
  const from = now
  const minutes: number[] = []
  while (now < from + hours * HOUR) {
    now += MINUTE
    if ((await poll()).includes(paymentId)) minutes.push((now - from) / MINUTE)
  }
  return minutes
}

test('a review is asked about in each round of its first hour, then every ten minutes', async () => {
  const paymentId = await told('in_review', 'np-review')
  const minutes = await askedWithin(2, paymentId)
  expect(minutes.filter((minute) => minute < 60)).toEqual(Array.from({ length: 59 }, (_, index) => index + 1))
  expect(minutes.filter((minute) => minute >= 60)).toEqual([60, 70, 80, 90, 100, 110, 120])
})

test('an approval is asked about in the round after it, then every four hours', async () => {
  now += MINUTE
  const paymentId = await told('approved', 'np-approved')
  now += MINUTE
  expect(await poll()).toContain(paymentId)
  now += 3 * HOUR
  expect(await poll()).not.toContain(paymentId)
  now += HOUR
  expect(await poll()).toContain(paymentId)
})

test('a person who asks is told about everything', async () => {
  const paymentId = await told('approved', 'np-now')
  now += MINUTE
  await poll()
  now += MINUTE
  expect(await poll()).not.toContain(paymentId)
  expect(await poll(true)).toContain(paymentId)
})

test('a clock that was moved brings what has come due by it, in the same round', async () => {
  const paymentId = await told('on_hold', 'np-moved')
  now += MINUTE
  await poll()
  const rounds: string[][] = []
  provider.polled = (open) => {
    rounds.push(open.map((payment) => payment.paymentId))
    bff.deps.providerClocks.heard(connectionId, new Date(now + 24 * HOUR).toISOString())
    return []
  }
  now += MINUTE
  await poll()
  expect(rounds.map((round) => round.includes(paymentId))).toEqual([false, true])
  bff.deps.providerClocks.heard(connectionId, new Date(now).toISOString())
})

test('a provider that does not answer is left alone for longer each time, and asked about the same again', async () => {
  const paymentId = await told('in_review', 'np-silent')
  provider.polled = () => {
    throw new ProviderUnreachable('HTTP 503')
  }
  const pauses: number[] = []
  for (let round = 0; round < 7; round += 1) {
    now += MINUTE
    await poll()
    pauses.push(Math.round(((await pollState()).nextAt?.getTime() ?? 0) / 1000 - Date.now() / 1000))
  }
  expect(pauses).toEqual([120, 240, 480, 960, 1800, 1800, 1800])
  expect(await pollState()).toMatchObject({ failures: 7, failedBecause: 'HTTP 503' })

  provider.polled = (open) => {
    asked = open.map((payment) => payment.paymentId)
    return []
  }
  expect(await poll()).toContain(paymentId)
  expect(await pollState()).toMatchObject({ failures: 0, failedBecause: null, askedAt: new Date(now) })
})

test('a fault of our own is told like a silence, without its words, and the next round is planned', async () => {
  provider.polled = () => {
    throw new Error('connection 1 lacks the setting merchantCode')
  }
  await poll()
  expect(await pollState()).toMatchObject({ failures: 1, failedBecause: 'internal' })
  expect((await pollState()).nextAt?.getTime()).toBeGreaterThan(Date.now())
  provider.polled = () => []
  await poll()
  expect(await pollState()).toMatchObject({ failures: 0, failedBecause: null })
})

test('the schedule does not cut a pause short, and takes up a poll that was lost', async () => {
  const planned = () =>
    bff.deps.db.pool.query<{ runAt: Date }>(
      `select run_at as "runAt" from graphile_worker._private_jobs where key = $1`,
      [`poll:${connectionId}`],
    )
  const schedule = () => taskHandlers(bff.deps)['connections:schedule']?.({}, undefined as never)
  await poll()
  const before = (await planned()).rows[0]?.runAt.getTime() ?? 0
  await schedule()
  expect((await planned()).rows[0]?.runAt.getTime()).toBe(before)
  await bff.deps.db.owner
    .updateTable('connectionPoll')
    .set({ nextAt: new Date(Date.now() - 10 * MINUTE) })
    .where('connectionId', '=', connectionId)
    .execute()
  await bff.deps.db.pool.query('delete from graphile_worker._private_jobs')
  await schedule()
  expect((await planned()).rows).toHaveLength(1)
})

test('says to everybody since when a provider is silent, why, and when it is asked again', async () => {
  const client = await bff.signIn('accountant')
  const told = async () => {
    const { connections } = (await (await client.get('/api/work')).json()) as Output<typeof work.get>
    return connections.find((connection) => connection.id === connectionId)
  }
  await poll()
  const before = await told()
  expect(before).toMatchObject({ provider: 'np', methods: ['np_postpaid'], failures: 0, failingSince: null, why: null })
  expect(before?.answeredAt).not.toBeNull()
  const causes = { ECONNREFUSED: 'unreachable', 'HTTP 503': 'unavailable', 'provider.unauthorized': 'unauthorized' }
  const since: unknown[] = []
  for (const [cause, why] of Object.entries(causes)) {
    provider.polled = () => {
      throw new ProviderUnreachable(cause)
    }
    await poll()
    const failing = await told()
    expect(failing).toMatchObject({ why, cause, answeredAt: before?.answeredAt })
    expect(Date.parse(failing?.nextAt ?? '')).toBeGreaterThan(Date.now())
    since.push(failing?.failingSince)
  }
  expect(new Set(since).size).toBe(1)
  expect(Date.parse(String(since[0]))).toBeGreaterThanOrEqual(Date.parse(before?.answeredAt ?? ''))
  provider.polled = () => []
  await poll()
  expect(await told()).toMatchObject({ failures: 0, failingSince: null, why: null, cause: null })
})

test('pauses are what is set while all is well, and never longer than half an hour', () => {
  expect([0, 1, 2, 30].map((failures) => pauseAfter(failures, 120_000))).toEqual([120_000, 240_000, 480_000, 1_800_000])
  expect(pauseAfter(3, 3_600_000)).toBe(3_600_000)
})

test('a captured sale is asked about from the day of its shipment on', async () => {
  const paymentId = await told('approved', 'np-shipped')
  await tellPayment(bff.deps.db.owner, bff.merchantId, paymentId, [
    { at: new Date(now).toISOString(), news: { kind: 'shipment_accepted', carrierCode: '59010', slipNumber: '4' } },
  ])
  const minutes = await askedWithin(1, paymentId)
  expect(minutes.length).toBe(4)
})

test('a person can have the providers asked at once', async () => {
  const staff = await bff.signIn('staff')
  const answer = await staff.send('POST', '/api/connections/sync')
  expect(await answer.json()).toEqual({ jobs: 1 })
})
