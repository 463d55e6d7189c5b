/** What a provider gives a shop that prints the provider's invoice itself, to go with the goods. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Connection } from '../core/connection.ts'

export type PrintData = {
  readonly providerId: string
  /** What the provider bills; the invoice must say the same. */
  readonly amountYen: number
  readonly issuedOn: BusinessDate
  readonly dueOn: BusinessDate
  /** By which the customer's questions find the invoice. */
  readonly inquiryNumber: string
  /** The digits below a slip's bar code; null where stores do not take the amount. */
  readonly storePaymentNumber: string | null
  readonly bank: {
    readonly bank: string
    readonly branch: string
    readonly type: string
    readonly number: string
    readonly holder: string
  }
}

export type PrintAnswer =
  | { readonly kind: 'data'; readonly data: PrintData }
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  /** The provider could not be asked, or did not speak of this one. */
  | { readonly kind: 'unanswered'; readonly cause: string }

/** Answers for each of the provider's ids, whatever happens. */
export type AskPrintData = (
  connection: Connection,
  providerIds: readonly string[],
) => Promise<ReadonlyMap<string, PrintAnswer>>
