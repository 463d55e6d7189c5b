/** Payments for tests, made the only way there is: news decided by the domain and written through the door. */
import { atTime, addDays, businessDate, type BusinessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { BILLING_METHODS, CONNECTION_METHODS, type Method, METHODS, SITES } from '@choba/shared/methods.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import { type GoodsLine, taxesOf } from '@choba/shared/tax.ts'
import type { Kysely } from 'kysely'
import type { Actor } from '../core/actor.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { Database } from '../db/schema.ts'
import type { Dated, PaymentEvent } from '../domain/payment/events.ts'
import type { DatedNews } from '../domain/payment/news.ts'
import { decide, evolve, type PaymentState } from '../domain/payment/payment.ts'
import { type Change, lockPayments, type OrderSheet, record } from '../ledger/record.ts'
import { type Life, playHistory } from './history.ts'
import { randomFrom, type Random } from './random.ts'

const ACTOR: Actor = { kind: 'job', id: 'test' }

export type TestMerchant = {
  readonly merchantId: string
  readonly shops: readonly string[]
  readonly connections: Readonly<Record<string, string>>
}

/** One connection of each shop for every method. */
export async function addConnections(
  owner: Kysely<Database>,
  merchantId: string,
  shops: readonly string[],
  settings: Record<string, unknown> = {},
): Promise<TestMerchant> {
  const connections = Object.fromEntries(shops.map((shopId) => [shopId, uuidv7()]))
  const common = {
    merchantId,
    provider: 'sbps',
    connectionMethod: 'api',
    methods: [...METHODS],
    baseUrl: 'http://127.0.0.1:1',
    secretBox: 'v1.none',
    validFrom: '2024-01-01',
  }
  await owner
    .insertInto('connection')
    .values(
      shops.map((shopId) => ({
        ...common,
        shopId,
        connectionId: connections[shopId] as string,
        settings: JSON.stringify(settings),
      })),
    )
    .execute()
  return { merchantId, shops, connections }
}

export async function createMerchant(
  owner: Kysely<Database>,
  settings: Record<string, unknown> = {},
): Promise<TestMerchant> {
  const [merchantId, shopId] = [uuidv7(), uuidv7()]
  await owner.insertInto('merchant').values({ merchantId, name: '試し茶舗', environment: 'sandbox' }).execute()
  await owner.insertInto('shop').values({ merchantId, shopId, code: 's1', name: '1号店' }).execute()
  return addConnections(owner, merchantId, [shopId], settings)
}

export type TestOrder = {
  readonly paymentId?: string
  readonly shopId?: string
  readonly method?: Method
  readonly orderNumber?: string
  readonly orderBranch?: number
  readonly orderedAt?: string
  readonly amountYen?: number
  readonly goods?: ReadonlyArray<GoodsLine & { readonly name: string }>
  readonly site?: string
  readonly billingMethod?: string
  readonly connectionMethod?: string
  readonly name?: string
  readonly kana?: string
  readonly phone?: string
  readonly email?: string
}

/** A new payment and what its provider said about it. */
export async function registerPayment(
  tx: Kysely<Database>,
  merchant: TestMerchant,
  order: TestOrder = {},
  news: readonly DatedNews[] = [],
): Promise<string> {
  const change = changeOf(merchant, order, news)
  await record(tx, merchant.merchantId, [change])
  return change.paymentId
}

/** News for a payment that stands. @throws Error when the domain refuses it */
export async function tellPayment(
  tx: Kysely<Database>,
  merchantId: string,
  paymentId: string,
  news: readonly DatedNews[],
): Promise<void> {
  const before = (await lockPayments(tx, merchantId, [paymentId])).get(paymentId)
  if (before === undefined) throw new Error(`no payment ${paymentId}`)
  const { events } = applyNews(before.state, news)
  await record(tx, merchantId, [{ paymentId, before, events, actor: ACTOR }])
}

let serial = 0

export function changeOf(merchant: TestMerchant, order: TestOrder, news: readonly DatedNews[]): Change {
  const opening = openingOf(merchant, order)
  const state = evolve(undefined, opening.event, opening.at)
  return {
    paymentId: order.paymentId ?? uuidv7(),
    before: undefined,
    events: [opening, ...applyNews(state, news).events],
    actor: ACTOR,
    sheet: sheetOf(order),
  }
}

export function openingOf(
  merchant: TestMerchant,
  order: TestOrder,
): Dated<Extract<PaymentEvent, { type: 'registered' }>> {
  serial += 1
  const shopId = order.shopId ?? (merchant.shops[0] as string)
  const amountYen = yen(order.amountYen ?? 11_000)
  return {
    at: order.orderedAt ?? '2026-10-01T03:00:00.000Z',
    event: {
      type: 'registered',
      shopId,
      method: order.method ?? 'card',
      orderNumber: order.orderNumber ?? `T-${String(serial).padStart(6, '0')}`,
      orderBranch: order.orderBranch ?? 0,
      amountYen,
      taxes: taxesOf(order.goods ?? [{ unitPriceYen: amountYen, quantity: 1, taxRateBp: 1000 }], amountYen),
      site: order.site ?? 'pc',
      billingMethod: order.billingMethod ?? 'pay_as_you_go',
      connectionMethod: order.connectionMethod ?? 'api',
      connectionId: merchant.connections[shopId] as string,
    },
  }
}

function sheetOf(order: TestOrder): OrderSheet {
  const { name = '山田 太郎', kana = 'ヤマダ タロウ', phone = '03-1234-5678', email = 'taro@example.jp' } = order
  return {
    customer: { name, kana, phone, email, zip: '100-0001', address: '東京都千代田区千代田1-1', company: '' },
    delivery: null,
    goods: order.goods ?? [{ name: '煎茶', unitPriceYen: order.amountYen ?? 11_000, quantity: 1, taxRateBp: 1000 }],
  }
}

/** Refused news changes nothing, as at the real door. */
export function applyNews(
  state: PaymentState,
  news: readonly DatedNews[],
): { readonly state: PaymentState; readonly events: Dated[]; readonly refusals: string[] } {
  const events: Dated[] = []
  const refusals: string[] = []
  let current = state
  for (const dated of news) {
    const decision = decide(current, dated)
    if ('refusal' in decision) refusals.push(decision.refusal)
    else {
      for (const event of decision.events) {
        events.push({ at: dated.at, event })
        current = evolve(current, event, dated.at)
      }
    }
  }
  return { state: current, events, refusals }
}

/** Names that search must find in every spelling, and cells that an export must guard. */
const CUSTOMERS: ReadonlyArray<readonly [string, string]> = [
  ['佐藤 花子', 'サトウ ハナコ'],
  ['髙橋 一郎', 'タカハシ イチロウ'],
  ['田中 実', 'タナカ ミノル'],
  ['森 あゆみ', 'モリ アユミ'],
  ['斎藤 ゆう', 'サイトウ ユウ'],
  ['𠮷野 さくら', 'ヨシノ サクラ'],
  ['=SUM(A1:A9)', 'シキ'],
  ['Smith, "Jo"', 'スミス ジョー'],
]

/** Payments of all methods in every status, the same for the same seed. One round trip for each hundred. */
export async function playRandomHistory(
  owner: Kysely<Database>,
  merchant: TestMerchant,
  options: { readonly seed: number; readonly payments: number; readonly from?: BusinessDate; readonly days?: number },
): Promise<void> {
  const random = randomFrom(options.seed)
  const from = options.from ?? businessDate('2026-06-10')
  const changes: Change[] = []
  for (let n = 0; n < options.payments; n += 1)
    changes.push(randomPayment(random, merchant, addDays(from, random.below(options.days ?? 120)), n))
  for (let start = 0; start < changes.length; start += 100) {
    await owner.transaction().execute((tx) => record(tx, merchant.merchantId, changes.slice(start, start + 100)))
  }
}

function randomPayment(random: Random, merchant: TestMerchant, day: BusinessDate, n: number): Change {
  const { order, life } = randomOrder(random, merchant, n, day)
  return changeOf(merchant, order, playHistory(random, life))
}

/** Few instants and amounts, so that ties are common. */
export function randomOrder(
  random: Random,
  merchant: TestMerchant,
  n: number,
  day: BusinessDate = businessDate('2026-06-10'),
): { readonly order: TestOrder; readonly life: Life } {
  const method = random.pick(METHODS)
  const [name, kana] = random.pick(CUSTOMERS)
  const orderedAt = atTime(day, random.below(24), random.below(2) * 30)
  const amountYen = random.pick([1_080, 3_980, 5_500, 11_000, 32_400, 54_000])
  const reduced = random.below(3) * 540
  const order: TestOrder = {
    shopId: random.pick(merchant.shops),
    method,
    orderNumber: `R${String(n).padStart(6, '0')}-${random.below(1000)}`,
    orderedAt: orderedAt.toISOString(),
    amountYen,
    goods: [
      { name: '急須', unitPriceYen: amountYen - reduced, quantity: 1, taxRateBp: 1000 },
      { name: '煎茶', unitPriceYen: reduced, quantity: 1, taxRateBp: 800 },
    ],
    site: random.pick(SITES),
    billingMethod: random.pick(BILLING_METHODS),
    connectionMethod: random.pick(CONNECTION_METHODS),
    name,
    kana,
    phone: `090-${String(random.below(9000) + 1000)}-${String(random.below(9000) + 1000)}`,
  }
  return { order, life: { method, amountYen, orderedAt, key: `${n}` } }
}

/** A filter of the ledger as its URL: rollup dimensions alone, with an amount, or with a search, in turn. */
export function randomFilter(random: Random, merchant: TestMerchant, index: number): string {
  const parts = new URLSearchParams()
  const some = <T>(values: readonly T[]): string => values.filter(() => random.chance(50)).join(',')
  if (random.chance(40)) parts.set('shop', random.pick(merchant.shops))
  if (random.chance(40)) parts.set('method', some(METHODS))
  if (random.chance(40)) parts.set('status', some(PAYMENT_STATUSES))
  if (random.chance(25)) parts.set('site', some(SITES))
  if (random.chance(60)) {
    const from = addDays(businessDate('2026-06-01'), random.below(100))
    parts.set('dateBy', random.pick(['ordered', 'captured', 'paid_out']))
    if (random.chance(80)) parts.set('from', from)
    if (random.chance(80)) parts.set('to', addDays(from, random.below(75)))
  }
  if (index % 3 === 1) parts.set(random.pick(['amountMin', 'amountMax']), '5500')
  if (index % 3 === 2) parts.set('q', random.pick(['佐藤', 'さとう', '森', 'R0000', '5500', '090', 'ﾀﾅｶ ﾐ', '高橋']))
  parts.set('sort', random.pick(['orderedAt', 'capturedOn', 'amountYen']))
  return parts.toString()
}
