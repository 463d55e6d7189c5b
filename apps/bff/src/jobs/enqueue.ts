import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { TaskName, TaskPayload } from './tasks.ts'

export type EnqueueOptions = {
  /** Jobs of one queue run one after the other. */
  readonly queue?: string
  /** A later job with the same key replaces the one that has not started. */
  readonly jobKey?: string
  readonly runAt?: Date
  /** Default 25, with growing pauses between. */
  readonly maxAttempts?: number
}

/** Puts a job into the queue with the caller's own transaction: it exists exactly if the transaction commits. */
export async function enqueue<N extends TaskName>(
  tx: Kysely<Database>,
  task: N,
  payload: TaskPayload<N>,
  options: EnqueueOptions = {},
): Promise<void> {
  await enqueueMany(tx, task, [{ payload, ...options }])
}

/** Many jobs of one kind in one statement. */
export async function enqueueMany<N extends TaskName>(
  tx: Kysely<Database>,
  task: N,
  jobs: ReadonlyArray<{ readonly payload: TaskPayload<N> } & EnqueueOptions>,
): Promise<void> {
  if (jobs.length === 0) return
  const rows = JSON.stringify(
    jobs.map(({ payload, queue, jobKey, runAt, maxAttempts }) => ({
      payload,
      queue,
      job_key: jobKey,
      run_at: runAt,
      max_attempts: maxAttempts,
    })),
  )
  await sql`
    select enqueue_job(${task}, j.payload, j.queue, j.job_key, j.run_at, j.max_attempts)
      from json_to_recordset(${rows}::json) as j (payload json, queue text, job_key text, run_at timestamptz, max_attempts integer)`.execute(
    tx,
  )
}
