/** What `transactions/payments/find` tells of a transaction. */
import type { NpPaymentState } from '@choba/wire/np/messages.ts'
import type { NpRecord } from './record.ts'

export function paymentStateOf(record: NpRecord): NpPaymentState {
  const { bill, payment, reminders, payout } = record
  return {
    npTransactionId: record.npId,
    paid: payment !== undefined,
    customerPaidOn: payment?.paidOn,
    transactionStatus: record.status,
    paymentPlace: payment?.place,
    paymentStore: payment?.store ?? undefined,
    billIssuedOn: bill?.issuedOn,
    billDueOn: bill?.dueOn,
    billInquiryNumber: bill?.inquiryNumber,
    billReissueCount: bill?.reissueCount ?? 0,
    reminderCount: reminders?.count ?? 0,
    lastRemindedOn: reminders?.lastOn,
    arrivalConfirmedOn: record.arrivalConfirmedOn,
    closedOn: payout?.closedOn,
  }
}
