/** Numbers for Prometheus: few labels, no person, no merchant, so the page needs no sign-in. */
import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../db/schema.ts'
import type { RequestFacts } from './access-log.ts'
import type { App } from './hono-env.ts'

export type Metrics = {
  readonly registry: Registry
  observeRequest(facts: RequestFacts): void
  observeJob(task: string, outcome: 'done' | 'retried' | 'failed', seconds: number): void
}

export type MetricSources = { readonly owner: Kysely<Database>; readonly pool: pg.Pool }

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const http = new Histogram({
    name: 'choba_http_request_seconds',
    help: 'Time to answer, by route pattern',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const jobs = new Counter({
    name: 'choba_jobs_total',
    help: 'Jobs that ended, by outcome',
    labelNames: ['task', 'outcome'] as const,
    registers,
  })
  const jobTime = new Histogram({
    name: 'choba_job_seconds',
    help: 'Time a job took',
    labelNames: ['task'] as const,
    registers,
  })
  registerPool(sources.pool, registers)
  registerWork(sources.owner, registers)
  return {
    registry,
    observeRequest: ({ method, route, status, seconds }) =>
      http.observe({ method, route, status: String(status) }, seconds),
    observeJob(task, outcome, seconds) {
      jobs.inc({ task, outcome })
      jobTime.observe({ task }, seconds)
    },
  }
}

export function mountMetrics(app: App, metrics: Metrics): void {
  app.get('/metrics', async (c) =>
    c.text(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType }),
  )
}

function registerPool(pool: pg.Pool, registers: Registry[]): void {
  new Gauge({
    name: 'choba_db_connections',
    help: 'Connections of the owning pool',
    labelNames: ['state'] as const,
    registers,
    collect() {
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'waited_for' }, pool.waitingCount)
    },
  })
}

/** Counts what is still open, through the partial indexes of open work; an unreachable database leaves a gap. */
function registerWork(owner: Kysely<Database>, registers: Registry[]): void {
  new Gauge({
    name: 'choba_operations_open',
    help: 'Operations that have not ended, by state',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      this.reset()
      for (const { state, count } of await countOpenOperations(owner).catch(() => [])) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'choba_provider_messages_open',
    help: 'Provider messages that are not applied, by state',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      this.reset()
      for (const { state, count } of await countOpenMessages(owner).catch(() => [])) this.set({ state }, count)
    },
  })
}

type StateCount = { state: string; count: number }

async function countOpenOperations(owner: Kysely<Database>): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select s.state, (select count(*) from operation o where o.state = s.state and o.state in ('accepted', 'running', 'unknown')) as count
      from unnest(array['accepted', 'running', 'unknown']) as s (state)`.execute(owner)
  return rows
}

async function countOpenMessages(owner: Kysely<Database>): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select s.state, (select count(*) from provider_message m where m.state = s.state and m.state in ('received', 'waiting')) as count
      from unnest(array['received', 'waiting']) as s (state)`.execute(owner)
  return rows
}
