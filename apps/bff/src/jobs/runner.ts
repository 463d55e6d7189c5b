/** Works off the queue in this process: starts again when the database was away, finishes its jobs when told to stop. */
import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from '../core/log.ts'
import { startWorkerLocks } from './worker-locks.ts'

export type RunnerOptions = {
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly tasks: TaskList
  /** Lines of `minute hour day month weekday task`, in UTC. */
  readonly crontab: string
  readonly log: Log
  readonly observe: (task: string, outcome: JobOutcome, seconds: number) => void
}

export type JobOutcome = 'done' | 'retried' | 'failed'
export type JobRunner = {
  /** Resolves when the jobs in hand are finished, at the latest after `withinMs`. */
  stop(withinMs: number): Promise<void>
}

const CONCURRENCY = 4
/** Due jobs are told at once; this finds those that were planned ahead. */
const POLL_MS = 250
const RESTART_MS = 1_000

export async function startRunner(options: RunnerOptions): Promise<JobRunner> {
  const locks = await startWorkerLocks(options.databaseUrl, options.log)
  const events: WorkerEvents = new EventEmitter()
  observeJobs(events, options)
  // Jobs are locked in the name of the whole pool, not of the worker that runs them.
  events.on('pool:create', ({ workerPool }) => void locks.hold(workerPool.id))
  const stopping = new AbortController()
  let current = await startOnce(options, events)
  const ended = keepRunning()

  async function keepRunning(): Promise<void> {
    for (;;) {
      await current.promise.catch((error: unknown) => options.log.error({ err: error }, 'the job runner ended'))
      if (stopping.signal.aborted) return
      current = await restart(options, events, stopping.signal)
      if (stopping.signal.aborted) return void (await current.stop().catch(() => undefined))
    }
  }

  return {
    async stop(withinMs) {
      stopping.abort()
      const finished = current.stop().catch(() => undefined)
      await Promise.race([finished.then(() => ended), sleep(withinMs, undefined, { ref: false })])
      await locks.stop()
    },
  }
}

async function restart(options: RunnerOptions, events: WorkerEvents, signal: AbortSignal): Promise<Runner> {
  for (;;) {
    await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined)
    try {
      return await startOnce(options, events)
    } catch (error) {
      if (signal.aborted) throw error
      options.log.warn({ err: error }, 'the job runner does not start yet')
    }
  }
}

function startOnce(options: RunnerOptions, events: WorkerEvents): Promise<Runner> {
  return run({
    pgPool: options.pool,
    taskList: options.tasks,
    crontab: options.crontab,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    logger: workerLogger(options.log),
  })
}

function observeJobs(events: WorkerEvents, { observe, log }: RunnerOptions): void {
  const startedAt = new Map<string, number>()
  const end = (jobId: string): number => {
    const seconds = (performance.now() - (startedAt.get(jobId) ?? performance.now())) / 1000
    startedAt.delete(jobId)
    return seconds
  }
  events.on('job:start', ({ job }) => void startedAt.set(job.id, performance.now()))
  events.on('job:success', ({ job }) => observe(job.task_identifier, 'done', end(job.id)))
  events.on('job:error', ({ job, error }) => {
    const outcome = job.attempts >= job.max_attempts ? 'failed' : 'retried'
    observe(job.task_identifier, outcome, end(job.id))
    log[outcome === 'failed' ? 'error' : 'warn'](
      { err: error, task: job.task_identifier, jobId: job.id, attempts: job.attempts },
      `job ${outcome}`,
    )
  })
}

/** The queue's own messages repeat each job; the events above are enough of that. */
function workerLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ from: 'graphile-worker' }, message)
    else log.debug({ from: 'graphile-worker' }, message)
  })
}
