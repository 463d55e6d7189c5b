/** The money side of a payment, the same for every method: what is billed, booked, settled and paid out. */
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { addYen, subtractYen, sumYen, type Yen, ZERO_YEN } from '@choba/shared/money.ts'
import type { Imported, PaymentEvent, TaxLine } from './events.ts'

export type StatementPart = {
  /** The id the line names; absent on lines told before it was kept. */
  readonly providerId?: string
  readonly statementNumber: string
  readonly line: number
  readonly closingOn: BusinessDate
  readonly payOn: BusinessDate
  readonly grossYen: Yen
  /** Fees with their tax. */
  readonly feeYen: Yen
  readonly paidOn: BusinessDate | null
}

export type Books = {
  readonly shopId: string
  readonly method: string
  readonly orderNumber: string
  readonly orderBranch: number
  readonly connectionId: string
  readonly site: string
  readonly billingMethod: string
  readonly connectionMethod: string
  readonly orderedAt: string
  readonly amountYen: Yen
  readonly taxes: readonly TaxLine[]
  readonly capturedYen: Yen
  readonly refundedYen: Yen
  readonly excessYen: Yen
  /** Of the excess, what was transferred back to the customer; absent while nothing was. */
  readonly returnedYen?: Yen
  readonly returnIds?: readonly string[]
  /** The payment whose place this one takes, and the one that took this one's; absent where there is none. */
  readonly replaces?: string
  readonly replacedBy?: string
  /** Of a past sale from a file; absent on every other. */
  readonly imported?: Imported
  readonly paidOutYen: Yen
  readonly capturedOn: BusinessDate | null
  readonly paidOutOn: BusinessDate | null
  readonly statements: readonly StatementPart[]
}

export function openBooks(event: Extract<PaymentEvent, { type: 'registered' }>, at: string): Books {
  const { type: _, npPostpaid: _terms, ...order } = event
  return {
    ...order,
    orderedAt: at,
    capturedYen: ZERO_YEN,
    refundedYen: ZERO_YEN,
    excessYen: ZERO_YEN,
    paidOutYen: ZERO_YEN,
    capturedOn: null,
    paidOutOn: null,
    statements: [],
  }
}

/** Applies a money event; any other event leaves the books as they are. */
export function evolveBooks(books: Books, event: PaymentEvent, at: string): Books {
  switch (event.type) {
    case 'amount_changed':
      return { ...books, amountYen: event.toYen, taxes: event.taxes }
    case 'captured':
      return {
        ...books,
        capturedYen: addYen(books.capturedYen, event.amountYen),
        capturedOn: books.capturedOn ?? dayOf(new Date(at)),
      }
    case 'capture_reversed': {
      const capturedYen = subtractYen(books.capturedYen, event.amountYen)
      return { ...books, capturedYen, capturedOn: capturedYen === 0 ? null : books.capturedOn }
    }
    case 'excess_received':
      return { ...books, excessYen: addYen(books.excessYen, event.amountYen) }
    case 'replaced':
      return { ...books, replacedBy: event.paymentId }
    case 'owed_returned':
      return {
        ...books,
        returnedYen: addYen(books.returnedYen ?? ZERO_YEN, event.amountYen),
        returnIds: [...(books.returnIds ?? []), event.returnId],
      }
    case 'refunded':
      return { ...books, refundedYen: addYen(books.refundedYen, event.amountYen) }
    case 'settled': {
      const { providerId, statementNumber, line, closingOn, payOn, grossYen } = event
      const feeYen = sumYen(event.fees.map((fee) => addYen(fee.amountYen, fee.taxYen)))
      return {
        ...books,
        statements: [
          ...books.statements,
          {
            ...(providerId && { providerId }),
            statementNumber,
            line,
            closingOn,
            payOn,
            grossYen,
            feeYen,
            paidOn: null,
          },
        ],
      }
    }
    case 'paid_out':
      return {
        ...books,
        paidOutYen: addYen(books.paidOutYen, event.amountYen),
        paidOutOn: event.paidOn,
        statements: books.statements.map((part) =>
          part.statementNumber === event.statementNumber && part.paidOn === null
            ? { ...part, paidOn: event.paidOn }
            : part,
        ),
      }
    case 'import_undone':
      return undo(books, event)
    default:
      return books
  }
}

/** Backwards through what the file said, until nothing is left. */
function undo(books: Books, { of, amountYen }: Extract<PaymentEvent, { type: 'import_undone' }>): Books {
  switch (of) {
    case 'paid_out':
      return {
        ...books,
        paidOutYen: subtractYen(books.paidOutYen, amountYen),
        paidOutOn: null,
        statements: books.statements.map((part) => ({ ...part, paidOn: null })),
      }
    case 'settled':
      return { ...books, statements: [] }
    case 'refunded':
      return { ...books, refundedYen: subtractYen(books.refundedYen, amountYen) }
    case 'captured':
      return { ...books, capturedYen: subtractYen(books.capturedYen, amountYen), capturedOn: null }
    case 'registered':
      return { ...books, amountYen: ZERO_YEN, taxes: [] }
    default:
      return of satisfies never
  }
}

/** Sales that stand: booked and not given back. */
export function soldYen(books: Books): Yen {
  return subtractYen(books.capturedYen, books.refundedYen)
}

/** Deposited beyond what was billed and not transferred back yet. */
export function owedYen(books: Books): Yen {
  return subtractYen(books.excessYen, books.returnedYen ?? ZERO_YEN)
}

export function feeYen(books: Books): Yen {
  return sumYen(books.statements.map((part) => part.feeYen))
}

/** What a provider still owes the merchant for this payment; negative until an offset. */
export function receivableYen(books: Books): Yen {
  return subtractYen(subtractYen(addYen(soldYen(books), books.excessYen), feeYen(books)), books.paidOutYen)
}

/** What a statement still has to pay for this payment: gross less fees of its lines that were not paid yet. */
export function unpaidNetYen(books: Books, statementNumber: string): Yen {
  const unpaid = books.statements.filter((part) => part.statementNumber === statementNumber && part.paidOn === null)
  return sumYen(unpaid.map((part) => subtractYen(part.grossYen, part.feeYen)))
}
