/** Everything the page of one subscription shows. */
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { SUBSCRIPTION_ACTIONS, subscriptionRefusal } from '@choba/shared/states/subscription.ts'
import { AppError } from '../../core/app-error.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import { isUuid } from '../../core/uuid.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { loadShopCalendar } from '../../db/calendar.ts'
import { listNames } from '../../db/people.ts'
import { plannedCycles, rhythmOf } from './plan.ts'
import type { Subscription } from './scheduler.queries.ts'
import {
  type CycleOfPayment,
  findCycleOfPayment,
  findOrderNumber,
  findSubscription,
  listCycles,
  listEvents,
} from './subscription.queries.ts'

const CYCLES_SHOWN = 60
const EVENTS_SHOWN = 200
const PLANNED = 6

/** @throws AppError resource.not_found */
export async function detailOf(
  { db: pools, providerClocks }: { readonly db: Db; readonly providerClocks: ProviderClocks },
  session: Session,
  id: string,
): Promise<SubscriptionDetail> {
  const { merchantId } = session
  const db = pools.merchant(merchantId)
  const row = await subscriptionOf(db, merchantId, id)
  const cycles = await listCycles(db, row, CYCLES_SHOWN + 1)
  const events = await listEvents(db, row, EVENTS_SHOWN)
  const people = events.filter(({ actorKind }) => actorKind === 'person').map(({ actorId }) => actorId)
  const names = await listNames(pools, merchantId, [...new Set(people)])
  const orderNumber = row.cardPaymentId === null ? undefined : await findOrderNumber(db, merchantId, row.cardPaymentId)
  const facts = { status: row.status, kind: row.kind, hasNext: row.nextOn !== null }
  return {
    ...row,
    id: row.subscriptionId,
    rhythm: rhythmOf(row),
    card:
      orderNumber === undefined || row.cardPaymentId === null ? null : { paymentId: row.cardPaymentId, orderNumber },
    createdAt: row.createdAt.toISOString(),
    today: dayOf(providerClocks.now(row.connectionId)),
    planned: plannedCycles(await loadShopCalendar(db, merchantId), row, PLANNED),
    cycles: cycles.slice(0, CYCLES_SHOWN),
    moreCycles: cycles.length > CYCLES_SHOWN,
    events: events.map(({ at, kind, detail, actorId }) => ({ at, kind, detail, by: names.get(actorId) ?? null })),
    actions: SUBSCRIPTION_ACTIONS.map((action) => ({
      action,
      refusal: subscriptionRefusal(action, facts, session) ?? null,
    })),
  }
}

/** Null where the payment belongs to no subscription. @throws AppError resource.not_found where the id is none */
export async function cycleOfPayment(
  { db }: { readonly db: Db },
  { merchantId }: Session,
  paymentId: string,
): Promise<{ cycle: CycleOfPayment | null }> {
  if (!isUuid(paymentId)) throw new AppError('resource.not_found', { id: paymentId })
  return { cycle: (await findCycleOfPayment(db.merchant(merchantId), merchantId, paymentId)) ?? null }
}

/** Anything else than an id names nothing. @throws AppError resource.not_found */
export async function subscriptionOf(
  db: ReturnType<Db['merchant']>,
  merchantId: string,
  id: string,
): Promise<Subscription> {
  const row = isUuid(id) ? await findSubscription(db, merchantId, id) : undefined
  if (row === undefined) throw new AppError('resource.not_found', { id })
  return row
}
