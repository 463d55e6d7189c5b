/** Which event came of which operation, so that a confirmed request is told once and not twice. */
import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import type { TimelineItem } from '@choba/shared/contracts/payments.ts'

const EVENT_OF: Readonly<Record<OperationRow['kind'], string>> = {
  register: 'registered',
  capture: 'captured',
  cancel: 'cancelled',
  refund: 'refunded',
  change_amount: 'amount_changed',
  report_shipment: 'shipment_reported',
  plan_shipping: 'ship_date_planned',
  correct: 'order_corrected',
  reregister: 'screening_decided',
  reissue: 'replaced',
  // Told by the new claim; this one says that it was replaced once that stands.
  reauthorize: 'replaced',
}

export function pairOperations(
  timeline: readonly Pick<TimelineItem, 'sequence' | 'type'>[],
  operations: readonly OperationRow[],
): { readonly paired: ReadonlyMap<number, OperationRow>; readonly alone: readonly OperationRow[] } {
  const paired = new Map<number, OperationRow>()
  const alone: OperationRow[] = []
  for (const operation of operations.toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt))) {
    const event =
      operation.state === 'done'
        ? timeline.find((item) => item.type === EVENT_OF[operation.kind] && !paired.has(item.sequence))
        : undefined
    if (event === undefined) alone.push(operation)
    else paired.set(event.sequence, operation)
  }
  return { paired, alone }
}
