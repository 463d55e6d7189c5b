/** The rows of the slip table, held against the payments they follow from; those are held against the events. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { ConvenienceStoreSlipTable } from '../db/tables/slips.ts'
import type { ConvenienceStoreFacts } from '../domain/payment/convenience-store.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { canonicalJson } from './canonical.ts'
import type { Findings } from './findings.ts'

type Expected = Omit<ConvenienceStoreSlipTable, 'merchantId' | 'paymentId' | 'orderedAt'>

export async function checkSlips(tx: Kysely<Database>, merchantId: string, findings: Findings): Promise<void> {
  const stream = tx
    .selectFrom('payment as p')
    .leftJoin('convenienceStoreSlip as s', (join) =>
      join.onRef('s.merchantId', '=', 'p.merchantId').onRef('s.paymentId', '=', 'p.paymentId'),
    )
    .select(['p.paymentId', 'p.state', sql<Record<string, unknown> | null>`to_jsonb(s)`.as('slip')])
    .where('p.merchantId', '=', merchantId)
    .where('p.method', '=', 'convenience_store')
    .stream(1000)
  for await (const { paymentId, state, slip } of stream) {
    const expected = expectedSlip(state as PaymentState)
    if ((expected === undefined) !== (slip === null)) {
      findings.add('projection', paymentId, slip === null ? 'no row among the slips' : 'a slip that was never issued')
      continue
    }
    for (const [column, value] of Object.entries(expected ?? {})) {
      const name = column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      const written = slip?.[name]
      if (canonicalJson(written) !== canonicalJson(value))
        findings.add(
          'projection',
          paymentId,
          `convenience_store_slip.${name} is ${canonicalJson(written)}, the payment says ${canonicalJson(value)}`,
        )
    }
  }
}

/** What a slip's row must say; undefined before the slip is issued. */
function expectedSlip({ books, facts }: PaymentState): Expected | undefined {
  const slip = facts as ConvenienceStoreFacts // the method wrote them itself
  if (slip.providerId === null || slip.payBy === null) return undefined
  const preliminaryYen = slip.preliminary?.totalYen ?? null
  const definiteYen = slip.definite?.totalYen ?? null
  const depositedYen = Math.max(preliminaryYen ?? 0, definiteYen ?? 0)
  return {
    shopId: books.shopId,
    orderNumber: books.orderNumber,
    store: slip.store ?? '',
    numbers: [...slip.numbers],
    payBy: slip.payBy,
    amountYen: books.amountYen,
    preliminaryYen,
    definiteYen,
    depositedYen,
    owedYen: Math.max((definiteYen ?? 0) - (slip.cancelled ? 0 : books.amountYen) - (books.returnedYen ?? 0), 0),
    state: stateOf(slip, depositedYen, books.amountYen),
  }
}

function stateOf(slip: ConvenienceStoreFacts, depositedYen: number, amountYen: number): string {
  if (depositedYen > amountYen) return 'overpaid'
  if (depositedYen > 0) return depositedYen === amountYen ? 'paid' : 'part_paid'
  if (slip.cancelled) return 'cancelled'
  return slip.expired ? 'expired' : 'unpaid'
}
