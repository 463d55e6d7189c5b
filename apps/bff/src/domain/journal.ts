/**
 * The journal of a payment (accounting-and-calendar 6.1, 税抜経理): sales are booked gross when they are captured, fees
 * with their own tax at settlement, and a payout closes the receivable. Pure: events in, balanced lines out.
 */
import type { Account, JournalKind } from '@choba/shared/accounts.ts'
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { addYen, negateYen, subtractYen, type Yen } from '@choba/shared/money.ts'
import type { TaxClass } from '@choba/shared/tax-classes.ts'
import { type Books, soldYen } from './payment/books.ts'
import type { FeeLine, PaymentEvent } from './payment/events.ts'
import { taxDifference } from './tax.ts'

/** Debit positive, credit negative. */
export type PostingLine = {
  readonly account: Account
  readonly subAccount: string | null
  readonly taxClass: TaxClass | null
  readonly amountYen: Yen
}
export type JournalDraft = {
  readonly kind: JournalKind
  readonly bookedOn: BusinessDate
  readonly lines: readonly PostingLine[]
}

/** The entry an event makes, or none. `before` are the books as the event found them. */
export function post(before: Books, event: PaymentEvent, at: string): JournalDraft | undefined {
  const today = dayOf(new Date(at))
  switch (event.type) {
    case 'captured':
      return sale('sale', before, addYen(soldYen(before), event.amountYen), today)
    case 'capture_reversed':
      return sale('sale_reversal', before, subtractYen(soldYen(before), event.amountYen), today)
    case 'refunded':
      return sale('refund', before, subtractYen(soldYen(before), event.amountYen), today)
    case 'excess_received':
      return entry('excess', today, [
        receivable(before, event.amountYen),
        line('deposits_received', negateYen(event.amountYen)),
      ])
    case 'owed_returned':
      return entry('return', event.on, [
        line('deposits_received', event.amountYen),
        line('bank', negateYen(event.amountYen)),
      ])
    case 'settled':
      return entry('fee', event.closingOn, [
        ...event.fees.flatMap(feeLines),
        receivable(before, negateYen(totalFee(event.fees))),
      ])
    case 'paid_out':
      return payout(before, event.amountYen, event.paidOn)
    case 'import_undone':
      return undone(before, event)
    default:
      return undefined
  }
}

/** The entry of the event that is taken back, turned round and booked on its day, so that each month is as it was. */
function undone(
  before: Books,
  { of, on, amountYen, fees = [] }: Extract<PaymentEvent, { type: 'import_undone' }>,
): JournalDraft | undefined {
  switch (of) {
    case 'paid_out':
      return payout(before, negateYen(amountYen), on)
    case 'settled':
      return entry('fee', on, [
        ...fees.flatMap(feeLines).map((each) => ({ ...each, amountYen: negateYen(each.amountYen) })),
        receivable(before, totalFee(fees)),
      ])
    case 'refunded':
      return sale('refund', before, addYen(soldYen(before), amountYen), on)
    case 'captured':
      return sale('sale_reversal', before, subtractYen(soldYen(before), amountYen), on)
    case 'registered':
      return undefined
    default:
      return of satisfies never
  }
}

function payout(before: Books, amountYen: Yen, on: BusinessDate): JournalDraft | undefined {
  return entry('payout', on, [line('bank', amountYen), receivable(before, negateYen(amountYen))])
}

function sale(kind: JournalKind, before: Books, soldAfter: Yen, on: BusinessDate): JournalDraft | undefined {
  const difference = taxDifference(before.taxes, soldYen(before), soldAfter)
  return entry(kind, on, [
    receivable(before, subtractYen(soldAfter, soldYen(before))),
    ...difference.flatMap((part) => [
      line('sales', negateYen(subtractYen(part.amountYen, part.taxYen)), taxClassOf(part.rateBp)),
      line('output_tax', negateYen(part.taxYen), taxClassOf(part.rateBp)),
    ]),
  ])
}

function feeLines(fee: FeeLine): PostingLine[] {
  return [line('fees', fee.amountYen, fee.taxClass), line('input_tax', fee.taxYen, fee.taxClass)]
}

function totalFee(fees: readonly FeeLine[]): Yen {
  return fees.reduce((sum, fee) => addYen(sum, addYen(fee.amountYen, fee.taxYen)), 0 as Yen)
}

function receivable(books: Books, amountYen: Yen): PostingLine {
  return { account: 'receivable', subAccount: books.method, taxClass: null, amountYen }
}

function line(account: Account, amountYen: Yen, taxClass: TaxClass | null = null): PostingLine {
  return { account, subAccount: null, taxClass, amountYen }
}

function entry(kind: JournalKind, bookedOn: BusinessDate, lines: readonly PostingLine[]): JournalDraft | undefined {
  const moving = lines.filter((each) => each.amountYen !== 0)
  return moving.length === 0 ? undefined : { kind, bookedOn, lines: moving }
}

/** Sales are taxed at the standard or the reduced rate, or not at all. */
export function taxClassOf(rateBp: number): TaxClass {
  if (rateBp === 0) return 'non_taxable'
  return rateBp === 800 ? 'taxable8' : 'taxable10'
}
