/** Everything the page of one subscription shows. Amounts in yen, tax included; days in Tokyo. */
import * as z from 'zod/mini'
import { METHODS, STORE_CODES } from '../methods.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import {
  CYCLE_STATES,
  SUBSCRIPTION_ACTIONS,
  SUBSCRIPTION_EVENTS,
  SUBSCRIPTION_KINDS,
  SUBSCRIPTION_REFUSALS,
  SUBSCRIPTION_STATUSES,
} from '../states/subscription.ts'
import { ON_FAILURE } from '../subscriptions/dunning.ts'
import { rhythm } from '../subscriptions/schedule.ts'
import { personal } from '../personal.ts'
import { meter } from './subscription-input.ts'
import { writtenPerson } from './written-person.ts'

const goods = z.array(z.object({ name: z.string(), unitPriceYen: z.int(), quantity: z.int(), taxRateBp: z.int() }))
export const taxPart = z.object({ rateBp: z.int(), amountYen: z.int(), taxYen: z.int() })

const attempt = z.object({
  method: z.enum(METHODS),
  orderNumber: z.string(),
  paymentId: z.nullable(z.string()),
  status: z.nullable(z.enum(PAYMENT_STATUSES)),
  askedOn: z.string(),
  codes: z.array(z.string()),
})

export const subscriptionCycle = z.object({
  number: z.int(),
  state: z.enum(CYCLE_STATES),
  fallsOn: z.string(),
  chargeOn: z.string(),
  /** When it is tried next; null when nothing is planned. */
  dueOn: z.nullable(z.string()),
  /** Null while nobody has said what was used. */
  amountYen: z.nullable(z.int()),
  usage: z.nullable(z.int()),
  method: z.enum(METHODS),
  attempts: z.array(attempt),
})
export type SubscriptionCycle = z.infer<typeof subscriptionCycle>

/** A cycle to come, as it would be made up now. */
export const plannedCycle = z.object({
  number: z.int(),
  /** After moving from a holiday, where the rhythm says so. */
  fallsOn: z.string(),
  generateOn: z.string(),
  chargeOn: z.string(),
  amountYen: z.int(),
  taxes: z.array(taxPart),
})
export type PlannedCycle = z.infer<typeof plannedCycle>

export const subscriptionDetail = z.object({
  id: z.string(),
  code: z.string(),
  shopId: z.string(),
  kind: z.enum(SUBSCRIPTION_KINDS),
  method: z.enum(METHODS),
  status: z.enum(SUBSCRIPTION_STATUSES),
  customer: writtenPerson,
  goods,
  meter: z.nullable(meter),
  amountYen: z.int(),
  rhythm,
  generateDays: z.int(),
  chargeDays: z.int(),
  retryDays: z.array(z.int()),
  onFailure: z.enum(ON_FAILURE),
  fallbackMethod: z.nullable(z.enum(METHODS)),
  fallbackStore: z.nullable(z.enum(STORE_CODES)),
  card: z.nullable(z.object({ paymentId: z.string(), orderNumber: z.string() })),
  invoice: z.enum(['separate', 'bundled']),
  createdAt: z.string(),
  endsOn: z.nullable(z.string()),
  endedOn: z.nullable(z.string()),
  /** The day at the provider, by which all of this happens. */
  today: z.string(),
  /** The cycles to come, as far as they are sure; while it is paused, none. */
  planned: z.array(plannedCycle),
  /** Newest first. */
  cycles: z.array(subscriptionCycle),
  moreCycles: z.boolean(),
  events: z.array(
    z.object({
      at: z.string(),
      kind: z.enum(SUBSCRIPTION_EVENTS),
      /** A cycle's number, a day, a method, a reason: what the sentence needs. */
      detail: personal('tree', z.record(z.string(), z.string())),
      by: z.nullable(z.string()),
    }),
  ),
  actions: z.array(
    z.object({ action: z.enum(SUBSCRIPTION_ACTIONS), refusal: z.nullable(z.enum(SUBSCRIPTION_REFUSALS)) }),
  ),
})
export type SubscriptionDetail = z.infer<typeof subscriptionDetail>
