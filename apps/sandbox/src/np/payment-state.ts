/** What `transactions/payments/find` tells of a transaction. */
import type { NpPaymentState } from '@choba/wire/np/messages.ts'
import { deliveryOf } from './invoices.ts'
import type { NpBook, NpRecord } from './record.ts'

export function paymentStateOf(book: NpBook, record: NpRecord): NpPaymentState {
  const { bill, payment, reminders, payout, dispute } = record
  return {
    npTransactionId: record.npId,
    paid: payment !== undefined,
    customerPaidOn: payment?.paidOn,
    transactionStatus: record.status,
    paymentPlace: payment?.place,
    paymentStore: payment?.store ?? undefined,
    billIssuedOn: bill?.issuedOn,
    billDelivery: deliveryOf(book, record),
    billDueOn: bill?.dueOn,
    billInquiryNumber: bill?.inquiryNumber,
    billReissueCount: bill?.reissueCount ?? 0,
    reminderCount: reminders?.count ?? 0,
    lastRemindedOn: reminders?.lastOn,
    arrivalConfirmedOn: record.arrivalConfirmedOn,
    closedOn: payout?.closedOn,
    disputed: dispute && dispute.closedOn === undefined,
  }
}
