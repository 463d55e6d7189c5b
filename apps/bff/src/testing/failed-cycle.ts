/** A subscription of which one charge was declined. */
import { businessDate } from '@choba/shared/dates.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { NewsHouse } from './news-house.ts'

const DAY = businessDate('2026-11-20')
const NEXT = businessDate('2026-12-20')
const PERSON = {
  name: '佐藤 花子',
  kana: 'サトウ ハナコ',
  company: '',
  department: '',
  zip: '',
  address: '',
  phone: '',
}

export async function failedCycle({ app, merchant, now }: NewsHouse): Promise<void> {
  const { owner } = app.deps.db
  const [shopId] = app.shopIds
  const { merchantId } = app
  const subscriptionId = uuidv7()
  const goods = JSON.stringify([{ name: '煎茶', unitPriceYen: 3_000, quantity: 1, taxRateBp: 800 }])
  const what = { kind: 'fixed', method: 'card', goods, meter: null, amountYen: 3_000, itemName: '煎茶' } as const
  const who = { customer: JSON.stringify({ ...PERSON, email: '' }), customerName: PERSON.name, delivery: null }
  const rhythm = { rhythmUnit: 'month', rhythmEvery: 1, rhythmDay: 20, roll: 'none', nextNumber: 2 } as const
  const days = {
    generateDays: 5,
    chargeDays: 0,
    nextNominal: NEXT,
    nextOn: NEXT,
    startedOn: DAY,
  } as const
  const ends = { nextGenerateOn: null, endsOn: null, agreedEndsOn: null, endedOn: null }
  const failing = { retryDays: [3], onFailure: 'pause' as const, fallbackMethod: null, fallbackStore: null }
  const made = { idempotencyKey: subscriptionId, requestHash: 'x', createdBy: 'test', createdAt: now() }
  const of = { merchantId, subscriptionId, shopId, connectionId: merchant.connections[shopId] as string, serial: 1 }
  await owner
    .insertInto('subscription')
    .values({
      ...of,
      code: 'S-1',
      status: 'active',
      invoice: 'separate',
      cardPaymentId: null,
      trackingId: null,
      ...what,
      ...who,
      ...rhythm,
      ...days,
      ...ends,
      ...failing,
      ...made,
    })
    .execute()
  const cycle = {
    number: 1,
    state: 'retrying',
    method: 'card',
    fallsOn: DAY,
    chargeOn: DAY,
    dueOn: businessDate('2026-11-23'),
  } as const
  const rest = {
    goods,
    meter: null,
    amountYen: 3_000,
    usage: null,
    paymentId: null,
    failedFirst: true,
    firstFailedOn: DAY,
  } as const
  await owner
    .insertInto('subscriptionCycle')
    .values({ merchantId, subscriptionId, ...cycle, ...rest, generatedOn: DAY })
    .execute()
}
