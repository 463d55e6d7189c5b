/** Totals of rollup filters: how fast alone, how fast and how true while eight writers write. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import { rollupTotalsSql, SUMS } from '../db/rollup-totals.ts'
import { randomFrom } from '../testing/random.ts'
import { type Measure, ms, timed, timesOf } from './measure.ts'
import type { Target } from './target.ts'

const FILTERS = 60
const ROUNDS = 3
const GOAL_MS = 10
/** While the writers write: recounted in one snapshot each. */
const CHECKS = 20
const LEAST_MIXED_MS = 15_000

export async function measureTotals(target: Target): Promise<Measure[]> {
  const paths = totalPaths(target)
  const alone = timesOf(await timesOfTotals(target, paths))
  const mixed = await underWriters(target, paths)
  const withWriters = timesOf(mixed.times)
  return [
    {
      measure: `totals, ${FILTERS} rollup filters`,
      value: `p50 ${ms(alone.p50)}, p95 ${ms(alone.p95)}`,
      floor: '–',
      ratio: '–',
      goal: `p95 < ${GOAL_MS} ms`,
      met: alone.p95 < GOAL_MS,
    },
    {
      measure: 'totals, the same under 8 writers',
      value: `p50 ${ms(withWriters.p50)}, p95 ${ms(withWriters.p95)}`,
      floor: '–',
      ratio: '–',
      goal: 'reported',
      met: null,
    },
    {
      measure: `totals against a recount, ${mixed.checks} times under 8 writers (${mixed.transactions.toLocaleString('en')} transactions)`,
      value: `${mixed.differences} differ`,
      floor: '–',
      ratio: '–',
      goal: '0 differ',
      met: mixed.differences === 0 && mixed.checks > 0,
    },
  ]
}

function totalPaths({ merchant }: Target): string[] {
  const random = randomFrom(9)
  return Array.from({ length: FILTERS }, () => {
    const query = new URLSearchParams()
    if (random.chance(40)) query.set('shop', random.pick(merchant.shops))
    if (random.chance(40)) query.set('method', random.pick(METHODS))
    if (random.chance(40)) query.set('status', PAYMENT_STATUSES.filter(() => random.chance(40)).join(','))
    if (random.chance(20)) query.set('site', 'pc')
    if (random.chance(70)) {
      const from = addDays(businessDate('2024-11-25'), random.below(600))
      query.set('dateBy', random.pick(['ordered', 'captured', 'paid_out']))
      query.set('from', from)
      query.set('to', addDays(from, random.pick([0, 6, 30, 89, 364])))
    }
    return `/api/payments/totals?${query.toString()}`
  })
}

async function timesOfTotals({ http }: Target, paths: readonly string[]): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const path of paths) {
      const time = await timed(() => http.get(path))
      if (round > 0) times.push(time)
    }
  return times
}

async function underWriters(target: Target, paths: readonly string[]) {
  const child = fork(process.argv[1] as string, ['--write', JSON.stringify(target.merchant)])
  await once(child, 'message')
  const start = performance.now()
  const times: number[] = []
  let [checks, differences] = [0, 0]
  while (checks < CHECKS || performance.now() - start < LEAST_MIXED_MS) {
    for (const path of paths.slice((checks * 10) % FILTERS).slice(0, 10))
      times.push(await timed(() => target.http.get(path)))
    if (!(await agrees(target))) differences += 1
    checks += 1
  }
  child.send('stop')
  const [{ transactions }] = (await once(child, 'message')) as [{ transactions: number }]
  if (child.exitCode === null) {
    child.disconnect()
    await once(child, 'exit')
  }
  return { times, checks, differences, transactions }
}

/** The rollups and a count of the rows, in one snapshot. */
async function agrees({ db, merchant }: Target): Promise<boolean> {
  const { merchantId } = merchant
  return db.owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const kept = await rollupTotalsSql<object>(merchantId, {}).execute(tx)
      const counted =
        await sql<object>`select count(*) as count, ${SUMS} from payment where merchant_id = ${merchantId}::uuid`.execute(
          tx,
        )
      return JSON.stringify(kept.rows[0]) === JSON.stringify(counted.rows[0])
    })
}
