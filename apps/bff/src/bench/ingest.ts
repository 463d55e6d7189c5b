/** A notice from HTTP to committed books, against the same statements through bare connections. */
import { setTimeout as sleep } from 'node:timers/promises'
import { readEnv } from '../env.ts'
import { verifyMerchant } from '../ledger/verify.ts'
import type { TestMerchant } from '../testing/factory.ts'
import { HttpConnection } from './http-client.ts'
import { applyBare } from './ingest-floor.ts'
import { type Measure, ms, percent, perSecond, timed, timesOf } from './measure.ts'
import { ACCOUNT, issueSlips, NOTICE_PATH, NOTICE_TYPE, openConvenienceStore, type Slip } from './notices.ts'
import type { Target } from './target.ts'

const ROUNDS = 3
const NOTICES = 800
const ONE_BY_ONE = 40
const CONNECTIONS = 8
const GOAL = 0.6

export async function measureIngest(target: Target): Promise<Measure[]> {
  const { secret } = readEnv()
  const merchant = await openConvenienceStore(target.db, secret, ACCOUNT)
  // The application's jobs must not take the floor's messages.
  const ofFloor = await openConvenienceStore(target.db, secret, `${ACCOUNT}-floor`)
  await throughApp(target, merchant, 100)
  let [value, floor] = [0, 0]
  for (let round = 0; round < ROUNDS; round += 1) {
    const app = await throughApp(target, merchant, NOTICES)
    value += app.elapsed
    floor += await applyBare(target.db, ofFloor, await issueSlips(target.db, ofFloor, NOTICES), app.perTransaction)
  }
  const ratio = floor / value
  const latency = timesOf(await oneByOne(target, merchant))
  const { differences } = await verifyMerchant(target.db.owner, merchant.merchantId)
  return [
    {
      measure: `notices from HTTP to committed books, ${CONNECTIONS} connections`,
      value: perSecond(ROUNDS * NOTICES, value),
      floor: perSecond(ROUNDS * NOTICES, floor),
      ratio: percent(ratio),
      goal: `≥ ${percent(GOAL)}`,
      met: ratio >= GOAL,
    },
    {
      measure: 'one notice at a time, from HTTP to committed books',
      value: `p50 ${ms(latency.p50)}, p95 ${ms(latency.p95)}`,
      floor: '–',
      ratio: '–',
      goal: 'reported',
      met: null,
    },
    {
      measure: 'the books after these notices, verified from their events',
      value: `${differences.length} differences`,
      floor: '–',
      ratio: '–',
      goal: '0 differences',
      met: differences.length === 0,
    },
  ]
}

async function throughApp(target: Target, merchant: TestMerchant, count: number) {
  const slips = await issueSlips(target.db, merchant, count)
  const before = await applied(target, merchant)
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => HttpConnection.open(target.ports.app)),
  )
  const queue = slips.values()
  const elapsed = await timed(async () => {
    await Promise.all(
      connections.map(async (connection) => {
        for (const slip of queue) await tell(connection, slip)
      }),
    )
    while ((await applied(target, merchant)).messages < before.messages + count) await sleep(5)
  })
  for (const connection of connections) connection.close()
  const after = await applied(target, merchant)
  return { elapsed, perTransaction: Math.max(1, Math.round(count / (after.transactions - before.transactions))) }
}

/** A transaction has one moment, which all that it applied carries. */
async function applied({ bare }: Target, { merchantId }: TestMerchant) {
  const { rows } = await bare.query<{ messages: number; transactions: number }>(
    `select count(*)::int as messages, count(distinct applied_at)::int as transactions from provider_message where merchant_id = $1 and state = 'applied'`,
    [merchantId],
  )
  return rows[0] ?? { messages: 0, transactions: 0 }
}

async function tell(connection: HttpConnection, { notice }: Slip): Promise<void> {
  const answer = await connection.post(NOTICE_PATH, NOTICE_TYPE, notice)
  if (!answer.includes('OK')) throw new Error(`a notice was answered ${answer.toString('latin1')}`)
}

async function oneByOne(target: Target, merchant: TestMerchant): Promise<number[]> {
  const connection = await HttpConnection.open(target.ports.app)
  const times: number[] = []
  for (const slip of await issueSlips(target.db, merchant, ONE_BY_ONE)) {
    const { messages } = await applied(target, merchant)
    times.push(
      await timed(async () => {
        await tell(connection, slip)
        while ((await applied(target, merchant)).messages === messages) await sleep(1)
      }),
    )
  }
  connection.close()
  return times
}
