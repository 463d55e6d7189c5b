/** The ledger page over HTTP against its own SQL through a bare connection. */
import { sql } from 'kysely'
import { paymentPageQuery, type PaymentPageQuery } from '@choba/shared/filters/payments.ts'
import { pageSql, selectionOf, shapesOf } from '../db/filter-to-sql.ts'
import { decodeCursor, encodeCursor } from '../db/keyset.ts'
import { HttpConnection } from './http-client.ts'
import { compare, type Measure, ms, percent, perSecond, times, timed } from './measure.ts'
import type { Target } from './target.ts'

const ROUNDS = 200
const LIMIT = 50
const ORDER = { sort: 'orderedAt', direction: 'desc' } as const
const GOAL = 2.5
const DEEP_GOAL = 1.2

export async function measureLedgerPage(target: Target): Promise<Measure[]> {
  const [shop = ''] = target.merchant.shops
  const measures: Measure[] = []
  for (const [name, filter] of [
    ['no filter', {}],
    ['one filter', { shop }],
    ['three filters', { shop, method: 'np_postpaid', status: 'settled' }],
  ] as const) {
    const first = await measurePage(target, filter)
    const deep = await measurePage(target, { ...filter, ...(await deepest(target, filter)) })
    measures.push(lineOf(`ledger page, ${name}, first`, first), lineOf(`ledger page, ${name}, deepest`, deep))
    const ratio = deep.work.p50 / first.work.p50
    measures.push({
      measure: `ledger page, ${name}, deepest against first`,
      value: ms(deep.work.p50),
      floor: ms(first.work.p50),
      ratio: times(ratio),
      goal: `≤ ${times(DEEP_GOAL)}`,
      met: ratio <= DEEP_GOAL,
    })
  }
  return measures
}

type Compared = Awaited<ReturnType<typeof compare>>

async function measurePage(target: Target, query: Record<string, string>): Promise<Compared> {
  const { text, values } = statementOf(target, query)
  const path = pathOf(query)
  return compare(
    ROUNDS,
    () => target.http.get(path),
    () => target.bare.query(text, [...values]),
  )
}

function lineOf(measure: string, { work, floor }: Compared): Measure {
  const ratio = work.p50 / floor.p50
  return {
    measure,
    value: `p50 ${ms(work.p50)}, p95 ${ms(work.p95)}`,
    floor: `p50 ${ms(floor.p50)}, p95 ${ms(floor.p95)}`,
    ratio: times(ratio),
    goal: `≤ ${times(GOAL)}`,
    met: ratio <= GOAL,
  }
}

export function pathOf(query: Readonly<Record<string, string>>): string {
  return `/api/payments?${new URLSearchParams({ ...ORDER, limit: String(LIMIT), ...query }).toString()}`
}

function parse(query: Record<string, string>): PaymentPageQuery {
  return paymentPageQuery.parse({ ...ORDER, limit: LIMIT, ...query })
}

/** What the application asks the database for this page. */
function statementOf({ db, merchant }: Target, query: Record<string, string>) {
  const { sort, direction, cursor, toward, limit, ...filter } = parse(query)
  const selection = selectionOf(merchant.merchantId, filter)
  const place = cursor === undefined ? undefined : decodeCursor(ORDER, cursor)
  const request = { sort, direction, toward, limit, beyond: place }
  const [shape = 'walk'] = shapesOf(selection, request)
  const { sql: text, parameters: values } = pageSql(selection, request, shape).compile(db.merchant(merchant.merchantId))
  return { text, values }
}

/** The place before the last full page. */
async function deepest({ db, merchant }: Target, query: Record<string, string>): Promise<{ readonly cursor?: string }> {
  const { shop, method, status } = parse(query)
  const { rows } = await sql<{ value: string; id: string }>`
    select to_char(ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as value, payment_id as id from payment
    where merchant_id = ${merchant.merchantId}::uuid and (${shop ?? null}::uuid[] is null or shop_id = any(${shop ?? null}::uuid[]))
      and (${method ?? null}::text[] is null or method = any(${method ?? null}::text[])) and (${status ?? null}::text[] is null or status = any(${status ?? null}::text[]))
    order by ordered_at, payment_id offset ${LIMIT} limit 1`.execute(db.owner)
  return rows[0] === undefined ? {} : { cursor: encodeCursor(ORDER, rows[0]) }
}

const CONNECTIONS = 16
const SECONDS = 5
const REQUESTS_GOAL = 0.35

/** Pages per second against a bare Hono route that returns a constant of the same size. */
export async function measureRequests({ http, ports, cookie }: Target): Promise<Measure[]> {
  const path = pathOf({})
  const page = await http.get(path)
  const setup = await HttpConnection.open(ports.floor)
  await setup.post('/constant', 'text/plain', page)
  setup.close()
  const pages = await throughput(ports.app, path, { Cookie: cookie })
  const constants = await throughput(ports.floor, '/constant', {})
  const ratio = pages / constants
  return [
    {
      measure: `ledger pages per second, ${CONNECTIONS} connections, ${Math.round(page.length / 1024)} kB`,
      value: perSecond(pages, 1000),
      floor: perSecond(constants, 1000),
      ratio: percent(ratio),
      goal: `≥ ${percent(REQUESTS_GOAL)}`,
      met: ratio >= REQUESTS_GOAL,
    },
  ]
}

async function throughput(port: number, path: string, headers: Record<string, string>): Promise<number> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => HttpConnection.open(port, headers)))
  let requests = 0
  const until = performance.now() + SECONDS * 1000
  const elapsed = await timed(() =>
    Promise.all(
      connections.map(async (connection) => {
        for (; performance.now() < until; requests += 1) await connection.get(path)
      }),
    ),
  )
  for (const connection of connections) connection.close()
  return (requests / elapsed) * 1000
}
