import type { slipWords as ja } from '../ja/slips.ts'
import type { Words } from '../types.ts'

export const slipWords: Words<typeof ja> = {
  slip_state: {
    unpaid: 'Unpaid',
    part_paid: 'Part paid',
    paid: 'Paid',
    overpaid: 'Overpaid',
    expired: 'Expired',
    cancelled: 'Cancelled',
  },
  slip_warning: {
    order_live_elsewhere: 'Payable beside another payment',
    owed_to_customer: 'Refund due to the customer',
  },
  slip_column: {
    orderNumber: 'Order number',
    customerName: 'Customer',
    state: 'Slip',
    warnings: 'Watch',
    store: 'Store',
    numbers: 'Numbers at the till',
    payBy: 'Pay by',
    amountYen: 'Billed (yen)',
    preliminaryYen: 'Preliminary deposit (yen)',
    definiteYen: 'Definite deposit (yen)',
    depositedYen: 'Deposited (yen)',
    owedYen: 'To refund (yen)',
    status: 'Payment',
    orderedAt: 'Ordered',
    shopId: 'Shop',
  },
  slip_number: {
    slip_number: 'Payment slip number',
    slip_url: 'Payment slip page',
    receipt_number: 'Receipt number',
    company_code: 'Company code',
    order_code: 'Order code',
  },
  slip_how: {
    seven_eleven:
      'Tell the clerk it is an internet payment and show the payment slip number, or hand over the printed slip.',
    lawson:
      'At the terminal in the store choose payment by number, enter the receipt number and your telephone number, and take the ticket to the till.',
    ministop:
      'At the terminal in the store choose payment by number, enter the receipt number and your telephone number, and take the ticket to the till.',
    family_mart:
      'At the terminal in the store choose bill payment, enter the company code and the order code, and take the ticket to the till.',
    seicomart:
      'Tell the clerk it is an internet payment, and enter the receipt number and your telephone number on the screen.',
  },
  slip_mail: {
    subject: '[{shop}] Paying at a convenience store (order {order})',
    body: 'Dear {customer},\n\nThank you for your order. Please pay with the numbers below until the due date.\n\nOrder number: {order}\nAmount: {amount} yen (tax included)\nStore: {store}\n{numbers}\nPay by: {due}\n\nHow to pay\n{how}\n\nAfter the due date it can no longer be paid. If you have paid already, please disregard this mail.\n\n{shop}',
  },
  slip_sheet: {
    title: 'Convenience store payment slip',
    to: '{name}',
    amount: 'Amount',
    store: 'Store',
    due: 'Pay by',
    how: 'How to pay',
    note: 'After the due date it can no longer be paid.',
    print: 'Print',
    paper: 'Paper',
    mail: 'Write a mail',
    mail_copy: 'Copy the text',
    mail_copied: 'The text for order {order} was copied',
    payment: 'Open the payment',
    not_payable: 'This slip cannot be paid now ({state}). Do not hand it to the customer.',
    failed: 'The slip could not be loaded',
    open: 'Slip (print, mail)',
  },
  slips: {
    title: 'Payment slips',
    search: 'Order, customer, phone, slip number',
    search_label: 'Search slips',
    filters: 'Filters',
    export: 'Export',
    pay_by: 'Pay by',
    total_count: 'Listed',
    count_unit: 'slips',
    total_amount: 'Billed',
    total_deposited: 'Deposited',
    total_owed: 'To refund',
    empty_title: 'No payment slips yet',
    empty_text: 'Register an order paid at a convenience store, and its slip appears here.',
    no_match_title: 'No slip matches',
    failed_title: 'The slips could not be loaded',
    end: 'End of list',
    more: 'Show more',
  },
}
