/** The console and the pretend SBPS in one test: card sales by API, statements by the provider's clock. */
import { taskHandlers } from '../../apps/bff/src/app.ts'
import { connectionContext } from '../../apps/bff/src/core/secret-box.ts'
import { uuidv7 } from '../../apps/bff/src/core/uuid.ts'
import { verifyMerchant } from '../../apps/bff/src/ledger/verify.ts'
import { createTestApp, type TestApp, type TestClient } from '../../apps/bff/src/testing/app.ts'
import { addTerms, type TestTerm } from '../../apps/bff/src/testing/terms.ts'
import { createApp } from '../../apps/sandbox/src/app.ts'
import { createTestDeps, sbpsTestAccounts, type TestDeps } from '../../apps/sandbox/src/testing/deps.ts'
import { serveForTest } from '../../apps/sandbox/src/testing/server.ts'
import { decodeStatements } from '../../packages/wire/src/sbps/statements.ts'
import { atTime, businessDate } from '../../packages/shared/src/dates.ts'

export type SettlementHouse = {
  readonly bff: TestApp
  readonly sandbox: TestDeps
  readonly client: TestClient
  /** A card sale that is captured at once; answers the payment's id. */
  sell(amountYen: number): Promise<string>
  /** A slip whose customer pays as the address says (`paynow`, `over` …). */
  sellAtStore(amountYen: number, mail: string): Promise<string>
  refund(paymentId: string, amountYen: number): Promise<void>
  /** Noon of a day at the provider; what it says of the days between is heard. */
  goTo(day: string): Promise<void>
  /** Noon of a day at the provider, whose statements nobody has asked for yet. */
  moveTo(day: string): Promise<void>
  /** The newest statement as the provider's portal gives it to a person. */
  download(): Promise<{ statementNumber: string; closingOn: string; payOn: string; text: Buffer }>
  post<T>(path: string, body: unknown): Promise<T>
  readonly connectionId: string
  get<T>(path: string): Promise<T>
  verify(): Promise<readonly unknown[]>
  close(): Promise<void>
}

const SBPS = {
  merchantId: '99901',
  serviceId: '001',
  hashKey: '0123456789abcdef0123456789abcdef01234567',
  tripleDesKey: '0123456789ABCDEFGHIJKLMN',
  tripleDesIv: 'abcdefgh',
}
/** A test card that is always approved. */
const CARD = { ccNumber: '4111111111111111', ccExpiration: '203012', securityCode: '123' }

export async function openSettlementHouse(
  account: Readonly<Record<string, unknown>>,
  terms: ReadonlyArray<Pick<TestTerm, 'kind' | 'value' | 'method'>>,
): Promise<SettlementHouse> {
  const sandbox = createTestDeps()
  const bff = await createTestApp()
  const console = await serveForTest(bff.app.fetch)
  const noticeUrl = `${console.url}/notices/sbps/99901-001`
  sandbox.accounts.upsert(sbpsTestAccounts({ ...SBPS, noticeUrl, ...account }))
  const provider = await serveForTest(createApp(sandbox).fetch)
  for (const worker of sandbox.background) worker.start()
  const { merchantId, deps, shopIds } = bff
  const connectionId = await connect(bff, provider.url)
  await addTerms(
    deps.db.owner,
    merchantId,
    terms.map((term) => ({ ...term, shopId: shopIds[0] }) as TestTerm),
  )
  const client = await bff.signIn('admin')
  const tasks = taskHandlers(deps)
  let serial = 0

  async function work(): Promise<void> {
    for (;;) {
      const { rows } = await deps.db.pool.query<{ task: string; payload: unknown }>(
        `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
           where t.id = j.task_id and j.id = (select id from graphile_worker._private_jobs order by run_at, id limit 1) returning t.identifier as task, j.payload`,
      )
      const [job] = rows
      if (job === undefined) return
      if (job.task !== 'connections:poll') await tasks[job.task]?.(job.payload, undefined as never)
    }
  }
  async function poll(): Promise<void> {
    await tasks['connections:poll']?.({ merchantId, connectionId }, undefined as never)
    await work()
  }
  async function send<T>(path: string, body: unknown): Promise<T> {
    const answer = await client.send('POST', path, body)
    const said = (await answer.json()) as T
    if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${JSON.stringify(said)}`)
    await work()
    return said
  }

  async function place(amountYen: number, by: Readonly<Record<string, unknown>>, email = 'ok@example.jp') {
    serial += 1
    const order = { ...orderOf(bff, sandbox, `S-${serial}`, amountYen, email), ...by }
    const { results } = await send<{ results: Array<{ paymentId: string; error: unknown }> }>('/api/orders', {
      orders: [order],
    })
    const [result] = results
    if (result === undefined || result.error !== null) throw new Error(JSON.stringify(results))
    return result.paymentId
  }

  async function moveTo(day: string): Promise<void> {
    sandbox.clock.moveTo(atTime(businessDate(day), 12))
    while (sandbox.undelivered.some((count) => count() > 0)) await new Promise((resolve) => setTimeout(resolve, 20))
    await work()
  }

  return {
    bff,
    sandbox,
    client,
    async sell(amountYen) {
      const card = { ...(await tokenOf(provider.url)), capture: 'automatic' }
      return place(amountYen, { method: 'card', card })
    },
    sellAtStore: (amountYen, mail) =>
      place(amountYen, { method: 'convenience_store', convenienceStore: { store: '016' } }, `${mail}+1@example.jp`),
    async refund(paymentId, amountYen) {
      serial += 1
      const operation = { idempotencyKey: `refund-${serial}`, action: 'refund', paymentId, amountYen }
      const { results } = await send<{ results: Array<{ error: unknown }> }>('/api/operations', {
        operations: [operation],
      })
      if (results[0]?.error) throw new Error(JSON.stringify(results[0].error))
    },
    async goTo(day) {
      await moveTo(day)
      await poll()
    },
    moveTo,
    async download() {
      const headers = { authorization: `Basic ${btoa(`${SBPS.merchantId}${SBPS.serviceId}:${SBPS.hashKey}`)}` }
      const list = decodeStatements(await (await fetch(`${provider.url}/portal/statements`, { headers })).text())
      const head = list.ok ? list.value.at(-1) : undefined
      if (head === undefined) throw new Error('no statement has been made yet')
      const { statementNumber, closedOn: closingOn, paymentOn: payOn } = head
      const file = await fetch(`${provider.url}/portal/statements/${statementNumber}.csv`, { headers })
      return { statementNumber, closingOn, payOn, text: Buffer.from(await file.arrayBuffer()) }
    },
    post: send,
    connectionId,
    async get<T>(path: string) {
      return (await (await client.get(path)).json()) as T
    },
    verify: async () => (await verifyMerchant(deps.db.owner, merchantId)).differences,
    async close() {
      for (const worker of sandbox.background) worker.stop()
      provider.close()
      console.close()
      await bff.close()
    },
  }
}

async function tokenOf(url: string): Promise<{ token: string; tokenKey: string }> {
  const { merchantId, serviceId } = SBPS
  const answer = await fetch(`${url}/sbpstoken/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ merchantId, serviceId, ...CARD }),
  })
  return ((await answer.json()) as { tokenResponse: { token: string; tokenKey: string } }).tokenResponse
}

function orderOf(bff: TestApp, sandbox: TestDeps, orderNumber: string, amountYen: number, email: string) {
  return {
    shopId: bff.shopIds[0],
    orderNumber,
    orderedAt: sandbox.clock.now().toISOString(),
    site: 'pc',
    amountYen,
    customer: {
      name: '山田 花子',
      kana: 'ヤマダ ハナコ',
      zip: '604-0001',
      address: '京都府京都市中京区道場町1-2',
      phone: '0312345678',
      email,
    },
    goods: [{ name: '煎茶', unitPriceYen: amountYen, quantity: 1, taxRateBp: 800 }],
  }
}

async function connect(bff: TestApp, baseUrl: string): Promise<string> {
  const { merchantId, shopIds, deps } = bff
  const connectionId = uuidv7()
  const { hashKey, tripleDesKey, tripleDesIv, ...ids } = SBPS
  const secrets = JSON.stringify({ hashKey, tripleDesKey, tripleDesIv })
  await deps.db.owner
    .insertInto('connection')
    .values({
      merchantId,
      connectionId,
      shopId: shopIds[0],
      provider: 'sbps',
      connectionMethod: 'api',
      methods: ['card', 'convenience_store'],
      baseUrl,
      settings: JSON.stringify({ ...ids, account: '99901-001', cardSales: 'specified' }),
      secretBox: deps.secrets.seal(secrets, connectionContext(merchantId, connectionId)),
      validFrom: '2020-01-01',
    })
    .execute()
  return connectionId
}
