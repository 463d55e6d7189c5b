/** A shop connected to a scripted provider, with its orders taken in through the API and its jobs run by hand. */
import { connectionContext } from '../core/secret-box.ts'
import { uuidv7 } from '../core/uuid.ts'
import { taskHandlers } from '../app.ts'
import { createTestApp, type TestApp, type TestClient } from './app.ts'
import { scriptedProvider, type ScriptedProvider } from './scripted-provider.ts'

export type Shopkeeper = TestApp & {
  readonly provider: ScriptedProvider
  readonly connectionId: string
  readonly client: TestClient
  order(orderNumber: string, amountYen?: number): Promise<string>
  act(action: string, paymentId: string, more?: Record<string, unknown>): Promise<ActResult>
  /** Runs every job that waits, whenever it is planned, until none is left. */
  work(): Promise<void>
  status(
    paymentId: string,
  ): Promise<{ status: string; capturedYen: number; refundedYen: number; inFlight: string | null }>
}
export type ActResult = {
  readonly operation: { readonly id: string; readonly state: string } | null
  readonly error: { readonly code: string; readonly reason: string | null } | null
}

export async function openShop(): Promise<Shopkeeper> {
  const provider = scriptedProvider()
  const test = await createTestApp({ providers: { scripted: provider } })
  const [shopId] = test.shopIds
  const connectionId = uuidv7()
  const { owner } = test.deps.db
  const secretBox = test.deps.secrets.seal('{}', connectionContext(test.merchantId, connectionId))
  const connection = {
    merchantId: test.merchantId,
    connectionId,
    shopId,
    provider: 'scripted',
    connectionMethod: 'api',
    methods: ['card'],
    baseUrl: 'http://127.0.0.1:1',
    settings: '{}',
    secretBox,
    validFrom: '2020-01-01',
  }
  await owner.insertInto('connection').values(connection).execute()
  const client = await test.signIn('admin')
  const tasks = taskHandlers(test.deps)

  async function work(): Promise<void> {
    for (;;) {
      const { rows } = await test.deps.db.pool.query<{ id: string; task: string; payload: unknown }>(
        `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
           where t.id = j.task_id and j.id = (select id from graphile_worker._private_jobs order by run_at, id limit 1) returning j.id, t.identifier as task, j.payload`,
      )
      const [job] = rows
      if (job === undefined) return
      if (job.task !== 'connections:poll') await tasks[job.task]?.(job.payload, undefined as never)
    }
  }

  return {
    ...test,
    provider,
    connectionId,
    client,
    work,
    async order(orderNumber, amountYen = 1100) {
      const order = {
        shopId,
        orderNumber,
        orderedAt: '2026-11-20T12:00:00+09:00',
        method: 'card',
        site: 'pc',
        amountYen,
        card: { token: 't', tokenKey: 'k' },
        customer: { name: '山田 花子', zip: '1000001', address: '東京都千代田区1', phone: '0312345678' },
        goods: [{ name: '茶', unitPriceYen: amountYen, quantity: 1, taxRateBp: 1000 }],
      }
      const response = await client.send('POST', '/api/orders', { orders: [order] })
      const { results } = (await response.json()) as { results: Array<{ paymentId: string }> }
      return results[0]?.paymentId ?? ''
    },
    async act(action, paymentId, more = {}) {
      const response = await client.send('POST', '/api/operations', {
        operations: [{ idempotencyKey: `key-${uuidv7()}`, action, paymentId, ...more }],
      })
      const { results } = (await response.json()) as { results: ActResult[] }
      return results[0] as ActResult
    },
    async status(paymentId) {
      return owner
        .selectFrom('payment')
        .select(['status', 'capturedYen', 'refundedYen', 'inFlight'])
        .where('paymentId', '=', paymentId)
        .executeTakeFirstOrThrow()
    },
  }
}
