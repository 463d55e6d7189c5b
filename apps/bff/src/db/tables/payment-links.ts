import type { Method, Site } from '@choba/shared/methods.ts'
import type { PaymentLinkEvent, PaymentLinkState } from '@choba/shared/states/payment-link.ts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export type LinkCustomer = {
  readonly name: string
  readonly kana: string
  readonly email: string
  readonly phone: string
  readonly zip: string
  readonly address: string
}
export type LinkGoods = {
  readonly name: string
  readonly unitPriceYen: number
  readonly quantity: number
  readonly taxRateBp: number
}

/** Charged each month by the provider. `lastMonth` is YYYY-MM. */
export type LinkRecurring = { readonly firstMonth: 'charged' | 'free'; readonly lastMonth: string | null }

export interface PaymentLinkTable {
  merchantId: string
  linkId: string
  shopId: string
  connectionId: string
  token: string
  orderNumber: string
  amountYen: number
  itemName: string
  goods: JSONColumnType<LinkGoods[]>
  customer: JSONColumnType<LinkCustomer>
  customerName: string
  methods: Method[]
  state: PaymentLinkState
  method: Method | null
  site: Site | null
  openedAt: Date | null
  opens: Generated<number>
  faultCode: string | null
  trackingId: string | null
  paymentId: string | null
  recurring: ColumnType<LinkRecurring | null, string | null, never>
  subscriptionId: string | null
  idempotencyKey: string
  requestHash: string
  createdBy: string
  createdAt: Date
  expiresAt: Date
}

export interface PaymentLinkEventTable {
  merchantId: string
  linkId: string
  eventId: string
  at: Date
  kind: PaymentLinkEvent
  detail: Generated<string>
}
