/** Making subscriptions, and what is to be said before one is made. */
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Output } from '@choba/shared/contract.ts'
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import type { SubscriptionInput } from '@choba/shared/contracts/subscription-input.ts'
import type { subscriptions, SubscriptionTotals } from '@choba/shared/contracts/subscriptions.ts'
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { SubscriptionFilter } from '@choba/shared/filters/subscriptions.ts'
import { firstOn } from '@choba/shared/subscriptions/schedule.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { requireScope } from '../../db/contract-scope.ts'
import { loadShopCalendar } from '../../db/calendar.ts'
import type { Database } from '../../db/schema.ts'
import { canonicalJson } from '../../ledger/canonical.ts'
import { detailOf } from './detail.service.ts'
import { columnsOf, nextDays, plannedCycles } from './plan.ts'
import { runSoon } from './run-soon.ts'
import { addEvent, type Subscription } from './scheduler.queries.ts'
import {
  type Basis,
  findBasis,
  findSubscriptionByKey,
  insertSubscription,
  listRoutes,
  takeSerial,
} from './subscription.queries.ts'
import { subscriptionTotalsSql, totalsOf } from './subscriptions.queries.ts'
import { faultsOf, type Issue, isChargeable, methodOf, termColumns, type Terms } from './terms.ts'

export type SubscriptionDeps = { readonly db: Db; readonly clock: Clock; readonly providerClocks: ProviderClocks }

/** Beyond this a total is refused: the person is told so and narrows the filter. */
const TOTALS_TIMEOUT_MS = 10_000
const PREVIEWED = 6

/** @throws a cancelled query when the scan takes too long */
export async function totalSubscriptions(
  { db }: SubscriptionDeps,
  { merchantId }: Session,
  filter: SubscriptionFilter,
): Promise<SubscriptionTotals> {
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${String(TOTALS_TIMEOUT_MS)}, true)`.execute(tx)
      return totalsOf((await subscriptionTotalsSql(merchantId, filter).execute(tx)).rows)
    })
}

/** @throws AppError resource.not_found */
export async function readBasis(
  { db }: SubscriptionDeps,
  { merchantId }: Session,
  { shop, orderNumber }: { readonly shop: string; readonly orderNumber: string },
): Promise<Output<typeof subscriptions.basis>> {
  const basis = await findBasis(db.merchant(merchantId), merchantId, shop, orderNumber)
  if (basis === undefined) throw new AppError('resource.not_found', { field: 'orderNumber' })
  return { ...basis, chargeable: isChargeable(basis) }
}

/** What a subscription would do. @throws AppError request.invalid, resource.not_found */
export async function previewSubscription(
  deps: SubscriptionDeps,
  { merchantId }: Session,
  input: SubscriptionInput,
): Promise<Output<typeof subscriptions.preview>> {
  const db = deps.db.merchant(merchantId)
  const { columns, today } = await resolve(deps, db, merchantId, input)
  const calendar = await loadShopCalendar(db, merchantId)
  return { today, planned: plannedCycles(calendar, { ...columns, status: 'active' }, PREVIEWED) }
}

/**
 * The same key with the same content answers the subscription it made before.
 * @throws AppError request.invalid, resource.not_found, idempotency.conflict
 */
export async function createSubscription(
  deps: SubscriptionDeps,
  session: Session,
  input: SubscriptionInput,
): Promise<SubscriptionDetail> {
  const { merchantId } = session
  const requestHash = hashOf(input)
  const db = deps.db.merchant(merchantId)
  const id = await db.transaction().execute(async (tx) => {
    // The lock that numbers are taken under: the same key sent twice at once waits here.
    const serial = await takeSerial(tx, merchantId)
    const earlier = await findSubscriptionByKey(tx, merchantId, input.idempotencyKey)
    if (earlier !== undefined) {
      if (earlier.requestHash !== requestHash)
        throw new AppError('idempotency.conflict', { idempotencyKey: input.idempotencyKey })
      return earlier.subscriptionId
    }
    const { columns, now } = await resolve(deps, tx, merchantId, input)
    const method = methodOf(columns.kind)
    const billingMethod = method === 'card' ? 'recurring_metered' : 'pay_as_you_go'
    const place = { shopId: columns.shopId, methods: [method], on: dayOf(now) }
    await requireScope(tx, merchantId, place, { billingMethod })
    const subscriptionId = uuidv7()
    const { idempotencyKey } = input
    const code = `SUB${String(serial).padStart(6, '0')}`
    const createdBy = session.name === '' ? session.userId : session.name
    const row: Subscription = {
      ...columns,
      subscriptionId,
      serial,
      code,
      status: 'active',
      endedOn: null,
      idempotencyKey,
      requestHash,
      createdBy,
      createdAt: now,
    }
    await insertSubscription(tx, row)
    await addEvent(tx, { merchantId, subscriptionId, at: now, kind: 'created', actor: person(session) })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'subscription.create',
      subject: { kind: 'subscription', id: subscriptionId },
      after: { code, kind: row.kind, amountYen: row.amountYen, nextOn: row.nextOn },
    })
    await runSoon(tx, merchantId)
    return subscriptionId
  })
  return detailOf(deps, session, id)
}

export function hashOf(input: unknown): string {
  return createHash('sha256').update(canonicalJson(input)).digest('base64url')
}

type Columns = Omit<
  Subscription,
  | 'subscriptionId'
  | 'serial'
  | 'code'
  | 'status'
  | 'endedOn'
  | 'idempotencyKey'
  | 'requestHash'
  | 'createdBy'
  | 'createdAt'
>

async function resolve(
  deps: SubscriptionDeps,
  db: Kysely<Database>,
  merchantId: string,
  input: SubscriptionInput,
): Promise<{ readonly columns: Columns; readonly today: BusinessDate; readonly now: Date }> {
  const { shopId, customer, delivery, endsOn } = input
  const { terms, connectionId } = await agree(db, merchantId, shopId, input)
  const now = deps.providerClocks.now(connectionId)
  const today = dayOf(now)
  const nextNominal = firstOn(input.rhythm, input.firstOn)
  const issues: Issue[] = []
  if (input.firstOn < today) issues.push({ path: 'firstOn', message: 'has gone by' })
  if (endsOn !== null && endsOn <= nextNominal) issues.push({ path: 'endsOn', message: 'before the first cycle' })
  refuse(issues)
  // The 31st stays the 31st although a short month comes between.
  const rhythm = columnsOf({ ...input.rhythm, day: input.rhythm.day ?? Number(input.firstOn.slice(8)) })
  const row = { ...terms, ...rhythm, nextNominal, endsOn, status: 'active' as const }
  const columns = {
    ...row,
    ...nextDays(await loadShopCalendar(db, merchantId), row),
    merchantId,
    shopId,
    connectionId,
    customer,
    delivery,
    customerName: customer.name,
    agreedEndsOn: endsOn,
    startedOn: today,
    nextNumber: 1,
  }
  return { columns, today, now }
}

/**
 * The terms as columns, and whose clock they follow.
 * @throws AppError request.invalid, resource.not_found
 */
export async function agree(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
  terms: Terms,
): Promise<{ readonly terms: ReturnType<typeof termColumns>; readonly connectionId: string }> {
  const routes = await listRoutes(db, merchantId, shopId)
  if (routes.length === 0) throw new AppError('resource.not_found', { field: 'shopId', reason: 'connection' })
  const card = await cardOf(db, merchantId, shopId, terms.cardOrderNumber)
  refuse(faultsOf(terms, [...new Set(routes.map(({ method }) => method))], card))
  const route = routes.find(({ method }) => method === methodOf(terms.kind))
  return { terms: termColumns(terms, card), connectionId: route?.connectionId ?? '' }
}

async function cardOf(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
  orderNumber: string | null,
): Promise<Basis | undefined> {
  return orderNumber === null ? undefined : findBasis(db, merchantId, shopId, orderNumber)
}

/** @throws AppError request.invalid when there are any */
export function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new AppError('request.invalid', { issues })
}
