/** The lines SBPS prints on a statement. Fractions of a yen are dropped, once for each fee and once for its tax [assumed]. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { negateYen, shareRoundedDown, type Yen, yen } from '@choba/shared/money.ts'
import type { TaxClass } from '@choba/shared/tax-classes.ts'
import type { SbpsFeeKind, SbpsFixedFee, SbpsStatementLine } from '@choba/wire/sbps/statement-line.ts'
import type { SbpsPayMethod } from '@choba/wire/sbps/statements.ts'
import { lineTransferYen, negatedFees, type StatementFee } from '@choba/wire/statement/line.ts'
import type { SbpsContract } from './contract.ts'

/** In basis points of the amount without tax. */
const TAX_RATE_BP: Readonly<Record<TaxClass, number>> = {
  taxable10: 1_000,
  taxable8: 800,
  non_taxable: 0,
  out_of_scope: 0,
}

export type Traded = {
  readonly payMethod: SbpsPayMethod
  readonly trackingId: string
  readonly orderNumber: string
  readonly soldOn: BusinessDate
  readonly amountYen: number
}

export function saleLine(contract: SbpsContract, sold: Traded): SbpsStatementLine {
  return traded('sale', sold, yen(sold.amountYen), saleFees(contract, sold.amountYen))
}

/**
 * A refund with every amount negative. Its share of the rate is given back; the sum for each payment only where the
 * payment itself was taken back, as a convenience store's report can be [assumed].
 */
export function refundLine(contract: SbpsContract, sold: Traded): SbpsStatementLine {
  const feePerPaymentYen = sold.payMethod === 'webcvs' ? contract.feePerPaymentYen : 0
  const fees = saleFees({ ...contract, feePerPaymentYen }, sold.amountYen)
  return traded('cancellation', sold, negateYen(yen(sold.amountYen)), negatedFees(fees))
}

export function monthlyFeeLine(contract: SbpsContract, payMethod: SbpsPayMethod, month: string): SbpsStatementLine {
  const charged = fee('monthly', contract.taxClasses.monthly, yen(contract.monthlyFeeYen))
  return own('monthly_fee', payMethod, yen(0), { month, carried: 0 }, [charged], `${monthWord(month)} 月額費用`)
}

/** An earlier month's fee that this closing takes up again. */
export function broughtLine(payMethod: SbpsPayMethod, owed: OwedFee): SbpsStatementLine {
  const { month, carried, owedYen } = owed
  const note = `${monthWord(month)} 月額費用（繰越${carried}回目）`
  return own('carry_over', payMethod, negateYen(owedYen), { month, carried }, [], note)
}

/** A fee that this closing does not take: it goes on to the next month, or to an invoice. */
export function leftLine(kind: 'carry_over' | 'invoiced', payMethod: SbpsPayMethod, owed: OwedFee): SbpsStatementLine {
  const { month, carried, owedYen } = owed
  const words = kind === 'invoiced' ? '請求書にてご請求' : '翌月へ繰越'
  return own(kind, payMethod, owedYen, { month, carried }, [], `${monthWord(month)} 月額費用 ${words}`)
}

export type OwedFee = SbpsFixedFee & {
  /** Tax included. */
  readonly owedYen: Yen
}

export function owedOf(line: SbpsStatementLine, month: string): OwedFee {
  return { month, carried: 0, owedYen: negateYen(line.transferYen) }
}

function saleFees(contract: SbpsContract, amountYen: number): Array<StatementFee<SbpsFeeKind>> {
  const { rate, perPayment } = contract.taxClasses
  return [
    fee('rate', rate, shareRoundedDown(yen(amountYen), contract.feeRateBp)),
    fee('per_payment', perPayment, yen(contract.feePerPaymentYen)),
  ]
}

function traded(
  kind: 'sale' | 'cancellation',
  { payMethod, trackingId, orderNumber, soldOn }: Traded,
  grossYen: Yen,
  all: ReadonlyArray<StatementFee<SbpsFeeKind>>,
): SbpsStatementLine {
  const fees = all.filter((each) => each.amountYen !== 0)
  const line = { kind, payMethod, trackingId, orderNumber, soldOn, grossYen, fees, fixedFee: null, note: '' }
  return { ...line, transferYen: lineTransferYen(line) }
}

function own(
  kind: 'monthly_fee' | 'carry_over' | 'invoiced',
  payMethod: SbpsPayMethod,
  grossYen: Yen,
  fixedFee: SbpsFixedFee,
  fees: SbpsStatementLine['fees'],
  note: string,
): SbpsStatementLine {
  const line = { kind, payMethod, trackingId: '', orderNumber: '', soldOn: null, grossYen, fees, fixedFee, note }
  return { ...line, transferYen: lineTransferYen(line) }
}

function fee<Kind extends SbpsFeeKind>(kind: Kind, taxClass: TaxClass, amountYen: Yen): StatementFee<Kind> {
  return { kind, taxClass, amountYen, taxYen: shareRoundedDown(amountYen, TAX_RATE_BP[taxClass]) }
}

/** `2026年10月` */
function monthWord(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`
}
