/** Operations that nothing stands against any more: their jobs, and what the books say before any provider is asked. */
import type { Kysely } from 'kysely'
import type { Actor } from '../../core/actor.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Database } from '../../db/schema.ts'
import { enqueueMany } from '../../jobs/enqueue.ts'
import { type LockedPayment, record } from '../../ledger/record.ts'
import { intentOf } from './intents.ts'
import { findSheets, type NewOperation } from './operations.queries.ts'

type Begun = {
  readonly operations: readonly NewOperation[]
  readonly locked: ReadonlyMap<string, LockedPayment>
  readonly actor: Actor
}

/** In the transaction that accepts them. */
export async function begin(
  tx: Kysely<Database>,
  { providerClocks }: { readonly providerClocks: ProviderClocks },
  merchantId: string,
  { operations, locked, actor }: Begun,
): Promise<void> {
  await enqueueMany(
    tx,
    'operations:run',
    jobsOf(
      merchantId,
      operations.filter((operation) => operation.state !== 'done'),
    ),
  )
  const corrected = operations.filter((operation) => operation.kind === 'reregister')
  const sheets = await findSheets(
    tx,
    merchantId,
    corrected.map((operation) => operation.paymentId),
  )
  const intents = operations.flatMap((operation) => {
    const payment = locked.get(operation.paymentId)
    if (payment === undefined) return []
    const now = providerClocks.now(payment.state.books.connectionId)
    return intentOf(operation, payment, sheets.get(operation.paymentId), actor, now)
  })
  await record(tx, merchantId, intents)
}

/** A job for each that is held: it sends what was not taken back by then. */
export async function holdBack(
  tx: Kysely<Database>,
  merchantId: string,
  operations: readonly NewOperation[],
): Promise<void> {
  const held = operations.filter(({ state }) => state === 'held')
  await enqueueMany(
    tx,
    'operations:release',
    held.map(({ operationId, sentAt }) => ({
      payload: { merchantId, operationId },
      ...(sentAt && { runAt: sentAt }),
    })),
  )
}

/** One job for each connection: its provider takes what belongs together in one call. */
function jobsOf(merchantId: string, operations: readonly NewOperation[]) {
  const byConnection = Map.groupBy(operations, (operation) => operation.connectionId)
  return [...byConnection].map(([connectionId, ofConnection]) => ({
    payload: { merchantId, connectionId, operationIds: ofConnection.map((operation) => operation.operationId) },
  }))
}
