/**
 * Another claim of the same order: a slip issued anew, or a card authorized again. It is a payment of its own with the next
 * branch of the order, because the provider takes no order and branch twice (sbps-protocol 2.7, type 96). It is written in
 * the transaction that ends the operation on the old one, so that whatever is killed, there is one of it or none.
 */
import { yen } from '@choba/shared/money.ts'
import type { Actor } from '../../core/actor.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { ConvenienceStoreFacts } from '../../domain/payment/convenience-store.ts'
import type { Dated } from '../../domain/payment/events.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import { taxSplit } from '../../domain/tax.ts'
import type { Change, OrderSheet } from '../../ledger/record.ts'
import type { LoadedOperation } from './operation-items.queries.ts'
import type { NewOperation } from './operations.queries.ts'

export type Successor = {
  readonly change: Change
  readonly registration: NewOperation
  /** What the old claim says of it; a card's says it only once the new one stands. */
  readonly replaced: Dated
}

/** Whether the end of this operation is the beginning of another claim. */
export function isSucceeded({ item }: LoadedOperation): boolean {
  return (
    item.kind === 'reissue' ||
    item.kind === 'reauthorize' ||
    (item.kind === 'change_amount' && item.payment.method === 'convenience_store')
  )
}

export function successorOf(
  operation: LoadedOperation,
  before: PaymentState,
  orderBranch: number,
  now: Date,
): Successor {
  const { item, actor, sheet } = operation
  const { books } = before
  const paymentId = uuidv7()
  const toYen = yen(item.amountYen ?? books.amountYen)
  const { shopId, method, orderNumber, site, billingMethod, connectionMethod, connectionId } = books
  const registered: Dated = {
    // It is the same order: its day stays.
    at: books.orderedAt,
    event: {
      type: 'registered',
      shopId,
      method,
      orderNumber,
      orderBranch,
      amountYen: toYen,
      taxes: toYen === books.amountYen ? books.taxes : taxSplit(books.taxes, toYen),
      site,
      billingMethod,
      connectionMethod,
      connectionId,
      replaces: item.payment.paymentId,
    },
  }
  const { actorKind, actorId } = actor
  return {
    change: {
      paymentId,
      before: undefined,
      events: [registered],
      actor: { kind: actorKind, id: actorId } as Actor, // as the operation was written with
      operationId: item.operationId,
      sheet: sheet as OrderSheet, // it was read from where the door keeps it
    },
    registration: {
      operationId: uuidv7(),
      state: 'accepted',
      paymentId,
      connectionId,
      kind: 'register',
      idempotencyKey: `register:${paymentId}`,
      requestHash: item.operationId,
      request: requestOf(operation, before),
      amountYen: toYen,
      reason: null,
      actorKind,
      actorId,
    },
    replaced: { at: now.toISOString(), event: { type: 'replaced', paymentId, orderBranch, toYen } },
  }
}

function requestOf({ item }: LoadedOperation, { facts }: PaymentState): Record<string, unknown> {
  if (item.payment.method === 'card')
    return { card: { trackingId: item.payment.providerId, capture: 'specified' }, replaces: item.payment.paymentId }
  const said = (item.request['convenienceStore'] ?? {}) as { store?: string; payWithinDays?: number }
  const store = item.request['store'] ?? said.store ?? (facts as ConvenienceStoreFacts).store
  const payWithinDays = item.request['payWithinDays'] ?? said.payWithinDays
  return { convenienceStore: { store, ...(payWithinDays === undefined ? {} : { payWithinDays }) } }
}

/** The payment whose authorization is voided once the new one of this registration stands. */
export function replacedBy({ item }: LoadedOperation): string | undefined {
  return item.kind === 'register' ? (item.request['replaces'] as string | undefined) : undefined
}

/** Voids what a new authorization took the place of. Where another operation is under way there, a person decides. */
export function voiding(operation: LoadedOperation, oldId: string, connectionId: string): NewOperation {
  return {
    operationId: uuidv7(),
    state: 'accepted',
    paymentId: oldId,
    connectionId,
    kind: 'cancel',
    idempotencyKey: `void:${operation.item.payment.paymentId}`,
    requestHash: operation.item.operationId,
    request: {},
    amountYen: null,
    reason: null,
    ...operation.actor,
  }
}
