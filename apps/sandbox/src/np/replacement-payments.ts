/** Guaranteed replacement payment: arrived sales close by cycle onto a statement, which is paid on its payment day whether or not the customer paid. */
import { addDays, atTime, dayOf, type BusinessDate } from '@choba/shared/dates.ts'
import { negateYen, type Yen } from '@choba/shared/money.ts'
import type { NpStatementLine } from '@choba/wire/np/statement-line.ts'
import { statementTotals } from '@choba/wire/statement/line.ts'
import { closingFrom, paymentDay } from './closing-cycle.ts'
import { contractOn, type NpContract } from './contract.ts'
import { accountOf, amend, type NpBook, type NpRecord, type PayoutItem } from './record.ts'
import { amountLine, cancellationLine, monthlyFeeLine, saleLine } from './statement-lines.ts'

/** Synthetic: the real issuer's number stands on NP's own statements. */
const REGISTRATION_NUMBER = 'T0000000000000'

type ClosingTask = { readonly merchantCode: string; readonly closingOn: BusinessDate }
type TransferTask = { readonly statementNumber: string }
type Entry = { readonly key: string; readonly item: PayoutItem; readonly line: NpStatementLine }

export function registerPayoutTasks(book: NpBook): void {
  book.deps.schedule.on<ClosingTask>('np.closing', (task) => close(book, task))
  book.deps.schedule.on<TransferTask>('np.transfer', (task, now) => transfer(book, task.statementNumber, dayOf(now)))
}

/** An arrived sale, or the return of one that was already closed, waits for the next closing. */
export function awaitClosing(book: NpBook, record: NpRecord, kind: 'sale' | 'offset'): void {
  book.payoutItems.put(`${kind}/${record.npId}`, { merchantCode: record.merchantCode, npId: record.npId, kind })
  scheduleClosing(book, record.merchantCode, dayOf(book.deps.clock.now()))
}

export function leaveClosing(book: NpBook, record: NpRecord): void {
  book.payoutItems.delete(`sale/${record.npId}`)
}

/** An amount that belongs to no sale; negative when NP takes it. */
export function adjustNextClosing(book: NpBook, merchantCode: string, amountYen: Yen, note: string): void {
  const number = String(book.deps.store.nextNumber('np_adjustment')).padStart(6, '0')
  book.payoutItems.put(`adjustment/${number}`, { merchantCode, kind: 'adjustment', amountYen, note })
  scheduleClosing(book, merchantCode, dayOf(book.deps.clock.now()))
}

function scheduleClosing(book: NpBook, merchantCode: string, from: BusinessDate): void {
  const closingOn = closingFrom(accountOf(book, merchantCode).contracts, from)
  const key = `${merchantCode}/${closingOn}`
  if (book.closings.get(key)) return
  book.closings.put(key, closingOn)
  book.deps.schedule.at(atTime(closingOn, 23, 59), 'np.closing', { merchantCode, closingOn })
}

function close(book: NpBook, { merchantCode, closingOn }: ClosingTask): void {
  const { contracts } = accountOf(book, merchantCode)
  const contract = contractOn(contracts, closingOn)
  const entries = entriesOf(book, merchantCode, contracts)
  const monthly = isMonthsLast(contracts, closingOn) && contract.monthlyFeeYen > 0
  // From its first sale on, a merchant who pays by the month has a closing whether or not it sells.
  if (contract.monthlyFeeYen > 0) scheduleClosing(book, merchantCode, addDays(closingOn, 1))
  // A debt alone makes no statement: it waits for something to be taken off.
  if (!monthly && entries.every(({ item }) => item.kind === 'carry_over')) {
    if (entries.length > 0) scheduleClosing(book, merchantCode, addDays(closingOn, 1))
    return
  }
  const lines = entries.map(({ line }) => line)
  if (monthly) lines.push(monthlyFeeLine(contract, closingOn.slice(0, 7)))
  for (const { key } of entries) book.payoutItems.delete(key)
  const number = book.deps.store.nextNumber(`np_statement_${closingOn}`)
  const statementNumber = `NP${closingOn.replaceAll('-', '')}${String(number).padStart(4, '0')}`
  const owedYen = statementTotals(lines).transferYen
  if (owedYen < 0) carryOver(book, { merchantCode, statementNumber, closingOn, owedYen, lines })
  file(book, { merchantCode, statementNumber, closingOn, contract, lines })
  for (const { item, line } of entries) {
    if (item.kind !== 'sale') continue
    const record = book.records.get(item.npId)
    if (record) amend(book, record, { payout: { closedOn: closingOn, statementNumber, line } })
  }
}

/** What waits, sales first, what is taken back after them, then what belongs to no sale. */
function entriesOf(book: NpBook, merchantCode: string, contracts: readonly NpContract[]): Entry[] {
  const order = ['sale', 'offset', 'adjustment', 'carry_over']
  return [...book.payoutItems.entries()]
    .filter(([, item]) => item.merchantCode === merchantCode)
    .flatMap(([key, item]) => {
      const line = lineOf(book, contracts, item)
      return line ? [{ key, item, line }] : []
    })
    .sort((a, b) => order.indexOf(a.item.kind) - order.indexOf(b.item.kind) || (a.key < b.key ? -1 : 1))
}

function lineOf(book: NpBook, contracts: readonly NpContract[], item: PayoutItem): NpStatementLine | undefined {
  if (item.kind === 'adjustment' || item.kind === 'carry_over') return amountLine(item.kind, item.amountYen, item.note)
  const { kind, npId } = item as Extract<PayoutItem, { npId: string }> // the other kinds left above
  const record = book.records.get(npId)
  if (kind === 'sale') return record && saleLine(contracts, record)
  return record?.payout && cancellationLine(record.payout.line)
}

type Debt = {
  readonly merchantCode: string
  readonly statementNumber: string
  readonly closingOn: BusinessDate
  readonly owedYen: Yen
  readonly lines: NpStatementLine[]
}

/** Assumed: a closing in the merchant's debt transfers nothing, and the next one takes what is owed. */
function carryOver(book: NpBook, { merchantCode, statementNumber, closingOn, owedYen, lines }: Debt): void {
  lines.push(amountLine('carry_over', negateYen(owedYen), '次回へ繰越'))
  book.payoutItems.put(`carry_over/${statementNumber}`, {
    merchantCode,
    kind: 'carry_over',
    amountYen: owedYen,
    note: `${statementNumber} からの繰越`,
  })
  scheduleClosing(book, merchantCode, addDays(closingOn, 1))
}

type Closing = {
  readonly merchantCode: string
  readonly statementNumber: string
  readonly closingOn: BusinessDate
  readonly contract: NpContract
  readonly lines: readonly NpStatementLine[]
}

function file(book: NpBook, { merchantCode, statementNumber, closingOn, contract, lines }: Closing): void {
  const totals = statementTotals(lines)
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
    registrationNumber: REGISTRATION_NUMBER,
    layout: contract.layout,
    lines,
  })
  book.deps.schedule.at(atTime(paymentOn, 10), 'np.transfer', { statementNumber })
}

/** Assumed: a month's own fee stands on the last closing of that month. */
function isMonthsLast(contracts: readonly NpContract[], closingOn: BusinessDate): boolean {
  return closingFrom(contracts, addDays(closingOn, 1)).slice(0, 7) !== closingOn.slice(0, 7)
}

function transfer(book: NpBook, statementNumber: string, transferredOn: BusinessDate): void {
  const statement = book.statements.get(statementNumber)
  if (statement) book.statements.put(statementNumber, { ...statement, status: 'paid', transferredOn })
}
