/** The statements of a notice's way into the books, one by one through bare connections: no HTTP, checksum or decision. */
import pg from 'pg'
import { uuidv7 } from '../core/uuid.ts'
import type { Db } from '../db/client.ts'
import { readEnv } from '../env.ts'
import { applyNews } from '../ledger/apply-news.ts'
import { type Batch, type Change, compile, lockPayments, recordSql } from '../ledger/record.ts'
import type { TestMerchant } from '../testing/factory.ts'
import { timed } from './measure.ts'
import { AMOUNT_YEN, DEPOSITED_AT, NOTICE_TYPE, type Slip } from './notices.ts'

const CONNECTIONS = 8
/** No worker knows it: what is enqueued stays. */
const TASK = 'bench:floor'

/** Milliseconds for all of them, applied `perTransaction` at a time as the application did. */
export async function applyBare(
  db: Db,
  merchant: TestMerchant,
  slips: readonly Slip[],
  perTransaction: number,
): Promise<number> {
  const sets = await compileSets(db, merchant, slips, perTransaction)
  const takers = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => ({
      owner: await connect(),
      scoped: await connect(merchant.merchantId),
    })),
  )
  const applier = await connect(merchant.merchantId)
  const queue = slips.entries()
  const kept = new Map<string, string>()
  let [wake, waitForMore] = signal()
  const elapsed = await timed(() =>
    Promise.all([
      ...takers.map(async (taker) => {
        for (const [, slip] of queue) {
          kept.set(slip.providerId, await keep(taker, merchant, slip))
          wake()
        }
      }),
      (async () => {
        for (const set of sets) {
          while (!set.slips.every((slip) => kept.has(slip.providerId))) {
            await waitForMore
            ;[wake, waitForMore] = signal()
          }
          await applySet(db.owner, applier, merchant, set, kept)
        }
      })(),
    ]),
  )
  await takers[0]?.owner.query('delete from graphile_worker._private_jobs where payload::text like $1', [`%${TASK}%`])
  await Promise.all([applier, ...takers.flatMap(({ owner, scoped }) => [owner, scoped])].map((client) => client.end()))
  return elapsed
}

function signal(): [() => void, Promise<void>] {
  const { promise, resolve } = Promise.withResolvers<void>()
  return [resolve, promise]
}

type CompiledSet = { readonly slips: readonly Slip[]; readonly batch: Batch }

async function compileSets(
  db: Db,
  { merchantId }: TestMerchant,
  slips: readonly Slip[],
  size: number,
): Promise<CompiledSet[]> {
  const locked = await db.owner.transaction().execute((tx) =>
    lockPayments(
      tx,
      merchantId,
      slips.map((slip) => slip.paymentId),
    ),
  )
  const changes = slips.map(({ paymentId }): Change => {
    const before = locked.get(paymentId)
    if (before === undefined) throw new Error('a slip without its payment')
    const deposit = { kind: 'deposit', certainty: 'preliminary', totalYen: AMOUNT_YEN } as const
    const { events } = applyNews(before.state, [{ at: DEPOSITED_AT, news: deposit }])
    return { paymentId, before, events, actor: { kind: 'provider', id: 'sbps' } }
  })
  const sets: CompiledSet[] = []
  for (let start = 0; start < slips.length; start += size)
    sets.push({
      slips: slips.slice(start, start + size),
      batch: compile(merchantId, changes.slice(start, start + size)),
    })
  return sets
}

async function connect(merchantId?: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: readEnv().databaseUrl,
    ...(merchantId !== undefined && { options: '-c role=choba_app' }),
  })
  await client.connect()
  if (merchantId !== undefined) await client.query("select set_config('choba.merchant_id', $1, false)", [merchantId])
  return client
}

type Taker = { readonly owner: pg.Client; readonly scoped: pg.Client }

/** Answers the message's id. */
async function keep({ owner, scoped }: Taker, merchant: TestMerchant, slip: Slip): Promise<string> {
  const { merchantId } = merchant
  const { rows } = await owner.query<{ connection_id: string }>(
    `select merchant_id, connection_id, shop_id, provider, connection_method, methods, base_url, settings, secret_box from connection
      where provider = 'sbps' and merchant_id = $1 order by valid_from desc limit 1`,
    [merchantId],
  )
  const messageId = uuidv7()
  await scoped.query('begin')
  await scoped.query(
    `insert into provider_message (merchant_id, message_id, connection_id, provider, kind, direction, state, unique_key, provider_id, content_type, body, context, said_at)
      values ($1, $2, $3, 'sbps', 'sbps_notice', 'inbound', 'received', $4, $5, $6, $7, '{}', $8)
      on conflict (merchant_id, connection_id, unique_key) do nothing returning message_id`,
    [
      merchantId,
      messageId,
      rows[0]?.connection_id,
      `floor:${slip.providerId}`,
      slip.providerId,
      NOTICE_TYPE,
      Buffer.from(slip.notice),
      DEPOSITED_AT,
    ],
  )
  await scoped.query('select enqueue_job($1, $2::json, $3, null, null, null)', [TASK, JSON.stringify({ TASK }), TASK])
  await scoped.query('commit')
  return messageId
}

async function applySet(
  compiler: Db['owner'],
  applier: pg.Client,
  merchant: TestMerchant,
  { slips, batch }: CompiledSet,
  kept: ReadonlyMap<string, string>,
): Promise<void> {
  const { merchantId } = merchant
  const providerIds = slips.map((slip) => slip.providerId)
  const ends = slips.map((slip) => ({
    messageId: kept.get(slip.providerId),
    state: 'applied',
    paymentId: slip.paymentId,
  }))
  await applier.query('begin')
  await applier.query(
    `select message_id, connection_id, kind, provider_id, content_type, body, context, said_at from provider_message
      where merchant_id = $1 and state = 'received' order by message_id limit 200 for update`,
    [merchantId],
  )
  await applier.query(
    'select provider_id, payment_id from payment where merchant_id = $1 and connection_id = $2 and provider_id = any($3::text[])',
    [merchantId, Object.values(merchant.connections)[0], providerIds],
  )
  await applier.query(
    'select payment_id, version, state, in_flight from payment where merchant_id = $1 and payment_id = any($2::uuid[]) order by payment_id for update',
    [merchantId, slips.map((slip) => slip.paymentId)],
  )
  await applier.query(
    `update provider_message m set state = e.state, payment_id = e."paymentId", attempts = m.attempts + 1, applied_at = now()
      from json_to_recordset($1::json) as e ("messageId" uuid, state text, "paymentId" uuid) where m.merchant_id = $2 and m.message_id = e."messageId"`,
    [JSON.stringify(ends), merchantId],
  )
  const { sql, parameters } = recordSql(merchantId, batch).compile(compiler)
  await applier.query(sql, [...parameters])
  await applier.query('commit')
}
