/**
 * Which changes the tests made by the API, and which of them stand in the audit log: kept by each test file, looked at
 * together at the end of a whole run (tools/audit-walk.ts).
 */
import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { CONTRACTS } from '@choba/shared/contracts/index.ts'
import type { App } from '../http/hono-env.ts'

/** Where the tallies go: a whole run makes it and takes it away; runs of single files keep none. */
export const WALK_FOLDER = fileURLToPath(new URL('../../../../.cache/test/audit-walk', import.meta.url))

const CHANGES = CONTRACTS.filter(({ contract }) => contract.method !== 'GET').map(({ name, contract }) => ({
  name,
  method: contract.method,
  path: new RegExp(`^${contract.path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
}))

/** What entries say of a state, by the names they say it under. */
const FIELDS = `select distinct jsonb_object_keys(state) as field from audit_log, unnest(array[before, after]) as state where jsonb_typeof(state) = 'object'`

export type Walked = { readonly contract: string; readonly isAudited: boolean }

/** Answers what is to be done when the test file ends. */
export function walkChanges(app: App, pool: pg.Pool): () => Promise<void> {
  if (!existsSync(WALK_FOLDER)) return () => Promise.resolve()
  const done: Array<{ contract: string; requestId: string }> = []
  const request = app.request
  app.request = async (...asked: Parameters<typeof request>) => {
    const answer = await request(...asked)
    const [input, init] = asked
    const { method, path } = askedFor(input, init)
    const change = CHANGES.find((each) => each.method === method && each.path.test(path))
    const requestId = answer.headers.get('x-request-id')
    if (change !== undefined && answer.ok && requestId !== null) done.push({ contract: change.name, requestId })
    return answer
  }
  return async () => {
    const { rows } = await pool.query<{ id: string }>('select distinct request_id as id from audit_log')
    const audited = new Set(rows.map(({ id }) => id))
    const lines = done.map(({ contract, requestId }): Walked => ({ contract, isAudited: audited.has(requestId) }))
    const file = join(WALK_FOLDER, `${process.pid}.jsonl`)
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const fields = await pool.query<{ field: string }>(FIELDS)
    appendFileSync(`${file}.fields`, fields.rows.map(({ field }) => `${field}\n`).join(''))
  }
}

function askedFor(input: string | URL | Request, init: RequestInit | undefined): { method: string; path: string } {
  const url = new URL(input instanceof Request ? input.url : input, 'http://test')
  return { method: input instanceof Request ? input.method : (init?.method ?? 'GET'), path: url.pathname }
}
