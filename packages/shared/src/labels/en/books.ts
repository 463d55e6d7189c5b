/** The money path, the books and what each method knows, in English. */
import type { books as japanese } from '../ja/books.ts'
import type { Words } from '../types.ts'

export const books: Words<typeof japanese> = {
  money_step: {
    ordered: 'Ordered',
    screened: 'Screened',
    authorized: 'Authorized',
    slip_issued: 'Slip issued',
    shipped: 'Shipped',
    captured: 'Captured',
    deposited: 'Deposited',
    arrived: 'Arrived',
    settled: 'Closed',
    paid_out: 'Paid out',
    cancelled: 'Cancelled',
    refunded: 'Refunded',
    expired: 'Expired',
    failed: 'Failed',
  },
  step_state: { done: 'Done', current: 'Now', expected: 'Expected' },
  next_kind: {
    approval_lapses: 'Approval lapses',
    capture_until: 'Capture by',
    pay_by: 'Payment due',
    invoice_due: 'Invoice due',
    payout: 'Payout expected',
  },
  account: {
    receivable: 'Receivable',
    bank: 'Bank deposit',
    input_tax: 'Input tax',
    output_tax: 'Output tax',
    deposits_received: 'Deposits received',
    sales: 'Sales',
    fees: 'Payment fees',
  },
  tax_class: {
    taxable10: 'Taxable 10%',
    taxable8: 'Taxable 8% (reduced)',
    non_taxable: 'Non-taxable',
    out_of_scope: 'Out of scope',
  },
  entry_kind: {
    sale: 'Sale',
    sale_reversal: 'Sale reversal',
    refund: 'Refund',
    excess: 'Excess deposit',
    fee: 'Fee',
    payout: 'Payout',
  },
  fee_kind: { rate: 'Rate', postage: 'Invoice and postage', per_payment: 'Per payment', other: 'Other' },
  relation: { same_order: 'Same order', same_customer: 'Same customer' },
  screening: { approved: 'Approved', on_hold: 'On hold', rejected: 'Rejected', in_review: 'In review' },
  invoice: { issued: 'Issued', paid: 'Paid', overdue: 'Overdue' },
  deposit: { preliminary: 'preliminary', definite: 'definite' },
  paid_at: { convenience_store: 'Convenience store', bank: 'Bank', post_office: 'Post office' },
}
