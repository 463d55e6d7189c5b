import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { enqueue, enqueueMany } from './enqueue.ts'
import { joinHandlers } from './handlers.ts'
import { type JobOutcome, type JobRunner, startRunner } from './runner.ts'
import { type TaskHandlers, TASKS } from './tasks.ts'

let house: TestApp
beforeAll(async () => {
  house = await createTestApp()
})
afterEach(async () => {
  for (const runner of running.splice(0)) await runner.stop(2_000)
})
afterAll(() => house.close())

const running: JobRunner[] = []

const idle = Object.fromEntries(Object.keys(TASKS).map((name) => [name, () => Promise.resolve()])) as TaskHandlers

async function queued(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from graphile_worker.jobs`.execute(house.deps.db.owner)
  return rows[0]?.count ?? 0
}

async function start(
  handlers: TaskHandlers,
  observe: (task: string, outcome: JobOutcome) => void = () => undefined,
): Promise<JobRunner> {
  const { env, db, log } = house.deps
  const tasks = joinHandlers([handlers])
  const runner = await startRunner({ databaseUrl: env.databaseUrl, pool: db.pool, tasks, crontab: '', log, observe })
  running.push(runner)
  return runner
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 8_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not happen')
    await sleep(20)
  }
}

test('a task needs exactly one handler', () => {
  expect(() => joinHandlers([])).toThrow('Jobs without a handler: auth:prune')
  expect(() => joinHandlers([idle, idle])).toThrow('more than one handler')
  expect(() => joinHandlers([idle, { 'made:up': () => Promise.resolve() } as TaskHandlers])).toThrow(
    'no declared job: made:up',
  )
})

test('a job exists exactly if the transaction that made it commits', async () => {
  const merchant = house.deps.db.merchant(house.merchantId)
  await expect(
    merchant.transaction().execute(async (tx) => {
      await enqueue(tx, 'auth:prune', {})
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  expect(await queued()).toBe(0)
  await merchant
    .transaction()
    .execute((tx) => enqueue(tx, 'auth:prune', {}, { jobKey: 'k', runAt: new Date('2099-01-01') }))
  await merchant
    .transaction()
    .execute((tx) => enqueue(tx, 'auth:prune', {}, { jobKey: 'k', runAt: new Date('2099-01-02') }))
  expect(await queued()).toBe(1)
  await sql`select graphile_worker.remove_job('k')`.execute(house.deps.db.owner)
})

test('runs what is queued, retries what fails, and counts both', async () => {
  const outcomes: string[] = []
  let runs = 0
  await start(
    {
      ...idle,
      'auth:prune': () => {
        runs += 1
        return runs === 1 ? Promise.reject(new Error('first try')) : Promise.resolve()
      },
    },
    (_task, outcome) => void outcomes.push(outcome),
  )
  await enqueueMany(house.deps.db.owner, 'auth:prune', [{ payload: {} }])
  await until(() => outcomes.includes('retried'))
  await sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now())`.execute(
    house.deps.db.owner,
  )
  await until(async () => (await queued()) === 0)
  expect(outcomes).toEqual(['retried', 'done'])
})

test('finishes the job in hand before it stops', async () => {
  const steps: string[] = []
  const runner = await start({
    ...idle,
    'auth:prune': async () => {
      steps.push('begun')
      await sleep(300)
      steps.push('finished')
    },
  })
  await enqueue(house.deps.db.owner, 'auth:prune', {})
  await until(() => steps.includes('begun'))
  await runner.stop(5_000)
  expect(steps).toEqual(['begun', 'finished'])
  expect(await queued()).toBe(0)
})

test('takes over at once what a killed process had in hand, and leaves a living one alone', async () => {
  const alive = new pg.Client({ connectionString: house.deps.env.databaseUrl })
  await alive.connect()
  await enqueueMany(house.deps.db.owner, 'auth:prune', [
    { payload: { of: 'dead' }, queue: 'dead-queue' },
    { payload: { of: 'living' } },
  ])
  await sql`update graphile_worker._private_jobs set locked_by = 'worker-' || (payload->>'of'), locked_at = now(), attempts = 1`.execute(
    house.deps.db.owner,
  )
  await sql`update graphile_worker._private_job_queues set locked_by = 'worker-dead', locked_at = now()`.execute(
    house.deps.db.owner,
  )
  await alive.query("select pg_advisory_lock(20251125, hashtext('worker-living'))")
  const seen: unknown[] = []
  await start({ ...idle, 'auth:prune': (payload) => Promise.resolve(void seen.push(payload)) })
  await until(async () => (await queued()) === 1)
  await sleep(1_000)
  expect(seen).toEqual([{ of: 'dead' }])
  await alive.end()
  await until(() => seen.length === 2)
})

test('does not take the job in hand of another living process', async () => {
  let runs = 0
  const slow = async () => {
    runs += 1
    await sleep(1_500)
  }
  await start({ ...idle, 'auth:prune': slow })
  await enqueue(house.deps.db.owner, 'auth:prune', {})
  await until(() => runs === 1)
  await start({ ...idle, 'auth:prune': slow })
  await until(async () => (await queued()) === 0)
  expect(runs).toBe(1)
})

test('goes on after the database dropped every connection', async () => {
  let runs = 0
  await start({ ...idle, 'auth:prune': () => Promise.resolve(void (runs += 1)) })
  await enqueue(house.deps.db.owner, 'auth:prune', {})
  await until(() => runs === 1)
  const killer = new pg.Client({ connectionString: house.deps.env.databaseUrl })
  await killer.connect()
  await killer.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await killer.end()
  await until(() =>
    enqueue(house.deps.db.owner, 'auth:prune', {}).then(
      () => true,
      () => false,
    ),
  )
  await until(() => runs > 1)
  expect(runs).toBe(2)
})
