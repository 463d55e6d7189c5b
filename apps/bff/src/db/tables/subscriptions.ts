import type { Meter } from '@choba/shared/contracts/subscription-input.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Method, StoreCode } from '@choba/shared/methods.ts'
import type {
  CycleState,
  SubscriptionEvent,
  SubscriptionKind,
  SubscriptionStatus,
} from '@choba/shared/states/subscription.ts'
import type { OnFailure } from '@choba/shared/subscriptions/dunning.ts'
import type { CycleRoll, RhythmUnit } from '@choba/shared/subscriptions/schedule.ts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export type SubscriptionPerson = {
  readonly name: string
  readonly kana: string
  readonly company: string
  readonly department: string
  readonly zip: string
  readonly address: string
  readonly phone: string
}
export type SubscriptionCustomer = SubscriptionPerson & { readonly email: string }
export type SubscriptionGoods = {
  readonly name: string
  readonly unitPriceYen: number
  readonly quantity: number
  readonly taxRateBp: number
}
type NullableJson<T> = ColumnType<T | null, string | null, string | null>

export interface SubscriptionTable {
  merchantId: string
  subscriptionId: string
  shopId: string
  connectionId: string
  serial: number
  code: string
  kind: SubscriptionKind
  method: Method
  status: SubscriptionStatus
  customer: JSONColumnType<SubscriptionCustomer>
  delivery: NullableJson<SubscriptionPerson>
  goods: JSONColumnType<SubscriptionGoods[]>
  meter: NullableJson<Meter>
  customerName: string
  itemName: string
  amountYen: number
  invoice: 'separate' | 'bundled'
  rhythmUnit: RhythmUnit
  rhythmEvery: number
  rhythmDay: number | null
  roll: CycleRoll
  generateDays: number
  chargeDays: number
  nextNumber: number
  nextNominal: BusinessDate
  nextOn: BusinessDate | null
  nextGenerateOn: BusinessDate | null
  endsOn: BusinessDate | null
  agreedEndsOn: BusinessDate | null
  startedOn: BusinessDate
  endedOn: BusinessDate | null
  retryDays: number[]
  onFailure: OnFailure
  fallbackMethod: Method | null
  fallbackStore: StoreCode | null
  cardPaymentId: string | null
  trackingId: string | null
  idempotencyKey: string
  requestHash: string
  createdBy: string
  createdAt: Date
}

export interface SubscriptionCycleTable {
  merchantId: string
  subscriptionId: string
  number: number
  state: CycleState
  method: Method
  fallsOn: BusinessDate
  chargeOn: BusinessDate
  dueOn: BusinessDate | null
  goods: JSONColumnType<SubscriptionGoods[]>
  meter: NullableJson<Meter>
  amountYen: number | null
  usage: number | null
  paymentId: string | null
  attempts: Generated<number>
  failures: Generated<number>
  fellBack: Generated<boolean>
  failedFirst: boolean | null
  firstFailedOn: BusinessDate | null
  generatedOn: BusinessDate
}

export interface SubscriptionAttemptTable {
  merchantId: string
  subscriptionId: string
  number: number
  attempt: number
  method: Method
  orderNumber: string
  paymentId: string | null
  outcome: 'open' | 'charged' | 'failed' | 'cancelled'
  askedOn: BusinessDate
  endedOn: BusinessDate | null
  codes: Generated<string[]>
}

export interface SubscriptionEventTable {
  merchantId: string
  subscriptionId: string
  eventId: string
  at: Date
  kind: SubscriptionEvent
  detail: JSONColumnType<Record<string, string>, string, never>
  actorKind: string
  actorId: string
  idempotencyKey: string | null
  requestHash: string | null
}
