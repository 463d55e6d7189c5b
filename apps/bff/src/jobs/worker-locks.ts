/**
 * Frees the jobs of a process that died with them in hand. The queue itself would wait four hours; here every worker
 * holds an advisory lock as long as its process lives, so a lock that can be had belongs to the dead.
 */
import pg from 'pg'
import type { Log } from '../core/log.ts'

export type WorkerLocks = {
  hold(workerId: string): Promise<void>
  stop(): Promise<void>
}

const SWEEP_MS = 30_000
/** Right after a crash the server may not have noticed yet that the old process is gone. */
const FIRST_SWEEP_MS = 3_000
const RETRY_MS = 1_000
/** The first half of the two-part lock key: "choba workers", far from any other use. */
const LOCK_CLASS = 20_251_125

/** Sweeps once before it resolves, so that what a crash left is free when the runner starts. */
export async function startWorkerLocks(databaseUrl: string, log: Log): Promise<WorkerLocks> {
  const held = new Set<string>()
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  /** One query at a time on the one connection. */
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: 'choba-workers', keepAlive: true })
    next.on('error', (error) => log.warn({ err: error }, 'lost the connection that holds the worker locks'))
    next.on('end', () => {
      if (client === next) client = undefined
      if (!stopped) schedule(RETRY_MS)
    })
    await next.connect()
    client = next
    for (const workerId of held) await lock(next, workerId)
  }

  async function sweep(): Promise<void> {
    if (!client) await connect()
    const freed = await freeJobsOfTheDead(client as pg.Client, [...held])
    if (freed.length > 0) log.warn({ workers: freed.length }, 'freed the jobs of workers that are gone')
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      inTurn(sweep).then(
        () => schedule(SWEEP_MS),
        (error: unknown) => {
          log.warn({ err: error }, 'could not look for jobs of workers that are gone')
          if (!stopped) schedule(RETRY_MS)
        },
      )
    }, delayMs)
  }

  await inTurn(sweep)
  schedule(FIRST_SWEEP_MS)
  return {
    async hold(workerId) {
      held.add(workerId)
      // Should this fail, the next sweep connects again and takes every lock in `held`.
      await inTurn(async () => {
        if (client) await lock(client, workerId)
      }).catch((error: unknown) => log.warn({ err: error }, 'could not lock a worker'))
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}

async function lock(client: pg.Client, workerId: string): Promise<void> {
  await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS, workerId])
}

/** Answers the workers that were dead. Our own are left out: the holder of a lock can always take it again. */
async function freeJobsOfTheDead(client: pg.Client, ours: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ worker: string }>(
    `select distinct locked_by as worker from graphile_worker._private_jobs where locked_by is not null and not locked_by = any($1)
      union select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null and not locked_by = any($1)`,
    [ours],
  )
  const dead: string[] = []
  for (const { worker } of rows) {
    const { rows: answers } = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as free',
      [LOCK_CLASS, worker],
    )
    if (!answers[0]?.free) continue
    dead.push(worker)
  }
  if (dead.length > 0) await client.query('select graphile_worker.force_unlock_workers($1)', [dead])
  for (const worker of dead) await client.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_CLASS, worker])
  return dead
}
