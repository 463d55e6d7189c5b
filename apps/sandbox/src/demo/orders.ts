/** One planned order: who, what, how much, by which method. */
import { addDays, atTime, type BusinessDate } from '@choba/shared/dates.ts'
import { chance, integerBetween, pick } from '../random.ts'
import { CATALOGUES, DELIVERY_FEE, DISCOUNT, FREE_DELIVERY_FROM_YEN, PROHIBITED_ITEM, type Item } from './catalogue.ts'
import { personOf, recipientOf, type Addressee, type Person } from './people.ts'
import {
  CARD_SPECIALS,
  type LooseEnd,
  NP_SPECIALS,
  SPECIAL_EVERY,
  STORE_SPECIALS,
  troubledCustomer,
  troubledRecipient,
  type NpSpecial,
  type StoreSpecial,
} from './specials.ts'

export const DEMO_METHODS = ['np_postpaid', 'card', 'convenience_store'] as const
export type DemoMethod = (typeof DEMO_METHODS)[number]
export const STORE_CODES = ['001', '002', '005', '016', '018'] as const

export type OrderLine = {
  readonly name: string
  readonly unitPriceYen: number
  readonly quantity: number
  readonly taxRateBp: number
}
export type PlannedOrder = {
  /** Day of the plan on which the shop-front hands it over. */
  readonly day: number
  /** 0 or 1: which of the merchant's shops. */
  readonly shop: number
  readonly orderNumber: string
  readonly orderedAt: Date
  readonly method: DemoMethod
  readonly site: 'pc' | 'smartphone' | 'mobile_phone'
  readonly billingMethod: 'pay_as_you_go' | 'recurring_simple' | 'recurring_metered'
  readonly amountYen: number
  readonly customer: Person
  readonly delivery: Addressee | null
  readonly goods: readonly OrderLine[]
  readonly card?: { readonly number: string; readonly capture: 'automatic' | 'specified' }
  readonly convenienceStore?: {
    readonly store: (typeof STORE_CODES)[number]
    readonly payWithinDays: number
    readonly special?: StoreSpecial
  }
  readonly npPostpaid?: { readonly invoice: 'separate' | 'bundled'; readonly special?: NpSpecial | LooseEnd }
}

const CUSTOMERS = 1_500
const GOOD_CARDS = [
  '4111111111111111',
  '4242424242424242',
  '4111111111111111',
  '5555555555554444',
  '3530111333300000',
  '378282246310005',
  '30569309025904',
] as const
/** The steering prefixes of the pretend provider for what customers do at the store. */
export const STORE_EMAIL: Readonly<Record<StoreSpecial, string>> = {
  expired: 'never',
  underpaid: 'under',
  overpaid: 'over',
  preliminary_cancelled: 'cancelprelim',
  definite_cancelled: 'canceldefinite',
  paid_last_day: 'late',
}
/** Orders come from yesterday's closing of the batch to today's, with a noon and an evening wave. */
const HOURS = [
  17, 18, 19, 20, 20, 21, 21, 21, 22, 22, 22, 23, 23, 0, 1, 6, 7, 8, 9, 10, 11, 12, 12, 12, 13, 14, 15, 16,
] as const
export const BATCH_HOUR = 17

/** How many orders of each method there were before: decides which one is a special case. */
export type MethodCounts = Record<DemoMethod, number>

export function planOrder(startDay: BusinessDate, day: number, indexInDay: number, counts: MethodCounts): PlannedOrder {
  const date = addDays(startDay, day)
  const key = `${date}/${indexInDay}`
  const shop = chance('shop', key) < 0.62 ? 0 : 1
  const orderNumber = `${shop === 0 ? 'M' : 'U'}${date.slice(2).replaceAll('-', '')}-${String(indexInDay + 1).padStart(3, '0')}`
  const customerIndex = Math.floor(chance('customer', key) ** 1.6 * CUSTOMERS)
  const method = methodOf(customerIndex, key)
  counts[method] += 1
  const base = {
    day,
    shop,
    orderNumber,
    orderedAt: orderedAt(date, key),
    method,
    site: siteOf(customerIndex, key),
    billingMethod: 'pay_as_you_go' as const,
    customer: personOf(customerIndex),
    delivery: null,
  }
  if (method === 'np_postpaid') return npOrder(base, counts[method], key)
  return method === 'card' ? cardOrder(base, counts[method], key) : storeOrder(base, counts[method], key)
}

type Base = Omit<PlannedOrder, 'amountYen' | 'goods'>

function npOrder(base: Base, count: number, key: string): PlannedOrder {
  const special = specialOf(NP_SPECIALS, SPECIAL_EVERY.np_postpaid, count)
  const recipient = recipientOf(base.orderNumber)
  const elsewhere = special === undefined && chance('delivery', key) < 0.14
  const delivery = troubledRecipient(recipient, special) ?? (elsewhere ? recipient : null)
  const bundled = delivery === null && special === undefined && chance('bundled', key) < 0.1
  const goods =
    special === 'RE026'
      ? [lineOf(PROHIBITED_ITEM, 2)]
      : special === 'over_limit'
        ? bigCart(base.shop)
        : cartOf(base.shop, key)
  return {
    ...base,
    ...totalled(goods),
    customer: special === undefined ? base.customer : troubledCustomer(base.customer, special),
    delivery,
    npPostpaid: { invoice: bundled ? 'bundled' : 'separate', ...(special === undefined ? {} : { special }) },
  }
}

function cardOrder(base: Base, count: number, key: string): PlannedOrder {
  const special = specialOf(CARD_SPECIALS, SPECIAL_EVERY.card, count)
  const billing = chance('billing', key)
  const recurring =
    special !== undefined || billing > 0.12
      ? 'pay_as_you_go'
      : billing < 0.07
        ? 'recurring_simple'
        : 'recurring_metered'
  const capture = recurring !== 'pay_as_you_go' || chance('capture', key) < 0.25 ? 'automatic' : 'specified'
  return {
    ...base,
    ...totalled(cartOf(base.shop, key)),
    billingMethod: recurring,
    delivery: chance('delivery', key) < 0.12 ? recipientOf(base.orderNumber) : null,
    card: { number: special ?? pick(GOOD_CARDS, 'card', base.customer.email), capture },
  }
}

function storeOrder(base: Base, count: number, key: string): PlannedOrder {
  const special = specialOf(STORE_SPECIALS, SPECIAL_EVERY.convenience_store, count)
  const customer =
    special === undefined
      ? base.customer
      : { ...base.customer, email: `${STORE_EMAIL[special]}+${base.customer.email}` }
  const store = pick(
    ['001', '001', '001', '001', '016', '016', '016', '002', '002', '002', '005', '018'] as const,
    'store',
    key,
  )
  const payWithinDays = pick([14, 14, 14, 7, 10, 30], 'within', key)
  return {
    ...base,
    ...totalled(cartOf(base.shop, key)),
    customer,
    convenienceStore: { store, payWithinDays, ...(special === undefined ? {} : { special }) },
  }
}

function specialOf<T>(specials: readonly T[], every: number, count: number): T | undefined {
  return count % every === 0 ? specials[(count / every - 1) % specials.length] : undefined
}

/** Most customers keep to their way of paying. */
function methodOf(customerIndex: number, key: string): DemoMethod {
  const draw = chance('method', key) < 0.7 ? chance('habit', customerIndex) : chance('method', key, 'once')
  return draw < 0.45 ? 'np_postpaid' : draw < 0.8 ? 'card' : 'convenience_store'
}

function siteOf(customerIndex: number, key: string): PlannedOrder['site'] {
  const draw = (chance('device', customerIndex) * 3 + chance('site', key)) / 4
  return draw < 0.6 ? 'smartphone' : draw < 0.86 ? 'pc' : 'mobile_phone'
}

function orderedAt(date: BusinessDate, key: string): Date {
  const hour = pick(HOURS, 'hour', key)
  const day = hour >= BATCH_HOUR ? addDays(date, -1) : date
  return atTime(day, hour, integerBetween(0, 59, 'minute', key), integerBetween(0, 59, 'second', key))
}

function cartOf(shop: number, key: string): OrderLine[] {
  const items = CATALOGUES[shop]!
  const count = pick([1, 1, 1, 2, 2, 3, 4], 'lines', key)
  const chosen = new Set(Array.from({ length: count }, (_, index) => itemOf(items, chance('item', key, index))))
  const lines = [...chosen].map((item, index) =>
    lineOf(item, pick(item.gift ? [1, 1, 2, 3] : [1, 1, 1, 2], 'quantity', key, index)),
  )
  const sum = amountOf(lines)
  if (sum > 8_000 && chance('discount', key) < 0.06) return [...lines, lineOf({ ...DISCOUNT, priceYen: -500 }, 1)]
  return sum < FREE_DELIVERY_FROM_YEN ? [...lines, lineOf(DELIVERY_FEE, 1)] : lines
}

/** More than Net Protections guarantees for one customer. */
function bigCart(shop: number): OrderLine[] {
  const dearest = [...CATALOGUES[shop]!].sort((a, b) => b.priceYen - a.priceYen).slice(0, 2)
  return dearest.map((item) => lineOf(item, 3))
}

function itemOf(items: readonly Item[], draw: number): Item {
  let left = draw * items.reduce((sum, item) => sum + item.weight, 0)
  return items.find((item) => (left -= item.weight) < 0) ?? items[0]!
}

function lineOf(item: { name: string; priceYen: number; taxRateBp: number }, quantity: number): OrderLine {
  return { name: item.name, unitPriceYen: item.priceYen, quantity, taxRateBp: item.taxRateBp }
}

function totalled(goods: readonly OrderLine[]): { goods: readonly OrderLine[]; amountYen: number } {
  return { goods, amountYen: amountOf(goods) }
}

function amountOf(goods: readonly OrderLine[]): number {
  return goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0)
}
