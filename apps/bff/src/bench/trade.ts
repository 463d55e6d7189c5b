/** Two years of trade of two merchants: many shops, three methods, every status, newer months busier than old ones. */
import { addDays, atTime, businessDate } from '@choba/shared/dates.ts'
import type { Change } from '../ledger/record.ts'
import { changeOf, type TestMerchant } from '../testing/factory.ts'
import { playHistory } from '../testing/history.ts'
import { randomFrom, type Random } from '../testing/random.ts'
import { pickName, pickSkewed } from './names.ts'

const FIRST_DAY = businessDate('2024-11-25')
const DAYS = 730
const METHODS = ['np_postpaid', 'np_postpaid', 'np_postpaid', 'card', 'card', 'convenience_store'] as const
const SITES = ['smartphone', 'smartphone', 'pc', 'pc', 'mobile_phone'] as const
const BILLING = ['pay_as_you_go', 'pay_as_you_go', 'pay_as_you_go', 'recurring_simple', 'recurring_metered'] as const
const GOODS = ['煎茶 100g', '玉露 50g', 'ほうじ茶', '急須', '抹茶セット', '茶筒', '羊羹', '定期便'] as const

/** In order of time, `count` payments, the same for the same seed. */
export function* trade(merchant: TestMerchant, count: number, seed: number): Generator<Change> {
  const random = randomFrom(seed)
  for (let n = 0; n < count; n += 1) yield sale(random, merchant, n, seed, n / count)
}

/** The next `count` of them; the rest can still be taken. */
export function* some(changes: Iterator<Change>, count: number): Generator<Change> {
  for (let n = 0; n < count; n += 1) {
    const next = changes.next()
    if (next.done === true) return
    yield next.value
  }
}

function sale(random: Random, merchant: TestMerchant, n: number, seed: number, progress: number): Change {
  const day = addDays(FIRST_DAY, Math.floor(DAYS * progress ** 0.8))
  const orderedAt = new Date(
    atTime(day, Math.min(23, 6 + random.below(18)), random.below(60)).getTime() + random.below(60_000),
  )
  const method = random.pick(METHODS)
  const amountYen = 480 + pickSkewed(random, [20, 50, 100, 200, 500, 1000]) * (1 + random.below(60))
  const { name, kana } = pickName(random)
  const order = {
    shopId: pickSkewed(random, merchant.shops),
    method,
    orderNumber: `${day.slice(2, 4)}${day.slice(5, 7)}-${seed}${String(n).padStart(8, '0')}`,
    orderedAt: orderedAt.toISOString(),
    amountYen,
    goods: [
      { name: random.pick(GOODS), unitPriceYen: amountYen, quantity: 1, taxRateBp: random.chance(60) ? 800 : 1000 },
    ],
    site: random.pick(SITES),
    billingMethod: random.pick(BILLING),
    connectionMethod: random.chance(70) ? 'link' : 'api',
    name,
    kana,
    phone: `0${random.pick([90, 80, 70])}-${1000 + random.below(9000)}-${1000 + random.below(9000)}`,
    email: `c${n}@example.jp`,
  }
  return changeOf(merchant, order, playHistory(random, { method, amountYen, orderedAt, key: `${n}` }))
}
