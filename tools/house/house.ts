/** The whole house in one test: the BFF on a database of its own, and the pretend NP answering over real HTTP under the test's clock. */
import { taskHandlers } from '../../apps/bff/src/app.ts'
import { connectionContext } from '../../apps/bff/src/core/secret-box.ts'
import { uuidv7 } from '../../apps/bff/src/core/uuid.ts'
import { createTestApp, type TestApp, type TestClient } from '../../apps/bff/src/testing/app.ts'
import { verifyMerchant } from '../../apps/bff/src/ledger/verify.ts'
import { createNpTest, type NpTest } from '../../apps/sandbox/src/testing/np.ts'
import { serveForTest } from '../../apps/sandbox/src/testing/server.ts'
import { type Gate, openGate } from './gate.ts'

const DAY_MS = 86_400_000

export type House = {
  readonly bff: TestApp
  readonly np: NpTest
  readonly client: TestClient
  readonly connectionId: string
  /** Stands between the two: loses requests, answers, or answers by itself. */
  readonly gate: Gate
  /** Moves NP's clock and lets the BFF hear of it. */
  moveDays(days: number): Promise<void>
  /** Runs every job that waits, whenever it is planned, until none is left. A job that breaks is taken up again, as after a crash. */
  work(): Promise<void>
  /** Asks NP for news and works them in. */
  poll(): Promise<void>
  api<T>(method: string, path: string, body?: unknown): Promise<T>
  verify(): Promise<readonly unknown[]>
  close(): Promise<void>
}

export async function openHouse(options: Parameters<typeof createNpTest>[0] = {}): Promise<House> {
  const np = createNpTest(options)
  const gate = openGate(
    (request) => np.app.fetch(request),
    () => np.deps.clock.now(),
  )
  const server = await serveForTest(gate.fetch)
  const bff = await createTestApp()
  const connectionId = await connect(bff, server.url)
  const client = await bff.signIn('admin')
  const tasks = taskHandlers(bff.deps)

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
        broken += 1
        await bff.deps.db.pool.query('select graphile_worker.add_job($1, $2)', [job.task, JSON.stringify(job.payload)])
      }
    }
    throw new Error('a job breaks again and again')
  }

  async function poll(): Promise<void> {
    await tasks['connections:poll']?.({ merchantId: bff.merchantId, connectionId }, undefined as never)
    await work()
  }

  return {
    bff,
    np,
    client,
    connectionId,
    gate,
    work,
    poll,
    async moveDays(days) {
      // Day by day, as time passes: what NP says of a day is heard before the next one changes it.
      for (let left = days; left > 0; left -= 1) {
        np.deps.clock.moveTo(new Date(np.deps.clock.now().getTime() + Math.min(1, left) * DAY_MS))
        await poll()
      }
    },
    async api<T>(method: string, path: string, body?: unknown) {
      const response = method === 'GET' ? await client.get(path) : await client.send(method, path, body)
      const answer = (await response.json()) as T
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${JSON.stringify(answer)}`)
      return answer
    },
    verify: async () => (await verifyMerchant(bff.deps.db.owner, bff.merchantId)).differences,
    async close() {
      await bff.close()
      server.close()
    },
  }
}

async function connect(bff: TestApp, baseUrl: string): Promise<string> {
  const connectionId = uuidv7()
  const secretBox = bff.deps.secrets.seal(
    JSON.stringify({ spCode: 'secret-np-1' }),
    connectionContext(bff.merchantId, connectionId),
  )
  const settings = { account: 'np-1', merchantCode: 'np-1', terminalId: '9900000001', timeoutMs: 2_000 }
  await bff.deps.db.owner
    .insertInto('connection')
    .values({
      merchantId: bff.merchantId,
      connectionId,
      shopId: bff.shopIds[0],
      provider: 'np',
      connectionMethod: 'api',
      methods: ['np_postpaid'],
      baseUrl,
      settings: JSON.stringify(settings),
      secretBox,
      validFrom: '2020-01-01',
    })
    .execute()
  return connectionId
}
