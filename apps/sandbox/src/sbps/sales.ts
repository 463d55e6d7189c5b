/**
 * Sales and refunds on their way to the merchant: closings by the contract's cycle, statements, transfers. All of it is
 * assumed: cycles, rates and layouts are contract matters that are not public.
 */
import { addDays, atTime, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { Yen } from '@choba/shared/money.ts'
import type { SbpsStatementLine } from '@choba/wire/sbps/statement-line.ts'
import type { SbpsPayMethod, SbpsStatement } from '@choba/wire/sbps/statements.ts'
import { statementTotals } from '@choba/wire/statement/line.ts'
import type { SbpsAccount } from '../accounts.ts'
import { closingDayOf, contractOn, isLastOfMonth, paymentDayOf, type SbpsContract } from './contract.ts'
import { closeFixedFees, owesFixedFees } from './fixed-fees.ts'
import { accountId, type PaymentHead, type Sbps } from './records.ts'
import { refundLine, saleLine } from './statement-lines.ts'

/** Statements are made in the small hours after the closing day, transfers in the morning of the payment day. */
const CLOSING_HOUR = 3
const TRANSFER_HOUR = 9
const PAY_METHODS = ['credit', 'webcvs'] as const

export type Sale = {
  readonly id: string
  readonly account: string
  readonly payMethod: SbpsPayMethod
  readonly soldOn: BusinessDate
  readonly line: SbpsStatementLine
  readonly statementNumber?: string
}

type EarlierSale = Omit<Sale, 'line'> & {
  readonly trackingId: string
  readonly orderNumber: string
  readonly kind: 'sale' | 'refund'
  readonly amountYen: Yen
  readonly feeYen: Yen
  readonly feeTaxYen: Yen
  readonly transferYen: Yen
}

export type Statement = SbpsStatement & {
  readonly account: string
  /** Lines of the statement itself, after its sales. */
  readonly own?: readonly SbpsStatementLine[]
}

type Closing = { readonly account: string; readonly payMethod: SbpsPayMethod; readonly closingOn: BusinessDate }

/** From its first look at the portal or its first sale on, a merchant is charged by the month. */
export function beginService(sbps: Sbps, account: SbpsAccount, now: Date): void {
  for (const payMethod of PAY_METHODS) {
    const contract = contractOn(contractsOf(account, payMethod), dayOf(now))
    if (contract.monthlyFeeYen > 0) planClosing(sbps, account, payMethod, dayOf(now))
  }
}

/** `amountYen` is positive for a refund too; the line then carries it negative. */
export function recordSale(
  sbps: Sbps,
  account: SbpsAccount,
  payment: PaymentHead & { readonly method: SbpsPayMethod },
  kind: 'sale' | 'refund',
  amountYen: number,
  now: Date,
): void {
  const { method: payMethod, trackingId, orderId: orderNumber } = payment
  const soldOn = dayOf(now)
  const traded = { payMethod, trackingId, orderNumber, soldOn, amountYen }
  const contracts = contractsOf(account, payMethod)
  // A refund gives back what the sale was charged, so by the contract of its day.
  const pricedOn = kind === 'sale' ? soldOn : (saleDayOf(sbps, trackingId) ?? soldOn)
  const contract = contractOn(contracts, pricedOn)
  const sale: Sale = {
    id: String(sbps.store.nextNumber('sbps_sale')).padStart(10, '0'),
    account: accountId(account),
    payMethod,
    soldOn,
    line: kind === 'sale' ? saleLine(contract, traded) : refundLine(contract, traded),
  }
  salesOf(sbps).put(sale.id, sale)
  planClosing(sbps, account, payMethod, soldOn)
}

function saleDayOf(sbps: Sbps, trackingId: string): BusinessDate | undefined {
  return [...salesOf(sbps).values()].find((sale) => lineOf(sale).trackingId === trackingId)?.soldOn
}

function contractsOf(account: SbpsAccount, payMethod: SbpsPayMethod): readonly SbpsContract[] {
  return payMethod === 'credit' ? account.card : account.convenienceStore
}

function planClosing(sbps: Sbps, account: SbpsAccount, payMethod: SbpsPayMethod, day: BusinessDate): void {
  const closingOn = closingDayOf(contractOn(contractsOf(account, payMethod), day), day)
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
  const contracts = contractsOf(account, payMethod)
  const contract = contractOn(contracts, closingOn)
  const open = openSales(sbps, id, payMethod, closingOn)
  const leftYen = open.reduce((sum, sale) => sum + lineOf(sale).transferYen, 0)
  // Nothing to set the refunds off against: they wait for the next closing.
  const sales = leftYen < 0 ? [] : open
  const place = { account: id, payMethod }
  const month = closingOn.slice(0, 7)
  const own = isLastOfMonth(contracts, closingOn)
    ? closeFixedFees(sbps, place, contract, { month, availableYen: Math.max(0, leftYen) })
    : []
  if (leftYen < 0 || contract.monthlyFeeYen > 0 || owesFixedFees(sbps, place))
    planClosing(sbps, account, payMethod, addDays(closingOn, 1))
  if (sales.length + own.length === 0) return
  const lines = [...sales.map((sale) => lineOf(sale)), ...own]
  const totals = statementTotals(lines)
  const statementNumber = `${payMethod === 'credit' ? 'C' : 'W'}${id.replace('-', '')}-${closingOn.replaceAll('-', '')}`
  const paymentOn = paymentDayOf(contract, closingOn)
  statementsOf(sbps).put(statementNumber, {
    account: id,
    statementNumber,
    payMethod,
    closedOn: closingOn,
    paymentOn,
    grossAmountYen: totals.grossYen,
    transferAmountYen: totals.transferYen,
    status: 'closed',
    lineCount: lines.length,
    own,
  })
  for (const sale of sales) salesOf(sbps).put(sale.id, { ...sale, statementNumber })
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

export function statementLines(sbps: Sbps, { statementNumber, own = [] }: Statement): SbpsStatementLine[] {
  const sales = [...salesOf(sbps).values()].filter((sale) => sale.statementNumber === statementNumber)
  return [...sales.map((sale) => lineOf(sale)), ...own]
}

/** A sale kept by an earlier version stands without its line: one fee, and an amount that is negative on a refund. */
function lineOf(sale: Sale | EarlierSale): SbpsStatementLine {
  if ('line' in sale) return sale.line
  const { payMethod, trackingId, orderNumber, soldOn, amountYen, feeYen, feeTaxYen, transferYen } = sale
  const kind = payMethod === 'credit' ? ('rate' as const) : ('per_payment' as const)
  const taxClass = feeTaxYen === 0 ? ('non_taxable' as const) : ('taxable10' as const)
  return {
    kind: sale.kind === 'refund' ? 'cancellation' : 'sale',
    payMethod,
    trackingId,
    orderNumber,
    soldOn,
    grossYen: amountYen,
    fees: feeYen === 0 ? [] : [{ kind, taxClass, amountYen: feeYen, taxYen: feeTaxYen }],
    transferYen,
    fixedFee: null,
    note: '',
  }
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
