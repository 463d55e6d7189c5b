import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { paymentLinkFilter, paymentLinkPageQuery, paymentLinkView } from '../filters/payment-links.ts'
import { METHODS, SITES } from '../methods.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { PAYMENT_LINK_EVENTS, PAYMENT_LINK_STATES } from '../states/payment-link.ts'
import { orderGoods } from './orders.ts'
import { exportChoice } from '../filters/export.ts'
import { isMasked, personal } from '../personal.ts'

export const paymentLinkRow = z.object({
  id: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  itemName: z.string(),
  customerName: personal('name', z.string()),
  /** Tax included. */
  amountYen: z.int(),
  /** What the customer may choose from. */
  methods: z.array(z.enum(METHODS)),
  state: z.enum(PAYMENT_LINK_STATES),
  /** What the customer chose; null until the provider's notice says it. */
  method: z.nullable(z.enum(METHODS)),
  site: z.nullable(z.enum(SITES)),
  createdAt: z.string(),
  expiresAt: z.string(),
  openedAt: z.nullable(z.string()),
  paymentId: z.nullable(z.string()),
})
export type PaymentLinkRow = z.infer<typeof paymentLinkRow>

const paymentLinkEvent = z.object({
  at: z.string(),
  kind: z.enum(PAYMENT_LINK_EVENTS),
  /** `success`, `cancel`, `error` of a return; the result code of a notice; the reason of a refusal; a site. */
  detail: z.string(),
})

export const paymentLinkDetail = z.extend(paymentLinkRow, {
  /** What the customer is sent. */
  url: z.string(),
  email: personal('email', z.string()),
  phone: personal('phone', z.string()),
  createdBy: z.string(),
  opens: z.int(),
  /** The provider's code of the last refusal. */
  faultCode: z.nullable(z.string()),
  paymentStatus: z.nullable(z.enum(PAYMENT_STATUSES)),
  recurring: z.nullable(z.object({ firstMonth: z.enum(['charged', 'free']), lastMonth: z.nullable(z.string()) })),
  /** What the link began. */
  subscriptionId: z.nullable(z.string()),
  events: z.array(paymentLinkEvent),
})
export type PaymentLinkDetail = z.infer<typeof paymentLinkDetail>

export const paymentLinkTotals = z.object({
  count: z.int(),
  amountYen: z.int(),
  byState: z.array(z.object({ state: z.enum(PAYMENT_LINK_STATES), count: z.int(), amountYen: z.int() })),
})
export type PaymentLinkTotals = z.infer<typeof paymentLinkTotals>

const recurring = z.object({
  /** Whether the month of the purchase is charged. */
  firstMonth: z.enum(['charged', 'free']),
  /** Charged for the last time; null until somebody stops it. */
  lastMonth: z.nullable(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))),
})

const customer = z.object({
  name: z.string().check(
    z.minLength(1),
    z.maxLength(21),
    z.refine((said) => !isMasked(said), 'masked'),
  ),
  kana: z._default(z.string().check(z.maxLength(50)), ''),
  email: z._default(z.string().check(z.regex(/^$|^[A-Za-z0-9@._+-]{3,100}$/)), ''),
  phone: z._default(z.string().check(z.regex(/^$|^[0-9-]{9,14}$/)), ''),
  zip: z._default(z.string().check(z.regex(/^$|^\d{3}-?\d{4}$/)), ''),
  address: z._default(z.string().check(z.maxLength(110)), ''),
})

export const paymentLinkInput = z.object({
  /** The same key with the same content is the same link. */
  idempotencyKey: z.string().check(z.regex(/^[\w.:-]{8,100}$/)),
  shopId: z.uuid(),
  orderNumber: z.string().check(z.regex(/^[0-9A-Za-z_-]{1,38}$/)),
  amountYen: z.int().check(z.gte(1), z.lte(9_999_999)),
  goods: orderGoods,
  customer,
  methods: z.array(z.enum(METHODS)).check(z.minLength(1), z.maxLength(METHODS.length)),
  /** Charged each month by the provider, to a card; null when it is paid once. */
  recurring: z._default(z.nullable(recurring), null),
  expiresInDays: z._default(z.int().check(z.gte(1), z.lte(60)), 14),
})
export type PaymentLinkInput = z.output<typeof paymentLinkInput>

const exportQuery = z.extend(paymentLinkView, {
  ...exportChoice,
})

export const paymentLinks = {
  list: contract({
    method: 'GET',
    path: '/api/payment-links',
    permission: 'sales.read',
    query: paymentLinkPageQuery,
    response: z.object({ items: z.array(paymentLinkRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/payment-links/totals',
    permission: 'sales.read',
    query: paymentLinkFilter,
    response: paymentLinkTotals,
  }),
  /** Shops that can send links, with the methods each can offer. */
  options: contract({
    method: 'GET',
    path: '/api/payment-links/options',
    permission: 'orders.create',
    response: z.object({ shops: z.array(z.object({ shopId: z.string(), methods: z.array(z.enum(METHODS)) })) }),
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/payment-links/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: paymentLinkTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
  get: contract({
    method: 'GET',
    path: '/api/payment-links/:id',
    permission: 'sales.read',
    response: paymentLinkDetail,
    errors: ['resource.not_found'],
  }),
  create: contract({
    method: 'POST',
    path: '/api/payment-links',
    permission: 'orders.create',
    body: paymentLinkInput,
    response: paymentLinkDetail,
    errors: ['resource.not_found', 'order.duplicate', 'idempotency.conflict', 'order.billing_not_contracted'],
  }),
  /** Nobody can begin a purchase afterwards; one that is under way is refused when the provider reports it. */
  cancel: contract({
    method: 'POST',
    path: '/api/payment-links/:id/cancel',
    permission: 'orders.create',
    body: z.object({}),
    response: paymentLinkDetail,
    errors: ['resource.not_found', 'link.not_live'],
  }),
  /** What to write to the customer, ready to be sent by the clerk's own mail program. */
  mail: contract({
    method: 'GET',
    path: '/api/payment-links/:id/mail',
    permission: 'orders.create',
    query: z.object({ language: z._default(z.enum(['ja', 'en']), 'ja') }),
    response: z.object({ to: personal('email', z.string()), subject: z.string(), body: personal('text', z.string()) }),
    errors: ['resource.not_found', 'link.not_live'],
  }),
} as const

export const PAYMENT_LINK_EXPORT_PATH = '/api/payment-links/export.csv'
export const paymentLinkExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(z.enum(['geta'])),
})
export type PaymentLinkExportQuery = z.output<typeof paymentLinkExportQuery>
