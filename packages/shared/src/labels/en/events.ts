/** What happened to a payment, in English, as the timeline says it. */
import type { events as japanese } from '../ja/events.ts'
import type { Words } from '../types.ts'

export const events: Words<typeof japanese> = {
  event: {
    registered: 'Payment registered (billed {amount} yen)',
    registration_refused: 'The provider refused the registration',
    amount_changed: 'Billed amount changed from {from} to {to} yen',
    captured: 'Captured ({amount} yen)',
    capture_reversed: 'Capture taken back ({amount} yen)',
    excess_received: 'More than billed was deposited ({amount} yen)',
    refunded: 'Refunded ({amount} yen)',
    cancelled: 'Cancelled',
    settled: 'On the statement closed {closing} (payout expected {pay})',
    paid_out: 'Paid out ({amount} yen)',
    screening_decided: 'Screening result: {result}',
    approval_expired: 'The approval has lapsed',
    shipment_reported: 'Shipment reported ({carrier} {slip})',
    invoice_issued: 'Invoice issued (due {due})',
    reminded: 'The provider sent reminder {count}',
    customer_paid: 'The customer paid ({day})',
    arrival_confirmed: 'Arrival confirmed ({day})',
    authorized: 'Authorized',
    slip_issued: 'Payment slip issued ({store}, due {due})',
    deposit_reported: 'Deposit reported, {certainty} (total {amount} yen)',
    slip_expired: 'The payment slip has expired',
  },
  actor: { person: 'Person', job: 'System', provider: 'Provider', key: 'API' },
}
