/** Operations as providers are asked to do them. */
import { type Kysely, sql } from 'kysely'
import type { Correction } from '@choba/shared/contracts/operations.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { printedOn } from '../../db/printed-on.ts'
import type { Database } from '../../db/schema.ts'
import type { NpPostpaidFacts } from '../../domain/payment/np-facts.ts'
import { type PaymentState, standingOf } from '../../domain/payment/payment.ts'
import type { OperationItem } from '../../providers/port.ts'
import type { NewOperation } from './operations.queries.ts'

export type LoadedOperation = {
  readonly item: OperationItem
  readonly attempts: number
  /** In whose name it was asked for. */
  readonly actor: Pick<NewOperation, 'actorKind' | 'actorId'>
  /** The provider's own codes of the last try. */
  readonly troubles: readonly string[]
  /** The order's sheet as it stands, without a correction under way. */
  readonly sheet: Sheet
}
type Sheet = Pick<OperationItem, 'customer' | 'delivery' | 'goods'>

/** What a provider must be told, read together. A correction under way is told as if it stood already. */
export async function loadOperations(
  db: Kysely<Database>,
  merchantId: string,
  operationIds: readonly string[],
  today: BusinessDate,
): Promise<Map<string, LoadedOperation>> {
  const rows = await db
    .selectFrom('operation as o')
    .innerJoin('payment as p', (join) =>
      join.onRef('p.merchantId', '=', 'o.merchantId').onRef('p.paymentId', '=', 'o.paymentId'),
    )
    .innerJoin('orderDetail as d', (join) =>
      join.onRef('d.merchantId', '=', 'o.merchantId').onRef('d.paymentId', '=', 'o.paymentId'),
    )
    .select([
      'o.operationId',
      'o.kind',
      'o.amountYen',
      'o.request',
      'o.progress',
      'o.attempts',
      'o.actorKind',
      'o.actorId',
      'o.codes',
      'p.paymentId',
      'p.state',
      'd.customer',
      'd.delivery',
      'd.goods',
    ])
    .select([
      'p.method',
      'p.orderNumber',
      'p.orderBranch',
      'p.orderedAt',
      'p.amountYen as billedYen',
      'p.capturedYen',
      'p.refundedYen',
      'p.providerId',
      'p.transactionId',
    ])
    .select((eb) =>
      eb
        .selectFrom('operation as r')
        .whereRef('r.merchantId', '=', 'o.merchantId')
        .whereRef('r.paymentId', '=', 'o.paymentId')
        .where('r.kind', '=', 'refund')
        .where('r.state', '=', 'done')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('refundsBefore'),
    )
    // What was said at registration (invoice in the parcel, store, sales mode) holds for what follows.
    .select((eb) =>
      eb
        .selectFrom('operation as f')
        .whereRef('f.merchantId', '=', 'o.merchantId')
        .whereRef('f.paymentId', '=', 'o.paymentId')
        .where('f.kind', '=', 'register')
        .select('f.request')
        .orderBy('f.requestedAt')
        .limit(1)
        .as('registration'),
    )
    .select(printedOn.as('printedOn'))
    .where('o.merchantId', '=', merchantId)
    .where('o.operationId', '=', sql<string>`any(${operationIds}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => {
      const state = row.state as PaymentState
      const { books } = state
      const standing = standingOf(state)
      const { npIds = [], reduction } = state.facts as Partial<NpPostpaidFacts>
      const { customer, delivery, goods } = row as unknown as Sheet // written by the door with these names
      const sheet = { customer, delivery, goods }
      const item: OperationItem = {
        operationId: row.operationId,
        kind: row.kind as OperationItem['kind'],
        amountYen: row.amountYen,
        // The day on the page in the parcel, unless the report names another.
        request: { ...row.registration, ...(row.printedOn && { billIssuedOn: row.printedOn }), ...row.request },
        today,
        progress: row.progress,
        refundsBefore: row.refundsBefore ?? 0,
        payment: {
          paymentId: row.paymentId,
          method: row.method,
          orderNumber: row.orderNumber,
          orderBranch: row.orderBranch,
          orderedAt: row.orderedAt.toISOString(),
          amountYen: row.billedYen,
          taxYen: books.taxes.reduce((sum, line) => sum + line.taxYen, 0),
          capturedYen: row.capturedYen,
          refundedYen: row.refundedYen,
          providerId: row.providerId,
          transactionId: row.transactionId,
          knownIds: npIds,
          status: standing.status,
          shipped: standing.shippedOn !== null,
          creditHeld: standing.creditHeld,
          withdrawn: reduction?.withdrawnAt ? { toYen: reduction.toYen } : null,
        },
        ...(row.kind === 'correct' ? correctedBy(row.request, sheet) : sheet),
      }
      const actor = { actorKind: row.actorKind, actorId: row.actorId ?? '' }
      const troubles = row.codes.filter((code) => !code.startsWith('provider.'))
      return [row.operationId, { item, attempts: row.attempts, actor, troubles, sheet }]
    }),
  )
}

function correctedBy(request: Readonly<Record<string, unknown>>, { customer, delivery, goods }: Sheet): Sheet {
  const correction = (request['correction'] ?? {}) as Correction
  return {
    customer: { ...customer, ...correction.customer },
    delivery: correction.delivery === undefined ? delivery : correction.delivery,
    goods: correction.goods ?? goods,
  }
}
