/** From the merchant's chain of events to the deliveries of each address: every event once, in order. */
import type { Kysely } from 'kysely'
import { uuidv7 } from '../../core/uuid.ts'
import type { Database } from '../../db/schema.ts'
import { type Behind, insertDeliveries, listEventsAfter, lockOneBehind, type ToldEvent } from './collect.queries.ts'
import { updateWebhook } from './webhooks.queries.ts'

const EVENTS_AT_ONCE = 1_000

/** One address, some events further. @returns whether there was one */
export function collectSome(owner: Kysely<Database>, now: Date): Promise<boolean> {
  return owner.transaction().execute(async (tx) => {
    const behind = await lockOneBehind(tx)
    if (behind === undefined) return false
    const cursor = Math.min(behind.head, behind.cursor + EVENTS_AT_ONCE)
    const events = await listEventsAfter(tx, behind, cursor)
    const told = events.filter(({ type }) => wants(behind, `payment.${type}`))
    await insertDeliveries(tx, behind, told.map(deliveryOf), now)
    await updateWebhook(tx, behind, { cursor })
    return true
  })
}

function wants({ events }: Behind, type: string): boolean {
  return events.length === 0 || events.includes(type)
}

function deliveryOf({ position, type, at, sequence, paymentId, ...payment }: ToldEvent) {
  const body = {
    id: `${paymentId}/${sequence}`,
    type: `payment.${type}`,
    at: at.toISOString(),
    position,
    payment: { id: paymentId, ...payment },
  }
  return { deliveryId: uuidv7(), eventKey: String(position), type: body.type, payload: JSON.stringify(body) }
}
