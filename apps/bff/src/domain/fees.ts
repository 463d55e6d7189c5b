/**
 * What a contract's fees come to. The rate and each charge are taken of the payment as it was sold; fractions of a yen
 * are dropped, once for each line and once for its tax, as NP's statements do (np-postpaid 3) and as [assumed] since April 2025.
 */
import { addYen, negateYen, shareRoundedDown, sumYen, type Yen, yen } from '@choba/shared/money.ts'
import type { TaxClass } from '@choba/shared/tax-classes.ts'
import type { FeeTerms } from '@choba/shared/terms.ts'
import type { FeeLine } from './payment/events.ts'

/** Consumption tax in basis points of the amount without tax. */
export const TAX_RATE_BP: Readonly<Record<TaxClass, number>> = {
  taxable10: 1_000,
  taxable8: 800,
  non_taxable: 0,
  out_of_scope: 0,
}

export type ChargedSale = {
  readonly amountYen: number
  /** How the invoice goes out; null where there is none. */
  readonly invoice: 'separate' | 'bundled' | null
}

/** The fee lines of one sale under these terms; a charge of nothing is no line. */
export function feesOf(terms: FeeTerms, { amountYen, invoice }: ChargedSale): FeeLine[] {
  const rateYen = shareRoundedDown(yen(amountYen), terms.rateBp)
  const invoiceYen = yen(invoicePriceYen(terms, invoice))
  const perPaymentYen = yen(terms.perPaymentYen)
  const { rate, perPayment = rate, invoice: invoiceClass } = terms.taxClass
  const lines: FeeLine[] =
    terms.lines === 'single'
      ? [fee('rate', rate, sumYen([rateYen, invoiceYen, perPaymentYen]))]
      : [
          fee('rate', rate, rateYen),
          fee('postage', invoiceClass, invoiceYen),
          fee('per_payment', perPayment, perPaymentYen),
        ]
  return lines.filter((line) => line.amountYen !== 0)
}

/**
 * What a refund gives back: its share of the rate; the charge for each payment stays, but for a store's payment that was
 * itself taken back [assumed]. Negative, as the statement prints it.
 */
export function returnedFeesOf(terms: FeeTerms, amountYen: number, method: string): FeeLine[] {
  const perPaymentYen = method === 'convenience_store' ? terms.perPaymentYen : 0
  const charged = feesOf({ ...terms, perPaymentYen }, { amountYen, invoice: null })
  return charged.map((line) => ({ ...line, amountYen: negateYen(line.amountYen), taxYen: negateYen(line.taxYen) }))
}

/** The fee for having the contract, once a month. */
export function monthlyFeeOf(terms: FeeTerms): FeeLine | undefined {
  if (terms.monthlyYen === 0) return undefined
  return fee('monthly', terms.taxClass.monthly, yen(terms.monthlyYen))
}

export function feeWithTaxYen(fees: readonly FeeLine[]): Yen {
  return sumYen(fees.map((each) => addYen(each.amountYen, each.taxYen)))
}

function invoicePriceYen(terms: FeeTerms, invoice: ChargedSale['invoice']): number {
  if (invoice === null) return 0
  return invoice === 'bundled' ? terms.perBundledInvoiceYen : terms.perInvoiceYen
}

function fee(kind: FeeLine['kind'], taxClass: TaxClass, amountYen: Yen): FeeLine {
  return { kind, taxClass, amountYen, taxYen: shareRoundedDown(amountYen, TAX_RATE_BP[taxClass]) }
}
