/** Taking orders in: each becomes a payment in the books and an operation that registers it with its provider. */
import { createHash } from 'node:crypto'
import type { Output } from '@choba/shared/contract.ts'
import type { OrderInput, orders } from '@choba/shared/contracts/orders.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { taxesOf } from '@choba/shared/tax.ts'
import { outOfScope, type Term, termIn } from '@choba/shared/terms.ts'
import { auditMany } from '../../audit/audit.ts'
import type { Actor } from '../../core/actor.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { listTerms } from '../../db/terms.ts'
import { enqueueMany } from '../../jobs/enqueue.ts'
import { canonicalJson } from '../../ledger/canonical.ts'
import { type Change, record } from '../../ledger/record.ts'
import {
  findOrders,
  insertRegistrations,
  type KnownOrder,
  listRoutes,
  orderKey,
  type Registration,
  type RouteRow,
} from './orders.queries.ts'

export type OrdersDeps = { readonly db: Db }
/** In whose name orders are taken: a person's, or that of a job that follows a plan a person made. */
export type Orderer = { readonly merchantId: string; readonly actor: Actor }
type Results = Output<typeof orders.create>['results']
type Accepted = { readonly change: Change; readonly registration: Registration }

/**
 * The same order number at the same shop is the same order: it is answered with the payment it has, or refused when
 * method or amount differ.
 * @throws AppError order.duplicate when another caller registered one of the orders at the same moment; ask again
 */
export async function createOrders(
  { db }: OrdersDeps,
  { merchantId, actor }: Orderer,
  inputs: readonly OrderInput[],
): Promise<{ results: Results }> {
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const known = await findOrders(
        tx,
        merchantId,
        inputs.map(({ shopId, orderNumber }) => ({ shopId, orderNumber })),
      )
      const routes = await listRoutes(tx, merchantId)
      const terms = await listTerms(tx, merchantId, { kinds: ['approval', 'scope'] })
      const accepted: Accepted[] = []
      const results: Results = inputs.map((input, index) => {
        const answer = (paymentId: string | null, repeated: boolean, error: Results[number]['error'] = null) => ({
          index,
          orderNumber: input.orderNumber,
          paymentId,
          repeated,
          error,
        })
        const earlier = known.get(orderKey(input))
        if (earlier)
          return sameOrder(earlier, input)
            ? answer(earlier.paymentId, true)
            : answer(null, false, { code: 'order.duplicate', reason: null, field: 'orderNumber' })
        const error = faultOf(input, routes) ?? notContracted(input, terms)
        if (error) return answer(null, false, error)
        const order = accept(actor, input, routeOf(input, routes) as RouteRow, terms)
        accepted.push(order)
        known.set(orderKey(input), {
          paymentId: order.change.paymentId,
          method: input.method,
          amountYen: input.amountYen,
        })
        return answer(order.change.paymentId, false)
      })
      await record(
        tx,
        merchantId,
        accepted.map((order) => order.change),
      )
      await insertRegistrations(
        tx,
        merchantId,
        accepted.map((order) => order.registration),
      )
      await auditMany(
        tx,
        accepted.map(({ change: { paymentId }, registration: { amountYen, operationId } }) => ({
          merchantId,
          actor,
          action: 'payment.register',
          subject: { kind: 'payment', id: paymentId },
          after: { operationId, amountYen },
        })),
      )
      const byConnection = Map.groupBy(accepted, (order) => order.registration.connectionId)
      await enqueueMany(
        tx,
        'operations:run',
        [...byConnection].map(([connectionId, group]) => ({
          payload: { merchantId, connectionId, operationIds: group.map((order) => order.registration.operationId) },
        })),
      )
      return { results }
    })
}

function sameOrder(earlier: KnownOrder, input: OrderInput): boolean {
  return earlier.method === input.method && (earlier.amountYen === input.amountYen || input.method === 'np_postpaid')
}

function routeOf(input: OrderInput, routes: readonly RouteRow[]): RouteRow | undefined {
  return routes.find(
    (route) =>
      route.shopId === input.shopId &&
      route.methods.includes(input.method) &&
      route.connectionMethod === input.connectionMethod,
  )
}

function faultOf(input: OrderInput, routes: readonly RouteRow[]): Results[number]['error'] {
  if (!routes.some((route) => route.shopId === input.shopId))
    return { code: 'resource.not_found', reason: 'shop', field: 'shopId' }
  if (routeOf(input, routes) === undefined) return { code: 'resource.not_found', reason: 'connection', field: 'method' }
  if (input.method === 'card' && !isCardNamed(input.card))
    return { code: 'request.invalid', reason: 'missing', field: 'card' }
  if (input.method === 'convenience_store' && input.convenienceStore === undefined)
    return { code: 'request.invalid', reason: 'missing', field: 'convenienceStore' }
  return null
}

const FIELD_OF = { billing: 'billingMethod', site: 'site', invoice: 'npPostpaid' } as const

/** What the shop's contract is not for, on the day of the order. */
function notContracted(input: OrderInput, terms: readonly Term[]): Results[number]['error'] {
  const { shopId, method, billingMethod, site, npPostpaid } = input
  const scope = termIn(terms, 'scope', { shopId, method, on: dayOf(new Date(input.orderedAt)) })
  const invoice = method === 'np_postpaid' ? (npPostpaid?.invoice ?? 'separate') : undefined
  const field = outOfScope(scope, { billingMethod, site, invoice })
  return field === undefined ? null : { code: `order.${field}_not_contracted`, reason: null, field: FIELD_OF[field] }
}

/** By a token with its key, or by an earlier payment: one of the two. */
function isCardNamed(card: OrderInput['card']): boolean {
  const byToken = card?.token !== undefined && card.tokenKey !== undefined
  return byToken !== (card?.trackingId !== undefined)
}

function accept(actor: Actor, input: OrderInput, route: RouteRow, terms: readonly Term[]): Accepted {
  const paymentId = uuidv7()
  const { customer, delivery, goods, card, convenienceStore, npPostpaid, ...order } = input
  const amountYen = yen(order.amountYen)
  const change: Change = {
    paymentId,
    before: undefined,
    actor,
    sheet: { customer, delivery, goods },
    events: [
      {
        at: order.orderedAt,
        event: {
          type: 'registered',
          shopId: order.shopId,
          method: order.method,
          orderNumber: order.orderNumber,
          orderBranch: 0,
          amountYen,
          taxes: taxesOf(goods, amountYen),
          site: order.site,
          billingMethod: order.billingMethod,
          connectionMethod: order.connectionMethod,
          connectionId: route.connectionId,
          ...(order.method === 'np_postpaid' && { npPostpaid: { ...npPostpaid, ...approvalOf(order, terms) } }),
        },
      },
    ],
  }
  const registration: Registration = {
    operationId: uuidv7(),
    paymentId,
    connectionId: route.connectionId,
    idempotencyKey: `register:${paymentId}`,
    requestHash: createHash('sha256').update(canonicalJson(input)).digest('base64url'),
    request: {
      ...(card && { card }),
      ...(convenienceStore && { convenienceStore }),
      ...(npPostpaid && { npPostpaid }),
    },
    amountYen,
    actorKind: actor.kind,
    actorId: actor.id,
  }
  return { change, registration }
}

/** How long an approval of this order holds, where the contract says. */
function approvalOf(
  { shopId, method, orderedAt }: Pick<OrderInput, 'shopId' | 'method' | 'orderedAt'>,
  terms: readonly Term[],
) {
  const days = termIn(terms, 'approval', { shopId, method, on: dayOf(new Date(orderedAt)) })?.days
  return days === undefined ? {} : { approvalDays: days }
}
