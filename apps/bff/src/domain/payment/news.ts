/** What a provider told us, freed of its wire format. Methods decide what it changes. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Yen } from '@choba/shared/money.ts'
import type { FeeLine, InvoiceDelivery, ScreeningResult, TaxLine } from './events.ts'

type SettlementNews =
  | {
      readonly kind: 'statement_line'
      readonly providerId?: string
      readonly statementNumber: string
      readonly line: number
      readonly closingOn: BusinessDate
      readonly payOn: BusinessDate
      readonly grossYen: Yen
      readonly fees: readonly FeeLine[]
    }
  | { readonly kind: 'statement_paid'; readonly statementNumber: string; readonly paidOn: BusinessDate }

type AnswerNews =
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  | { readonly kind: 'cancelled'; readonly by: 'merchant' | 'provider' }
  | { readonly kind: 'amount_changed'; readonly toYen: Yen }

type NpPostpaidNews =
  | {
      readonly kind: 'screening'
      readonly providerId: string
      readonly result: ScreeningResult
      readonly reasons: readonly string[]
      /** The answer to a screening that was asked for: one more attempt, also when it comes out the same. */
      readonly asked?: boolean
    }
  | {
      readonly kind: 'shipment_accepted'
      readonly carrierCode: string
      readonly slipNumber: string
      /** The day the parcel left, as the shop says; NP is not told. */
      readonly shippedOn?: BusinessDate
    }
  /** What of the order was corrected, and how it is billed and taxed now. */
  | {
      readonly kind: 'corrected'
      readonly fields: readonly string[]
      readonly amountYen: Yen
      readonly taxes: readonly TaxLine[]
    }
  | { readonly kind: 'claim_withdrawn'; readonly providerId: string; readonly toYen: Yen }
  | { readonly kind: 'registered_again'; readonly providerId: string; readonly toYen: Yen }
  | { readonly kind: 'reduction_dropped' }
  | {
      readonly kind: 'np_status'
      /** Which NP transaction it speaks of; a superseded one changes nothing. */
      readonly providerId?: string
      readonly state: 'active' | 'cancelled' | 'expired'
      readonly invoice: {
        readonly issuedOn: BusinessDate
        readonly dueOn: BusinessDate
        readonly inquiryNumber: string
        readonly reissue: number
        readonly delivery?: InvoiceDelivery
      } | null
      readonly disputed?: boolean
      readonly reminders: { readonly count: number; readonly lastOn: BusinessDate } | null
      readonly paid: { readonly on: BusinessDate; readonly place: string | null; readonly store: string | null } | null
      readonly arrivalOn: BusinessDate | null
    }

type CardNews =
  | {
      readonly kind: 'authorized'
      readonly providerId: string
      readonly transactionId: string | null
      readonly brand: string | null
    }
  | { readonly kind: 'captured'; readonly amountYen: Yen }
  | { readonly kind: 'refunded'; readonly totalYen: Yen }

type ConvenienceStoreNews =
  | {
      readonly kind: 'slip_issued'
      readonly providerId: string
      readonly transactionId: string | null
      readonly store: string
      readonly numbers: readonly string[]
      readonly payBy: BusinessDate
    }
  | { readonly kind: 'deposit'; readonly certainty: 'preliminary' | 'definite'; readonly totalYen: Yen }
  | { readonly kind: 'slip_expired' }

/** What a person did outside every provider and says so. */
type HandNews = {
  readonly kind: 'owed_returned'
  readonly returnId: string
  readonly amountYen: Yen
  readonly on: BusinessDate
  readonly reference: string
}

export type ProviderNews = HandNews | SettlementNews | AnswerNews | NpPostpaidNews | CardNews | ConvenienceStoreNews

/** News with the instant at which it was true by the provider's clock, ISO 8601 in UTC. */
export type DatedNews = { readonly at: string; readonly news: ProviderNews }
