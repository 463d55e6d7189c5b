/** Sixty things a person would type into the search box, taken from the rows themselves and from what is not there. */
import { sql } from 'kysely'
import { pathOf } from './ledger-page.ts'
import { type Measure, ms, timed, timesOf } from './measure.ts'
import type { Target } from './target.ts'

const ROUNDS = 3
const GOAL_MS = 20
const NAMES =
  '佐藤,さとう,サトウ ヒナ,鈴木,田中,タナカ,たなか,高橋,髙橋 翔太,森,林,東海林,ショウジ,勅使河原,テシガワラ,吉野,𠮷野,鱸,ゴロウザエモン,左衛門,長宗我部,山﨑,山崎,渡邊 さくら,ﾀﾅｶ,佐々木,ササ,陽菜,千代,リン,愛,五郎,亂佐,丕丵,ナシゴレン,齋藤'.split(
    ',',
  )
const NOWHERE = ['zzzz', '999999999', 'X17-000012', '0120-000-000', 'aktZZ']

type Known = {
  orderNumber: string
  providerId: string | null
  slipNumber: string | null
  phone: string
  amountYen: number
}

export async function measureSearch(target: Target): Promise<Measure[]> {
  const queries = await queriesOf(target)
  const slowest = new Map<string, number>()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    for (const q of queries) {
      const time = await timed(() => target.http.get(pathOf({ q })))
      times.push(time)
      slowest.set(q, Math.min(time, slowest.get(q) ?? Number.POSITIVE_INFINITY))
    }
  const { p50, p95 } = timesOf(times)
  const worst = [...slowest].sort((a, b) => b[1] - a[1]).slice(0, 5)
  console.log(`  slowest searches: ${worst.map(([q, time]) => `${q} ${ms(time)}`).join(', ')}`)
  return [
    {
      measure: `search, ${queries.length} queries of names, kana, numbers, ids`,
      value: `p50 ${ms(p50)}, p95 ${ms(p95)}`,
      floor: '–',
      ratio: '–',
      goal: `p95 ≤ ${GOAL_MS} ms`,
      met: p95 <= GOAL_MS,
    },
  ]
}

async function queriesOf({ db, merchant }: Target): Promise<string[]> {
  const { rows } = await sql<Known>`
    select order_number as "orderNumber", provider_id as "providerId", slip_number as "slipNumber", phone, amount_yen as "amountYen" from payment tablesample system (5) repeatable (1)
    where merchant_id = ${merchant.merchantId}::uuid and slip_number is not null and provider_id is not null order by payment_id limit 4`.execute(
    db.owner,
  )
  const known = rows.flatMap((row) => [
    row.orderNumber,
    row.orderNumber.slice(0, 9),
    row.providerId ?? '',
    row.slipNumber ?? '',
    row.phone,
  ])
  const amounts = rows.map((row) => String(row.amountYen)).slice(0, 3)
  return [...NAMES, ...known, ...amounts, ...NOWHERE].slice(0, 60)
}
