/** Guaranteed replacement payment: arrived sales close by cycle onto a statement, which is paid on its payment day whether or not the customer paid. */
import { atTime, dayOf, type BusinessDate } from '@choba/shared/dates.ts'
import { addYen, negateYen, shareRoundedDown, subtractYen, yen } from '@choba/shared/money.ts'
import { negatedFees, statementTotals, type NpStatementLine } from '@choba/wire/np/statement-line.ts'
import type { NpContract } from '../accounts.ts'
import { nextClosing, paymentDay } from './closing-cycle.ts'
import { accountOf, amend, type NpBook, type NpRecord, type PayoutItem } from './record.ts'

const FEE_TAX_BP = 1_000
type ClosingTask = { readonly merchantCode: string; readonly closingOn: BusinessDate }
type TransferTask = { readonly statementNumber: string }

export function registerPayoutTasks(book: NpBook): void {
  book.deps.schedule.on<ClosingTask>('np.closing', (task) => close(book, task))
  book.deps.schedule.on<TransferTask>('np.transfer', (task, now) => transfer(book, task.statementNumber, dayOf(now)))
}

/** An arrived sale, or the return of one that was already closed, waits for the next closing. */
export function awaitClosing(book: NpBook, record: NpRecord, kind: PayoutItem['kind']): void {
  book.payoutItems.put(`${kind}/${record.npId}`, { merchantCode: record.merchantCode, npId: record.npId, kind })
  scheduleClosing(book, record.merchantCode, dayOf(book.deps.clock.now()))
}

export function leaveClosing(book: NpBook, record: NpRecord): void {
  book.payoutItems.delete(`sale/${record.npId}`)
}

/** Fee by rate plus the invoice's postage in one column, its tax rounded down per line, as the old statement had them. */
export function payoutLine(contract: NpContract, record: NpRecord): NpStatementLine {
  const { transaction } = record
  const feeYen = addYen(
    shareRoundedDown(transaction.billedAmountYen, contract.feeRateBp),
    yen(contract.invoicePostageYen),
  )
  const feeTaxYen = shareRoundedDown(feeYen, FEE_TAX_BP)
  return {
    kind: 'sale',
    npTransactionId: record.npId,
    shopTransactionId: transaction.shopTransactionId,
    customerName: transaction.customer.name,
    shippedOn: record.shipment?.shippedOn ?? null,
    grossYen: transaction.billedAmountYen,
    fees: [{ kind: 'rate', taxClass: 'taxable10', amountYen: feeYen, taxYen: feeTaxYen }],
    transferYen: subtractYen(transaction.billedAmountYen, addYen(feeYen, feeTaxYen)),
    note: '',
  }
}

function scheduleClosing(book: NpBook, merchantCode: string, from: BusinessDate): void {
  const closingOn = nextClosing(accountOf(book, merchantCode).contract.closing, from)
  const key = `${merchantCode}/${closingOn}`
  if (book.closings.get(key)) return
  book.closings.put(key, closingOn)
  book.deps.schedule.at(atTime(closingOn, 23, 59), 'np.closing', { merchantCode, closingOn })
}

function close(book: NpBook, { merchantCode, closingOn }: ClosingTask): void {
  const { contract } = accountOf(book, merchantCode)
  const entries = [...book.payoutItems.entries()].filter(([, item]) => item.merchantCode === merchantCode)
  const items = entries
    .map(([key, item]) => ({ key, record: book.records.get(item.npId), kind: item.kind }))
    .filter((item) => item.record !== undefined)
  items.sort((a, b) => (a.kind === b.kind ? (a.key < b.key ? -1 : 1) : a.kind === 'sale' ? -1 : 1))
  const lines = items.map(({ record, kind }) =>
    kind === 'sale' ? payoutLine(contract, record!) : negated(record!.payout!.line),
  )
  if (lines.length === 0) return
  const totals = statementTotals(lines)
  // Assumed: a closing in the merchant's debt is carried over whole until sales cover it.
  if (totals.transferYen < 0) return scheduleClosing(book, merchantCode, dayAfter(closingOn))
  const number = book.deps.store.nextNumber(`np_statement_${closingOn}`)
  const statementNumber = `NP${closingOn.replaceAll('-', '')}${String(number).padStart(4, '0')}`
  const paymentOn = paymentDay(contract, closingOn)
  book.statements.put(statementNumber, {
    statementNumber,
    merchantCode,
    closedOn: closingOn,
    paymentOn,
    grossAmountYen: totals.grossYen,
    transferAmountYen: totals.transferYen,
    status: 'closed',
    lineCount: lines.length,
    lines,
  })
  items.forEach(({ key, record, kind }, index) => {
    book.payoutItems.delete(key)
    if (kind === 'sale') amend(book, record!, { payout: { closedOn: closingOn, statementNumber, line: lines[index]! } })
  })
  book.deps.schedule.at(atTime(paymentOn, 10), 'np.transfer', { statementNumber })
}

function transfer(book: NpBook, statementNumber: string, transferredOn: BusinessDate): void {
  const statement = book.statements.get(statementNumber)
  if (statement) book.statements.put(statementNumber, { ...statement, status: 'paid', transferredOn })
}

function negated(line: NpStatementLine): NpStatementLine {
  return {
    ...line,
    kind: 'cancellation',
    grossYen: negateYen(line.grossYen),
    fees: negatedFees(line.fees),
    transferYen: negateYen(line.transferYen),
  }
}

function dayAfter(day: BusinessDate): BusinessDate {
  return dayOf(atTime(day, 24))
}
