/** The lines NP prints on a statement. Fractions of a yen are dropped, once for each fee and once for its tax; since April 2025 all of it is assumed. */
import { addYen, negateYen, shareRoundedDown, type Yen, yen } from '@choba/shared/money.ts'
import type { TaxClass } from '@choba/shared/tax-classes.ts'
import type { NpFeeKind, NpStatementFee, NpStatementLine } from '@choba/wire/np/statement-line.ts'
import { lineTransferYen, negatedFees } from '@choba/wire/statement/line.ts'
import { contractOn, type NpContract } from './contract.ts'
import type { NpRecord } from './record.ts'

/** In basis points of the amount without tax. */
const TAX_RATE_BP: Readonly<Record<TaxClass, number>> = {
  taxable10: 1_000,
  taxable8: 800,
  non_taxable: 0,
  out_of_scope: 0,
}

/** Priced by the contract of the day of the shipment report. */
export function saleLine(contracts: readonly NpContract[], record: NpRecord): NpStatementLine {
  const { transaction, shipment } = record
  const contract = contractOn(contracts, shipment!.shippedOn)
  return settled({
    kind: 'sale',
    npTransactionId: record.npId,
    shopTransactionId: transaction.shopTransactionId,
    customerName: transaction.customer.name,
    shippedOn: shipment!.shippedOn,
    grossYen: transaction.billedAmountYen,
    fees: saleFees(contract, transaction.billedAmountYen, transaction.settlementType === '03'),
    note: '',
  })
}

/** A sale that came back after its payout: everything of its line, turned. */
export function cancellationLine(line: NpStatementLine): NpStatementLine {
  return {
    ...line,
    kind: 'cancellation',
    grossYen: negateYen(line.grossYen),
    fees: negatedFees(line.fees),
    transferYen: negateYen(line.transferYen),
  }
}

export function monthlyFeeLine(contract: NpContract, month: string): NpStatementLine {
  const charged = fee('monthly', contract.taxClasses.monthly, yen(contract.monthlyFeeYen))
  return settled({ ...OF_STATEMENT, kind: 'monthly_fee', grossYen: yen(0), fees: [charged], note: `${month} 月額費用` })
}

export function amountLine(kind: 'adjustment' | 'carry_over', grossYen: Yen, note: string): NpStatementLine {
  return settled({ ...OF_STATEMENT, kind, grossYen, fees: [], note })
}

const OF_STATEMENT = { npTransactionId: '', shopTransactionId: '', customerName: '', shippedOn: null } as const

function saleFees(contract: NpContract, billedYen: Yen, bundled: boolean): NpStatementFee[] {
  const { rate, postage } = contract.taxClasses
  const rateYen = shareRoundedDown(billedYen, contract.feeRateBp)
  const postageYen = yen(bundled ? contract.bundledPostageYen : contract.invoicePostageYen)
  const fees =
    contract.layout === 'old'
      ? [fee('rate', rate, addYen(rateYen, postageYen))]
      : [fee('rate', rate, rateYen), fee('postage', postage, postageYen)]
  return fees.filter((each) => each.amountYen !== 0)
}

function fee(kind: NpFeeKind, taxClass: TaxClass, amountYen: Yen): NpStatementFee {
  return { kind, taxClass, amountYen, taxYen: shareRoundedDown(amountYen, TAX_RATE_BP[taxClass]) }
}

function settled(line: Omit<NpStatementLine, 'transferYen'>): NpStatementLine {
  return { ...line, transferYen: lineTransferYen(line) }
}
