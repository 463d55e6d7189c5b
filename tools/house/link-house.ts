/** The console and the provider's hosted page, each on a port, with a customer's browser between them. */
import { taskHandlers } from '../../apps/bff/src/app.ts'
import { connectionContext } from '../../apps/bff/src/core/secret-box.ts'
import { uuidv7 } from '../../apps/bff/src/core/uuid.ts'
import { verifyMerchant } from '../../apps/bff/src/ledger/verify.ts'
import { createTestApp, type TestApp, type TestClient } from '../../apps/bff/src/testing/app.ts'
import { type AccountsInput, parseAccounts } from '../../apps/sandbox/src/accounts.ts'
import { createApp } from '../../apps/sandbox/src/app.ts'
import { createTestDeps, sbpsTestAccounts, type TestDeps } from '../../apps/sandbox/src/testing/deps.ts'
import { serveForTest, type TestServer } from '../../apps/sandbox/src/testing/server.ts'
import type { PaymentLinkDetail } from '../../packages/shared/src/contracts/payment-links.ts'
import type { Method } from '../../packages/shared/src/methods.ts'

export type LinkHouse = {
  readonly bff: TestApp
  readonly sandbox: TestDeps
  readonly client: TestClient
  readonly consoleUrl: string
  readonly sandboxUrl: string
  /** Called with each notice on its way; what it answers stands in for the console. */
  intercept: ((request: Request) => Promise<Response> | undefined) | undefined
  /** Called with each request to the provider; what it answers stands in for the provider. */
  between: ((request: Request, pass: () => Promise<Response>) => Promise<Response>) | undefined
  make(methods: readonly Method[], changes?: Readonly<Record<string, unknown>>): Promise<PaymentLinkDetail>
  /** Where a customer reaches the link on this machine. */
  addressOf(link: PaymentLinkDetail): string
  get(id: string): Promise<PaymentLinkDetail>
  payment(id: string): Promise<{
    status: string
    method: string
    site: string
    connectionMethod: string
    capturedYen: number
    refundedYen: number
  }>
  act(paymentId: string, action: string, more?: Readonly<Record<string, unknown>>): Promise<string>
  work(): Promise<void>
  /** Moves the provider's clock and waits until its notices have arrived and are worked in. */
  moveDays(days: number): Promise<void>
  verify(): Promise<readonly unknown[]>
  close(): Promise<void>
}

const SBPS = {
  merchantId: '99901',
  serviceId: '101',
  hashKey: 'f123456789abcdef0123456789abcdef01234567',
  tripleDesKey: 'F123456789ABCDEFGHIJKLMN',
  tripleDesIv: 'Fbcdefgh',
}
const NP = { merchantCode: 'np-1', spCode: 'secret-np-1', terminalId: '9900000001' }

export async function openLinkHouse(): Promise<LinkHouse> {
  const sandbox = createTestDeps()
  sandbox.accounts.upsert(accountsOf())
  const page = createApp(sandbox)
  for (const worker of sandbox.background) worker.start()
  const house: Pick<LinkHouse, 'intercept' | 'between'> = { intercept: undefined, between: undefined }
  const sandboxServer = await serveForTest((request) => {
    const pass = async () => page.fetch(request)
    return house.between?.(request, pass) ?? pass()
  })
  const bff = await createTestApp()
  const tasks = taskHandlers(bff.deps)
  const consoleServer = await serveForTest(
    (request) =>
      (new URL(request.url).pathname.startsWith('/notices/') ? house.intercept?.(request) : undefined) ??
      bff.app.fetch(request),
  )
  await connect(bff, sandboxServer)
  const client = await bff.signIn('staff')
  let serial = 0

  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = method === 'GET' ? await client.get(path) : await client.send(method, path, body)
    const said = (await answer.json()) as T
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${JSON.stringify(said)}`)
    return said
  }

  async function work(): Promise<void> {
    for (let broken = 0; broken < 20;) {
      const { rows } = await bff.deps.db.pool.query<{ task: string; payload: unknown }>(
        `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
           where t.id = j.task_id and j.id = (select id from graphile_worker._private_jobs order by run_at, id limit 1) returning t.identifier as task, j.payload`,
      )
      const [job] = rows
      if (job === undefined) return
      if (job.task === 'connections:poll') continue
      try {
        await tasks[job.task]?.(job.payload, undefined as never)
      } catch {
        // Taken up again, as after a crash.
        broken += 1
        await bff.deps.db.pool.query('select graphile_worker.add_job($1, $2)', [job.task, JSON.stringify(job.payload)])
      }
    }
    throw new Error('a job breaks again and again')
  }

  return Object.assign(house, {
    bff,
    sandbox,
    client,
    consoleUrl: consoleServer.url,
    sandboxUrl: sandboxServer.url,
    work,
    addressOf: ({ url }: PaymentLinkDetail) => `${consoleServer.url}${new URL(url).pathname}`,
    get: (id: string) => ask<PaymentLinkDetail>('GET', `/api/payment-links/${id}`),
    make(methods: readonly Method[], changes: Readonly<Record<string, unknown>> = {}) {
      serial += 1
      const amountYen = (changes['amountYen'] as number | undefined) ?? 11_000
      return ask<PaymentLinkDetail>('POST', '/api/payment-links', {
        idempotencyKey: `link-test-${serial}`,
        shopId: bff.shopIds[0],
        orderNumber: `L-${serial}`,
        amountYen,
        goods: [{ name: '煎茶〜春〜 100g', unitPriceYen: amountYen, quantity: 1, taxRateBp: 800 }],
        customer: {
          name: '髙橋 花子',
          kana: 'タカハシ ハナコ',
          email: 'never+ok@example.jp',
          phone: `090-1200-${String(1000 + serial)}`,
          zip: '604-0001',
          address: '京都府京都市中京区道場町1-2',
        },
        methods,
        ...changes,
      })
    },
    async payment(id: string) {
      return (await bff.deps.db.owner
        .selectFrom('payment')
        .select(['status', 'method', 'site', 'connectionMethod', 'capturedYen', 'refundedYen'])
        .where('merchantId', '=', bff.merchantId)
        .where('paymentId', '=', id)
        .executeTakeFirstOrThrow()) as Awaited<ReturnType<LinkHouse['payment']>>
    },
    async act(paymentId: string, action: string, more: Readonly<Record<string, unknown>> = {}) {
      serial += 1
      const operation = { idempotencyKey: `act-test-${serial}`, action, paymentId, ...more }
      const { results } = await ask<{ results: Array<{ error: unknown }> }>('POST', '/api/operations', {
        operations: [operation],
      })
      if (results[0]?.error) throw new Error(JSON.stringify(results[0].error))
      await work()
      return (
        await bff.deps.db.owner
          .selectFrom('payment')
          .select('status')
          .where('merchantId', '=', bff.merchantId)
          .where('paymentId', '=', paymentId)
          .executeTakeFirstOrThrow()
      ).status
    },
    async moveDays(days: number) {
      sandbox.clock.moveTo(new Date(sandbox.clock.now().getTime() + days * 86_400_000))
      while (sandbox.undelivered.some((count) => count() > 0)) await new Promise((resolve) => setTimeout(resolve, 20))
      await work()
    },
    verify: async () => (await verifyMerchant(bff.deps.db.owner, bff.merchantId)).differences,
    async close() {
      for (const worker of sandbox.background) worker.stop()
      consoleServer.close()
      sandboxServer.close()
      await bff.close()
    },
  })
}

function accountsOf(): AccountsInput {
  const [account] = sbpsTestAccounts({ ...SBPS, link: { npMerchantCode: NP.merchantCode } }).sbps
  const np = {
    ...NP,
    contract: { feeRateBp: 500, invoicePostageYen: 190, closing: 'weekly', roll: 'next' },
    settings: { seededOutcomes: false },
  }
  return { sbps: account ? [account] : [], np: parseAccounts({ np: [np] }).np }
}

async function connect(bff: TestApp, { url: baseUrl }: TestServer): Promise<void> {
  const { merchantId, shopIds, deps } = bff
  const { hashKey, tripleDesKey, tripleDesIv, ...ids } = SBPS
  const { spCode, ...npIds } = NP
  const link = { ...ids, account: `${SBPS.merchantId}-${SBPS.serviceId}`, cardSales: 'specified' }
  const kinds = [
    {
      provider: 'sbps',
      connectionMethod: 'link',
      methods: ['card', 'convenience_store', 'np_postpaid'],
      settings: link,
      secrets: { hashKey, tripleDesKey, tripleDesIv },
    },
    {
      provider: 'np',
      connectionMethod: 'api',
      methods: ['np_postpaid'],
      settings: { ...npIds, account: NP.merchantCode },
      secrets: { spCode },
    },
  ]
  for (const { settings, secrets, ...kind } of kinds) {
    const connectionId = uuidv7()
    const secretBox = deps.secrets.seal(JSON.stringify(secrets), connectionContext(merchantId, connectionId))
    await deps.db.owner
      .insertInto('connection')
      .values({
        merchantId,
        connectionId,
        shopId: shopIds[0],
        baseUrl,
        settings: JSON.stringify(settings),
        secretBox,
        validFrom: '2020-01-01',
        ...kind,
      })
      .execute()
  }
}
