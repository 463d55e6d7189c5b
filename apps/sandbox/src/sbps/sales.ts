/**
 * Sales and refunds on their way to the merchant: closings by the contract's cycle, statements, transfers. All of it is
 * assumed: cycles, rates and layouts are contract matters that are not public.
 */
import { addDays, addMonths, atTime, type BusinessDate, dayOf, endOfMonth } from '@choba/shared/dates.ts'
import { shareRoundedDown, yen } from '@choba/shared/money.ts'
import type { SbpsPayMethod, SbpsStatement, SbpsStatementLine } from '@choba/wire/sbps/statements.ts'
import type { SbpsAccount, SbpsCardContract, SbpsStoreContract } from '../accounts.ts'
import { rolled } from '../business-days.ts'
import { accountId, type PaymentHead, type Sbps } from './records.ts'

/** Statements are made in the small hours after the closing day, transfers in the morning of the payment day. */
const CLOSING_HOUR = 3
const TRANSFER_HOUR = 9
const CONSUMPTION_TAX_BP = 1_000

export type Sale = SbpsStatementLine & {
  readonly id: string
  readonly account: string
  readonly statementNumber?: string
}

export type Statement = SbpsStatement & { readonly account: string }

type Closing = { readonly account: string; readonly payMethod: SbpsPayMethod; readonly closingOn: BusinessDate }

/** `amountYen` is positive for a refund too; the line then carries it negative, its fee given back. */
export function recordSale(
  sbps: Sbps,
  account: SbpsAccount,
  payment: PaymentHead & { readonly method: SbpsPayMethod },
  kind: 'sale' | 'refund',
  amountYen: number,
  now: Date,
): void {
  const fee = feeOf(account, payment.method, amountYen)
  const sign = kind === 'refund' ? -1 : 1
  const sale: Sale = {
    id: String(sbps.store.nextNumber('sbps_sale')).padStart(10, '0'),
    account: accountId(account),
    payMethod: payment.method,
    trackingId: payment.trackingId,
    orderNumber: payment.orderId,
    kind,
    soldOn: dayOf(now),
    amountYen: signed(sign, amountYen),
    feeYen: signed(sign, fee.feeYen),
    feeTaxYen: signed(sign, fee.feeTaxYen),
    transferYen: signed(sign, amountYen - fee.feeYen - fee.feeTaxYen),
  }
  salesOf(sbps).put(sale.id, sale)
  planClosing(sbps, account, payment.method, sale.soldOn)
}

function signed(sign: 1 | -1, amount: number) {
  return yen(amount === 0 ? 0 : sign * amount)
}

export function feeOf(
  account: SbpsAccount,
  payMethod: SbpsPayMethod,
  amountYen: number,
): { feeYen: number; feeTaxYen: number } {
  const contract = contractOf(account, payMethod)
  const feeYen =
    payMethod === 'credit'
      ? shareRoundedDown(yen(amountYen), account.card.feeRateBp)
      : account.convenienceStore.feePerPaymentYen
  const feeTaxYen = contract.feeTaxClass === 'taxable10' ? shareRoundedDown(yen(feeYen), CONSUMPTION_TAX_BP) : 0
  return { feeYen, feeTaxYen }
}

function contractOf(account: SbpsAccount, payMethod: SbpsPayMethod): SbpsCardContract | SbpsStoreContract {
  return payMethod === 'credit' ? account.card : account.convenienceStore
}

/** The closing day that takes a sale of `day`. */
export function closingDayOf(day: BusinessDate, closing: 'month_end' | 'twice_monthly'): BusinessDate {
  const middle = `${day.slice(0, 8)}15` as BusinessDate
  return closing === 'twice_monthly' && day <= middle ? middle : endOfMonth(day)
}

export function paymentDayOf(closingOn: BusinessDate, contract: SbpsCardContract | SbpsStoreContract): BusinessDate {
  const day = contract.payment === 'end_of_next_month' ? endOfMonth(addMonths(closingOn, 1)) : addDays(closingOn, 15)
  return rolled(day, contract.roll)
}

function planClosing(sbps: Sbps, account: SbpsAccount, payMethod: SbpsPayMethod, day: BusinessDate): void {
  const closingOn = closingDayOf(day, contractOf(account, payMethod).closing)
  const planned = sbps.store.table<true>('sbps_closing')
  const key = `${accountId(account)} ${payMethod} ${closingOn}`
  if (planned.get(key)) return
  planned.put(key, true)
  const closing: Closing = { account: accountId(account), payMethod, closingOn }
  sbps.schedule.at(atTime(addDays(closingOn, 1), CLOSING_HOUR), 'sbps.close', closing)
}

export function handleClosings(sbps: Sbps): void {
  sbps.schedule.on<Closing>('sbps.close', (closing) => close(sbps, closing))
  sbps.schedule.on<{ readonly statementNumber: string }>('sbps.transfer', ({ statementNumber }, now) => {
    const statements = statementsOf(sbps)
    const statement = statements.get(statementNumber)
    if (statement) statements.put(statementNumber, { ...statement, status: 'paid', transferredOn: dayOf(now) })
  })
}

function close(sbps: Sbps, { account: id, payMethod, closingOn }: Closing): void {
  const account = accountById(sbps, id)
  if (!account) return
  const lines = openSales(sbps, id, payMethod, closingOn)
  if (lines.length === 0) return
  const transferYen = totalOf(lines, 'transferYen')
  // Nothing to set the refunds off against: they are carried to the next closing.
  if (transferYen < 0) return planClosing(sbps, account, payMethod, addDays(closingOn, 1))
  const statementNumber = `${payMethod === 'credit' ? 'C' : 'W'}${id.replace('-', '')}-${closingOn.replaceAll('-', '')}`
  const paymentOn = paymentDayOf(closingOn, contractOf(account, payMethod))
  statementsOf(sbps).put(statementNumber, {
    account: id,
    statementNumber,
    payMethod,
    closedOn: closingOn,
    paymentOn,
    grossAmountYen: yen(totalOf(lines, 'amountYen')),
    transferAmountYen: yen(transferYen),
    status: 'closed',
    lineCount: lines.length,
  })
  for (const sale of lines) salesOf(sbps).put(sale.id, { ...sale, statementNumber })
  sbps.schedule.at(atTime(paymentOn, TRANSFER_HOUR), 'sbps.transfer', { statementNumber })
}

function openSales(sbps: Sbps, account: string, payMethod: SbpsPayMethod, closingOn: BusinessDate): Sale[] {
  const open: Sale[] = []
  for (const sale of salesOf(sbps).values()) {
    const here = sale.account === account && sale.payMethod === payMethod && sale.soldOn <= closingOn
    if (here && sale.statementNumber === undefined) open.push(sale)
  }
  return open
}

function totalOf(lines: readonly Sale[], field: 'amountYen' | 'transferYen'): number {
  let total = 0
  for (const line of lines) total += line[field]
  return total
}

export function listStatements(sbps: Sbps, account: SbpsAccount, closedFrom?: BusinessDate): Statement[] {
  return [...statementsOf(sbps).values()].filter(
    (statement) =>
      statement.account === accountId(account) && (closedFrom === undefined || statement.closedOn >= closedFrom),
  )
}

export function findStatement(sbps: Sbps, account: SbpsAccount, number: string): Statement | undefined {
  const statement = statementsOf(sbps).get(number)
  return statement?.account === accountId(account) ? statement : undefined
}

export function statementLines(sbps: Sbps, statementNumber: string): Sale[] {
  return [...salesOf(sbps).values()].filter((sale) => sale.statementNumber === statementNumber)
}

function salesOf(sbps: Sbps) {
  return sbps.store.table<Sale>('sbps_sale')
}

function statementsOf(sbps: Sbps) {
  return sbps.store.table<Statement>('sbps_statement')
}

function accountById(sbps: Sbps, id: string): SbpsAccount | undefined {
  return sbps.accounts.findSbps(id.slice(0, 5), id.slice(6))
}
