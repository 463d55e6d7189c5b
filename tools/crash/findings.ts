/** After the kills: what the books say, held against their own events, against the plan, and against the provider. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, openDatabase } from '../../apps/bff/src/db/client.ts'
import { verifyAll } from '../../apps/bff/src/ledger/verify.ts'
import { ROOT } from '../root.ts'

export type Findings = { readonly payments: number; readonly events: number; readonly problems: readonly string[] }

export async function inspect(databaseUrl: string, sandboxUrl: string): Promise<Findings> {
  const problems: string[] = []
  const db = openDatabase(databaseUrl, { max: 2 })
  try {
    const reports = await verifyAll(db.owner)
    for (const { differences } of reports)
      problems.push(...differences.map((each) => `verify: ${each.kind} ${each.subject} ${each.detail}`))
    problems.push(...(await listOpen(db.pool)), ...(await compareProvider(db.pool, sandboxUrl)))
    return {
      payments: sum(reports.map((report) => report.payments)),
      events: sum(reports.map((report) => report.events)),
      problems,
    }
  } finally {
    await db.close()
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** At rest nothing is open, and nothing waits for something that never came. */
async function listOpen(pool: Db['pool']): Promise<string[]> {
  const { rows } = await pool.query<{ what: string; n: number }>(`
    select 'operation ' || kind || ' is ' || state as what, count(*) as n from operation where state in ('accepted', 'running', 'unknown') group by 1
    union all select 'message ' || kind || ' is ' || state || coalesce(': ' || reason, ''), count(*) from provider_message where state in ('received', 'waiting') group by 1
    union all select 'operation ' || kind || ' failed: ' || codes::text, count(*) from operation where state = 'failed' group by 1`)
  return rows.map(({ what, n }) => `${n} × ${what}`)
}

type Row = {
  readonly order_number: string
  readonly provider_id: string | null
  readonly account: string
  readonly method: string
  readonly captured_yen: number
  readonly refunded_yen: number
  readonly status: string
}
type Voucher = { readonly tracking_id: string; readonly order_rowno: string }

/** Each order exists exactly once at SBPS, under the id the books know: nothing was authorized twice or forgotten. */
async function compareProvider(pool: Db['pool'], sandboxUrl: string): Promise<string[]> {
  const { rows } = await pool.query<Row>(`
    select p.order_number, p.provider_id, p.method, p.status, p.captured_yen, p.refunded_yen, c.settings ->> 'account' as account
      from payment p join connection c using (merchant_id, connection_id) where c.provider = 'sbps'`)
  const { sbps } = JSON.parse(readFileSync(join(ROOT, 'apps/sandbox/demo-accounts.json'), 'utf8')) as {
    sbps: Array<{ merchantId: string; serviceId: string; hashKey: string }>
  }
  const keys = new Map(sbps.map((account) => [`${account.merchantId}-${account.serviceId}`, account]))
  const problems: string[] = []
  for (const row of rows) {
    const account = keys.get(row.account)
    if (account === undefined) continue
    const authorization = `Basic ${Buffer.from(`${account.merchantId}${account.serviceId}:${account.hashKey}`).toString('base64')}`
    const answer = await fetch(`${sandboxUrl}/portal/payments?order_id=${encodeURIComponent(row.order_number)}`, {
      headers: { authorization },
    })
    const { results } = (await answer.json()) as { results: Voucher[] }
    const known = results.map((voucher) => voucher.tracking_id)
    const expected = row.provider_id === null ? [] : [row.provider_id]
    if (known.join() !== expected.join())
      problems.push(
        `order ${row.order_number} (${row.status}): the provider has [${known.join()}], the books [${expected.join()}]`,
      )
  }
  return problems
}
