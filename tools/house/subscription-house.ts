/** The console with subscriptions, and both pretend providers under one clock that the test moves. */
import { taskHandlers } from '../../apps/bff/src/app.ts'
import { connectionContext } from '../../apps/bff/src/core/secret-box.ts'
import { uuidv7 } from '../../apps/bff/src/core/uuid.ts'
import { verifyMerchant } from '../../apps/bff/src/ledger/verify.ts'
import { createTestApp, type TestApp } from '../../apps/bff/src/testing/app.ts'
import { parseAccounts } from '../../apps/sandbox/src/accounts.ts'
import { createApp } from '../../apps/sandbox/src/app.ts'
import { createTestDeps, sbpsTestAccounts, type TestDeps } from '../../apps/sandbox/src/testing/deps.ts'
import { serveForTest } from '../../apps/sandbox/src/testing/server.ts'
import type { SubscriptionDetail } from '../../packages/shared/src/contracts/subscription-detail.ts'
import { addDays, atTime, businessDate, dayOf } from '../../packages/shared/src/dates.ts'

export type SubscriptionHouse = {
  readonly bff: TestApp
  readonly sandbox: TestDeps
  today(): string
  later(days: number): string
  /** Both providers' clocks stand at nine in the morning of that day, and everything that follows is worked off. */
  moveTo(day: string): Promise<void>
  moveDays(days: number): Promise<void>
  /** The clocks stand there and the console has heard it; nothing has been done yet. */
  hear(day: string): Promise<void>
  /** One scheduler's run, without what it leads to. */
  schedule(): Promise<void>
  /** One round of the scheduler, and everything it leads to. */
  run(): Promise<void>
  work(): Promise<void>
  /** The pretend providers' own door, for what is said to them directly. */
  readonly provider: { request(path: string, init: RequestInit): Response | Promise<Response> }
  /** As the shop's page gets it: the number of the card goes to the provider alone. */
  makeToken(cardNumber?: string): Promise<{ readonly token: string; readonly tokenKey: string }>
  /** A card payment whose card can be charged again, by its order number. */
  payByCard(orderNumber: string, cardNumber?: string): Promise<void>
  /** What making a subscription would send. */
  inputOf(changes?: Readonly<Record<string, unknown>>): object
  make(changes?: Readonly<Record<string, unknown>>): Promise<SubscriptionDetail>
  get(id: string): Promise<SubscriptionDetail>
  act(id: string, action: string, more?: Readonly<Record<string, unknown>>): Promise<SubscriptionDetail>
  api<T>(method: string, path: string, body?: unknown): Promise<T>
  text(path: string): Promise<string>
  verify(): Promise<readonly unknown[]>
  close(): Promise<void>
}

const SBPS = { merchantId: '99901', serviceId: '001' }
const SBPS_SECRETS = {
  hashKey: '0123456789abcdef0123456789abcdef01234567',
  tripleDesKey: '0123456789ABCDEFGHIJKLMN',
  tripleDesIv: 'abcdefgh',
}
const NP = { merchantCode: 'np-1', terminalId: '9900000001' }
const SP_CODE = 'secret-np-1'
const GOOD_CARD = '4111111111111111'

export async function openSubscriptionHouse(): Promise<SubscriptionHouse> {
  const sandbox = createTestDeps()
  const contract = { feeRateBp: 500, invoicePostageYen: 190, closing: 'weekly', roll: 'next' }
  const bff = await createTestApp()
  const consoleServer = await serveForTest(bff.app.fetch)
  const noticeUrl = `${consoleServer.url}/notices/sbps/${SBPS.merchantId}-${SBPS.serviceId}`
  const np = [{ ...NP, spCode: SP_CODE, contract, settings: { seededOutcomes: false } }]
  sandbox.accounts.upsert({ sbps: sbpsTestAccounts({ noticeUrl }).sbps, np: parseAccounts({ np }).np })
  const provider = createApp(sandbox)
  for (const worker of sandbox.background) worker.start()
  const server = await serveForTest(provider.fetch)
  const connections = await connect(bff, server.url)
  const client = await bff.signIn('admin')
  const tasks = taskHandlers(bff.deps)
  let serial = 0

  async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = method === 'GET' ? await client.get(path) : await client.send(method, path, body)
    const said = (await answer.json()) as T
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${JSON.stringify(said)}`)
    return said
  }

  async function work(): Promise<void> {
    for (;;) {
      const { rows } = await bff.deps.db.pool.query<{ task: string; payload: unknown }>(
        `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
           where t.id = j.task_id and j.id = (select id from graphile_worker._private_jobs order by run_at, id limit 1) returning t.identifier as task, j.payload`,
      )
      const [job] = rows
      if (job === undefined) return
      if (job.task !== 'connections:poll') await tasks[job.task]?.(job.payload, undefined as never)
    }
  }

  async function run(): Promise<void> {
    await tasks['subscriptions:schedule']?.({}, undefined as never)
    await work()
  }

  async function hear(day: string): Promise<void> {
    sandbox.clock.moveTo(atTime(businessDate(day), 9))
    for (const connectionId of connections)
      await tasks['connections:poll']?.({ merchantId: bff.merchantId, connectionId }, undefined as never)
    while (sandbox.undelivered.some((count) => count() > 0)) await new Promise((resolve) => setTimeout(resolve, 20))
    await work()
  }

  async function moveTo(day: string): Promise<void> {
    await hear(day)
    await run()
  }

  async function makeToken(cardNumber = GOOD_CARD): Promise<{ token: string; tokenKey: string }> {
    const answer = await provider.request('/sbpstoken/tokens', {
      method: 'POST',
      body: JSON.stringify({ ...SBPS, ccNumber: cardNumber, ccExpiration: '203012', securityCode: '123' }),
    })
    return ((await answer.json()) as { tokenResponse: { token: string; tokenKey: string } }).tokenResponse
  }

  const today = () => dayOf(sandbox.clock.now())
  const later = (days: number) => addDays(today(), days)

  function inputOf(changes: Readonly<Record<string, unknown>> = {}): object {
    serial += 1
    return {
      idempotencyKey: `subscription-${serial}`,
      shopId: bff.shopIds[0],
      kind: 'np_schedule',
      // Each a person of its own, so that nobody meets another's usage limit.
      customer: { ...CUSTOMER, phone: `0901${String(1_000_000 + serial)}` },
      goods: [{ name: '煎茶 定期便', unitPriceYen: 3_240, quantity: 1, taxRateBp: 800 }],
      rhythm: { unit: 'month', every: 1, day: null, roll: 'none' },
      generateDays: 7,
      chargeDays: 3,
      retryDays: [],
      onFailure: 'skip',
      firstOn: today(),
      ...changes,
    }
  }

  return {
    bff,
    sandbox,
    provider,
    makeToken,
    today,
    later,
    moveTo,
    hear,
    schedule: async () => void (await tasks['subscriptions:run']?.({ merchantId: bff.merchantId }, undefined as never)),
    moveDays: (days) => moveTo(later(days)),
    run,
    work,
    api,
    async payByCard(orderNumber, cardNumber) {
      const order = {
        shopId: bff.shopIds[0],
        orderNumber,
        orderedAt: sandbox.clock.now().toISOString(),
        method: 'card',
        site: 'smartphone',
        amountYen: 3_980,
        customer: CUSTOMER,
        goods: [{ name: '煎茶', unitPriceYen: 3_980, quantity: 1, taxRateBp: 800 }],
        card: { ...(await makeToken(cardNumber)), capture: 'automatic' },
      }
      await api('POST', '/api/orders', { orders: [order] })
      await work()
    },
    inputOf,
    make: (changes) => api<SubscriptionDetail>('POST', '/api/subscriptions', inputOf(changes)),
    get: (id) => api<SubscriptionDetail>('GET', `/api/subscriptions/${id}`),
    act(id, action, more = {}) {
      serial += 1
      const act = { idempotencyKey: `subscription-act-${serial}`, action, ...more }
      return api<SubscriptionDetail>('POST', `/api/subscriptions/${id}/act`, act)
    },
    text: async (path) => (await client.get(path)).text(),
    verify: async () => (await verifyMerchant(bff.deps.db.owner, bff.merchantId)).differences,
    async close() {
      for (const worker of sandbox.background) worker.stop()
      consoleServer.close()
      server.close()
      await bff.close()
    },
  }
}

const CUSTOMER = {
  name: '髙橋 花子',
  kana: 'タカハシ ハナコ',
  email: 'ok+subscription@example.jp',
  phone: '090-1200-1001',
  zip: '604-0001',
  address: '京都府京都市中京区道場町1-2',
}

/** The e-mail steers what NP decides. */
export function customerWith(steering: string) {
  return {
    ...CUSTOMER,
    email: `${steering}+${Math.random()}@example.jp`,
    phone: `080${String(Math.random()).slice(2, 10)}`,
  }
}

/** Oldest first. */
export function statesOf({ cycles }: SubscriptionDetail): string[] {
  return cycles.map((cycle) => `${cycle.number} ${cycle.state}`).reverse()
}

async function connect(bff: TestApp, baseUrl: string): Promise<string[]> {
  const { merchantId, shopIds, deps } = bff
  const kinds = [
    {
      provider: 'sbps',
      methods: ['card', 'convenience_store'],
      settings: { ...SBPS, account: '99901-001', cardSales: 'specified' },
      secrets: SBPS_SECRETS,
    },
    { provider: 'np', methods: ['np_postpaid'], settings: { ...NP, account: 'np-1' }, secrets: { spCode: SP_CODE } },
  ]
  const ids: string[] = []
  for (const { settings, secrets, ...kind } of kinds) {
    const connectionId = uuidv7()
    ids.push(connectionId)
    const secretBox = deps.secrets.seal(JSON.stringify(secrets), connectionContext(merchantId, connectionId))
    await deps.db.owner
      .insertInto('connection')
      .values({
        merchantId,
        connectionId,
        shopId: shopIds[0],
        connectionMethod: 'api',
        baseUrl,
        settings: JSON.stringify(settings),
        secretBox,
        validFrom: '2020-01-01',
        ...kind,
      })
      .execute()
  }
  // What the providers' day is, is heard with their first answers.
  for (const connectionId of ids)
    await taskHandlers(deps)['connections:poll']?.({ merchantId, connectionId }, undefined as never)
  return ids
}
