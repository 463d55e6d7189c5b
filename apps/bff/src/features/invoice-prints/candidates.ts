/** Whether there can be a page for an order, and what stands on it. */
import type { PrintRefusal, PrintRefused } from '@choba/shared/contracts/invoice-prints.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import type { Invoice } from '../../invoices/invoice.ts'
import type { PrintData } from '../../providers/print-data.ts'
import type { Candidate } from './invoice-prints.queries.ts'

/** What NP prints for is approved and has not left (np-postpaid, E0100115, E0100120, E0100121). */
const STATUS_REFUSALS = {
  registered: 'not_approved',
  in_review: 'not_approved',
  on_hold: 'not_approved',
  rejected: 'not_approved',
  authorized: null,
  awaiting_payment: 'not_approved',
  captured: 'shipped',
  arrived: 'shipped',
  withdrawn: 'ended',
  settled: 'shipped',
  paid_out: 'shipped',
  refunded: 'ended',
  cancelled: 'ended',
  expired: 'ended',
  failed: 'not_approved',
  undone: 'ended',
} as const satisfies Record<PaymentStatus, PrintRefusal | null>

export type Printable = Candidate & { readonly providerId: string }

export function isPrintable(candidate: Candidate): candidate is Printable {
  return refusalOf(candidate) === null
}

export function refusalOf({ invoiceDelivery, status, inFlight, providerId }: Candidate): PrintRefusal | null {
  if (invoiceDelivery !== 'bundled') return 'not_bundled'
  if (providerId === null) return 'not_approved'
  return STATUS_REFUSALS[status] ?? (inFlight === null ? null : 'in_flight')
}

export function refused(
  { paymentId, orderNumber }: Pick<Candidate, 'paymentId' | 'orderNumber'>,
  reason: PrintRefusal,
  codes: readonly string[] = [],
): PrintRefused {
  return { paymentId, orderNumber, reason, codes: [...codes] }
}

/** Everything that people wrote and that is printed. */
export function textOf({ shopName, customer, goods }: Candidate): string {
  const { name, company = '', department = '', address } = customer
  return [shopName, name, company, department, address, ...goods.map((line) => line.name)].join('')
}

export function invoiceOf(candidate: Candidate, data: PrintData): Invoice {
  const { customer, goods, shopName, orderNumber, orderedAt } = candidate
  const { name, company = '', department = '', zip, address } = customer
  return {
    shopName,
    orderNumber,
    orderedOn: dayOf(orderedAt),
    addressee: { name, company, department, zip, address },
    goods: goods.map((line) => ({
      name: line.name,
      unitPriceYen: line.unitPriceYen,
      quantity: line.quantity,
      taxRateBp: line.taxRateBp,
    })),
    ...data,
  }
}
