/** Where a provider's list and the books say different things of one payment. */
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import type { HistoryState } from '@choba/shared/imports/words.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { error } from '../../imports/faults.ts'
import type { PastSale } from '../../imports/history-group.ts'
import type { ListedPayment } from './known-payments.queries.ts'

/** What the books may say where a list says this. A list of transactions knows of a sale, and seldom of its payout. */
const AGREEING: Readonly<Record<HistoryState, readonly PaymentStatus[]>> = {
  sold: ['captured', 'arrived', 'settled', 'paid_out'],
  paid_out: ['settled', 'paid_out'],
  refunded: ['refunded'],
  cancelled: ['cancelled'],
  expired: ['expired'],
  rejected: ['rejected'],
}

export function differencesOf(sale: PastSale, listed: ListedPayment): ImportFault[] {
  const faults: ImportFault[] = []
  if (sale.orderNumber !== listed.orderNumber)
    faults.push(error('orderNumber', 'differs_order', { books: listed.orderNumber, file: sale.orderNumber }))
  if (sale.method !== listed.method) faults.push(error('method', 'differs_method'))
  if (sale.amountYen !== listed.amountYen)
    faults.push(error('amountYen', 'differs_amount', { books: listed.amountYen, file: sale.amountYen }))
  // A part that was given back leaves a sale a sale.
  const isPart = sale.state === 'refunded' && sale.refundedYen < sale.amountYen
  const agreeing = isPart ? AGREEING.sold : AGREEING[sale.state]
  if (!agreeing.some((status) => status === listed.status)) faults.push(error('state', 'differs_state'))
  else if (sale.refundedYen !== listed.refundedYen)
    faults.push(error('refundedYen', 'differs_refund', { books: listed.refundedYen, file: sale.refundedYen }))
  return faults
}
