import { atTime, type BusinessDate } from '@choba/shared/dates.ts'
import type { PaymentEvent } from './events.ts'

/**
 * When an event happened. Providers tell some facts by the day only, often later than they happened: noon of that day
 * stands for them, so that a late poll does not date an arrival by itself.
 */
export function instantOf(event: PaymentEvent, saidAt: string): string {
  switch (event.type) {
    case 'invoice_issued':
      return at(event.issuedOn)
    case 'reminded':
    case 'customer_paid':
    case 'arrival_confirmed':
    case 'owed_returned':
      return at(event.on)
    case 'settled':
      return at(event.closingOn)
    case 'paid_out':
      return at(event.paidOn)
    default:
      return saidAt
  }
}

function at(day: BusinessDate): string {
  return atTime(day, 12).toISOString()
}
