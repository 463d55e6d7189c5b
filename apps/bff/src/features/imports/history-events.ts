/** A past sale as the events that would have told of it: the books know no other way in. */
import { startOfDay } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { taxesOf } from '@choba/shared/tax.ts'
import type { Dated, FeeLine, PaymentEvent } from '../../domain/payment/events.ts'
import { instantOf } from '../../domain/payment/instant.ts'
import { IMPORTED_LINE } from '../../domain/payment/payment.ts'
import type { PastSale } from '../../imports/history-group.ts'

export type PastPlace = {
  readonly runId: string
  readonly shopId: string
  readonly connectionId: string
  /** One more than those of the same order number that were undone. */
  readonly orderBranch: number
}

export function eventsOf(sale: PastSale, { runId, shopId, connectionId, orderBranch }: PastPlace): Dated[] {
  const amountYen = yen(sale.amountYen)
  const goods =
    sale.goods.length > 0 ? sale.goods : [{ unitPriceYen: sale.amountYen, quantity: 1, taxRateBp: sale.taxRateBp }]
  const orderedAt = sale.orderedAt.toISOString()
  const later = laterEvents(sale).map((event) => ({ event, at: atOf(sale, event) }))
  return [
    {
      at: orderedAt,
      event: {
        type: 'registered',
        shopId,
        method: sale.method,
        orderNumber: sale.orderNumber,
        orderBranch,
        amountYen,
        taxes: taxesOf(goods, amountYen),
        site: 'pc',
        billingMethod: 'pay_as_you_go',
        connectionMethod: 'imported',
        connectionId,
        imported: {
          runId,
          events: later.length + 1,
          providerId: sale.providerId,
          slipNumber: sale.slipNumber,
        },
      },
    },
    ...later,
  ]
}

function laterEvents(sale: PastSale): PaymentEvent[] {
  const { state, capturedOn, refundedYen, paidOutOn } = sale
  switch (state) {
    case 'cancelled':
      return [{ type: 'cancelled', by: 'merchant' }]
    case 'expired':
      return [sale.method === 'convenience_store' ? { type: 'slip_expired' } : { type: 'approval_expired' }]
    case 'rejected':
      return [{ type: 'registration_refused', codes: [] }]
    case 'sold':
    case 'refunded':
    case 'paid_out': {
      const captured: PaymentEvent = { type: 'captured', amountYen: yen(sale.amountYen) }
      const refunded: PaymentEvent[] = refundedYen > 0 ? [{ type: 'refunded', amountYen: yen(refundedYen) }] : []
      const grossYen = yen(sale.amountYen - refundedYen)
      if (paidOutOn === null) return [captured, ...refunded]
      // Beside the statements of the provider: line 0 is no line of theirs.
      const statementNumber = `IMPORT-${paidOutOn}`
      return [
        captured,
        ...refunded,
        {
          type: 'settled',
          statementNumber,
          line: IMPORTED_LINE,
          closingOn: capturedOn > paidOutOn ? paidOutOn : capturedOn,
          payOn: paidOutOn,
          grossYen,
          fees: feesOf(sale),
        },
        { type: 'paid_out', statementNumber, paidOn: paidOutOn, amountYen: yen(grossYen - sale.feeYen) },
      ]
    }
    default:
      return state satisfies never
  }
}

/** With the tax the file says; a fee without tax is none that tax could be taken back of. */
function feesOf({ feeYen, feeTaxYen }: PastSale): FeeLine[] {
  if (feeYen === 0) return []
  const taxClass = feeTaxYen > 0 ? 'taxable10' : 'non_taxable'
  return [{ kind: 'other', taxClass, amountYen: yen(feeYen - feeTaxYen), taxYen: yen(feeTaxYen) }]
}

/** A day without a time begins with its order where both are the same day, so that nothing happens before it. */
function atOf(sale: PastSale, event: PaymentEvent): string {
  const on = event.type === 'captured' ? sale.capturedOn : sale.endedOn
  const at = instantOf(event, startOfDay(on).toISOString())
  const orderedAt = sale.orderedAt.toISOString()
  return at < orderedAt ? orderedAt : at
}
