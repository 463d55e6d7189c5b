/** A page of the provider on which the customer pays: what the browser takes there, and what comes back on two ways. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Method } from '@choba/shared/methods.ts'
import type { Connection } from '../core/connection.ts'
import type { DatedNews } from '../domain/payment/news.ts'
import type { RawMessage } from './port.ts'

export type HostedPage = {
  /** Methods the provider's page can offer by this connection. */
  methodsOf(connection: Connection): readonly Method[]
  /** The form a browser posts to the provider. */
  purchase(connection: Connection, order: HostedOrder): HostedForm
  /** Reads what the provider reports from server to server: it decides. */
  readNotice(connection: Connection, body: Uint8Array): HostedRead
  /** Reads what the browser brought back: it only informs. */
  readReturn(connection: Connection, body: Uint8Array): HostedRead
  /** Asks whether a purchase that was accepted still stands. */
  standing(
    connection: Connection,
    purchase: { readonly linkId: string; readonly method: Method; readonly trackingId: string },
  ): Promise<HostedStanding>
  /** Has the provider charge no more; once it does not, that is as good. */
  stop(
    connection: Connection,
    contract: { readonly subscriptionId: string; readonly trackingId: string },
  ): Promise<HostedStop>
  acknowledge(refusal: string | null): HostedAck
}

export type HostedOrder = {
  readonly orderNumber: string
  readonly amountYen: number
  readonly taxYen: number
  readonly itemName: string
  readonly methods: readonly Method[]
  readonly customer: {
    readonly name: string
    readonly kana: string
    readonly email: string
    readonly phone: string
    readonly zip: string
    readonly address: string
  }
  readonly isMobilePhone: boolean
  /** Charged each month by the provider; null when it is paid once. `lastMonth` is YYYY-MM. */
  readonly recurring: { readonly firstMonth: 'charged' | 'free'; readonly lastMonth: string | null } | null
  /** By the provider's clock. */
  readonly requestedAt: Date
  readonly urls: { readonly success: string; readonly cancel: string; readonly error: string; readonly notice: string }
}

export type HostedForm = {
  readonly action: string
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>
}

/** What became of a purchase. */
export type HostedResult =
  /** It will stand once we say so; `news` is what a payment of this method then knows. */
  | { readonly kind: 'accepted'; readonly method: Method; readonly news: readonly DatedNews[]; readonly on: ProviderOf }
  | { readonly kind: 'failed' }
  | { readonly kind: 'deposit'; readonly totalYen: number }
  | { readonly kind: 'expired' }
  /** The provider charges no more by itself. */
  | { readonly kind: 'recurring' }

/** Whose account the payment runs on afterwards: the connection of the page, or the shop's own of another provider. */
export type ProviderOf = { readonly provider: 'same' } | { readonly provider: string; readonly method: Method }

export type HostedRead =
  | {
      readonly kind: 'result'
      readonly code: string
      readonly orderNumber: string
      readonly amountYen: number
      readonly trackingId: string
      /** By which the payment is known to its provider from now on. */
      readonly providerId: string
      readonly faultCode: string
      readonly uniqueKey: string
      readonly saidAt: string
      /** The day of the charge, or of the result where there was none. */
      readonly chargedOn: BusinessDate
      readonly result: HostedResult
    }
  /** `orderNumber` is what it says, which nobody has signed. */
  | { readonly kind: 'refused'; readonly reason: string; readonly orderNumber?: string }

export type HostedStanding =
  | { readonly kind: 'stands' }
  /** The provider has taken it back; the message says so when it is kept and applied. */
  | { readonly kind: 'undone'; readonly message: RawMessage }
  | { readonly kind: 'unknown'; readonly cause: string }

export type HostedStop =
  | { readonly kind: 'stopped'; readonly at: string }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly cause: string }

export type HostedAck = { readonly contentType: string; readonly body: Uint8Array }
