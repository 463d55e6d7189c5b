import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { day, manyOf } from '../filters/list.ts'
import { subscriptionFilter, subscriptionPageQuery, subscriptionView } from '../filters/subscriptions.ts'
import { METHODS } from '../methods.ts'
import { ATTENTIONS, CYCLE_STATES, SUBSCRIPTION_KINDS, SUBSCRIPTION_STATUSES } from '../states/subscription.ts'
import { RHYTHM_UNITS } from '../subscriptions/schedule.ts'
import { subscriptionDetail } from './subscription-detail.ts'
import { subscriptionActInput, subscriptionInput, usageInput } from './subscription-input.ts'
import { calendarAnswer, monthAnswer, previewAnswer } from './subscription-outlook.ts'
import { exportChoice } from '../filters/export.ts'
import { personal } from '../personal.ts'

/** One subscription. Amounts in yen, tax included. */
export const subscriptionRow = z.object({
  id: z.string(),
  /** The head of its cycles' order numbers. */
  code: z.string(),
  shopId: z.string(),
  kind: z.enum(SUBSCRIPTION_KINDS),
  method: z.enum(METHODS),
  status: z.enum(SUBSCRIPTION_STATUSES),
  customerName: personal('name', z.string()),
  itemName: z.string(),
  /** Of a cycle to come; for use that is metered, what is charged whatever the use. */
  amountYen: z.int(),
  rhythmUnit: z.enum(RHYTHM_UNITS),
  rhythmEvery: z.int(),
  rhythmDay: z.nullable(z.int()),
  nextNumber: z.int(),
  /** Null when there is no cycle to come, or nobody knows when. */
  nextOn: z.nullable(z.string()),
  attention: z.array(z.enum(ATTENTIONS)),
  createdAt: z.string(),
})
export type SubscriptionRow = z.infer<typeof subscriptionRow>

export const subscriptionTotals = z.object({
  count: z.int(),
  /** Of one cycle of each. */
  amountYen: z.int(),
  attention: z.int(),
})
export type SubscriptionTotals = z.infer<typeof subscriptionTotals>

const exportQuery = z.extend(subscriptionView, {
  ...exportChoice,
})

export const subscriptions = {
  list: contract({
    method: 'GET',
    path: '/api/subscriptions',
    permission: 'subscriptions.read',
    query: subscriptionPageQuery,
    response: z.object({ items: z.array(subscriptionRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/subscriptions/totals',
    permission: 'subscriptions.read',
    query: subscriptionFilter,
    response: subscriptionTotals,
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/subscriptions/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: subscriptionTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
  /** Each day's cycles, made up or planned. Counts and sums are exact; of the cycles themselves the first are told. */
  calendar: contract({
    method: 'GET',
    path: '/api/subscriptions/calendar',
    permission: 'subscriptions.read',
    query: z.object({ from: z.optional(day()), shop: z.optional(subscriptionFilter.shape.shop) }),
    response: calendarAnswer,
  }),
  /** What a month brings, and how it has gone so far. */
  month: contract({
    method: 'GET',
    path: '/api/subscriptions/month',
    permission: 'subscriptions.read',
    query: z.object({ month: z.optional(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))) }),
    response: monthAnswer,
    errors: ['request.invalid'],
  }),
  /** An order to begin from: whose, of what, and whether its card can be charged again. */
  basis: contract({
    method: 'GET',
    path: '/api/subscriptions/basis',
    permission: 'subscriptions.act',
    query: z.object({ shop: z.uuid(), orderNumber: z.string().check(z.minLength(1), z.maxLength(50)) }),
    response: z.object({
      paymentId: z.string(),
      method: z.enum(METHODS),
      chargeable: z.boolean(),
      amountYen: z.int(),
      customer: personal('tree', subscriptionInput.shape.customer),
      goods: z.array(z.object({ name: z.string(), unitPriceYen: z.int(), quantity: z.int(), taxRateBp: z.int() })),
    }),
    errors: ['resource.not_found', 'request.invalid'],
  }),
  /** What a subscription would do, before it is made. */
  preview: contract({
    method: 'POST',
    path: '/api/subscriptions/preview',
    permission: 'subscriptions.act',
    body: subscriptionInput,
    response: previewAnswer,
    errors: ['request.invalid', 'resource.not_found'],
  }),
  create: contract({
    method: 'POST',
    path: '/api/subscriptions',
    permission: 'subscriptions.act',
    body: subscriptionInput,
    response: subscriptionDetail,
    errors: ['request.invalid', 'resource.not_found', 'idempotency.conflict', 'order.billing_not_contracted'],
  }),
  /** How much was used, by subscription: all rows are taken or none. */
  tellUsage: contract({
    method: 'POST',
    path: '/api/subscriptions/usage',
    permission: 'subscriptions.act',
    body: usageInput,
    response: z.object({
      cycles: z.array(z.object({ id: z.string(), code: z.string(), number: z.int(), amountYen: z.int() })),
    }),
    errors: ['request.invalid', 'idempotency.conflict'],
  }),
  /** The subscription of a payment: which cycle it charges, or tried to. */
  ofPayment: contract({
    method: 'GET',
    path: '/api/subscriptions/of-payment/:id',
    permission: 'subscriptions.read',
    response: z.object({
      cycle: z.nullable(
        z.object({
          subscriptionId: z.string(),
          code: z.string(),
          status: z.enum(SUBSCRIPTION_STATUSES),
          number: z.int(),
          attempt: z.int(),
          state: z.enum(CYCLE_STATES),
          fallsOn: z.string(),
        }),
      ),
    }),
    errors: ['resource.not_found'],
  }),
  get: contract({
    method: 'GET',
    path: '/api/subscriptions/:id',
    permission: 'subscriptions.read',
    response: subscriptionDetail,
    errors: ['resource.not_found'],
  }),
  act: contract({
    method: 'POST',
    path: '/api/subscriptions/:id/act',
    permission: 'subscriptions.act',
    body: subscriptionActInput,
    response: subscriptionDetail,
    errors: ['resource.not_found', 'request.invalid', 'action.not_allowed', 'idempotency.conflict'],
  }),
} as const

export const SUBSCRIPTION_EXPORT_PATH = '/api/subscriptions/export.csv'
export const subscriptionExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type SubscriptionExportQuery = z.output<typeof subscriptionExportQuery>
