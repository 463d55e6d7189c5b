import { type Kysely, sql } from 'kysely'
import type { JournalEntryView, PaymentDetail } from '@choba/shared/contracts/payments.ts'
import type { Database } from '../../db/schema.ts'
import type { Dated, PaymentEvent } from '../../domain/payment/events.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'

export type PaymentKey = { readonly merchantId: string; readonly paymentId: string }

const ROW = [
  'paymentId',
  'shopId',
  'method',
  'status',
  'site',
  'billingMethod',
  'connectionMethod',
  'orderNumber',
  'providerId',
  'slipNumber',
  'customerName',
  'customerKana',
  'phone',
  'orderedAt',
  'capturedOn',
  'paidOutOn',
  'amountYen',
  'capturedYen',
  'refundedYen',
  'feeYen',
  'netYen',
  'reasons',
  'nextOn',
  'nextKind',
  'inFlight',
] as const

export async function findPayment(db: Kysely<Database>, key: PaymentKey) {
  const row = await db
    .selectFrom('payment')
    .leftJoin('orderDetail', (join) =>
      join
        .onRef('orderDetail.merchantId', '=', 'payment.merchantId')
        .onRef('orderDetail.paymentId', '=', 'payment.paymentId'),
    )
    .select(ROW.map((column) => `payment.${column}` as const))
    .select([
      'payment.email',
      'payment.phoneDigits',
      'payment.state',
      'orderDetail.customer',
      'orderDetail.delivery',
      'orderDetail.goods',
    ])
    .select((from) =>
      sql<string[]>`array(${from
        .selectFrom('paymentTag')
        .select('paymentTag.tagId')
        .whereRef('paymentTag.merchantId', '=', 'payment.merchantId')
        .whereRef('paymentTag.paymentId', '=', 'payment.paymentId')})`.as('tags'),
    )
    .where('payment.merchantId', '=', key.merchantId)
    .where('payment.paymentId', '=', key.paymentId)
    .executeTakeFirst()
  return row && { ...row, state: row.state as PaymentState }
}

export type TimelineRecord = {
  readonly sequence: number
  readonly actorKind: string
  readonly actorId: string | null
  readonly dated: Dated
}

export async function listEvents(
  db: Kysely<Database>,
  { merchantId, paymentId }: PaymentKey,
): Promise<TimelineRecord[]> {
  const rows = await db
    .selectFrom('paymentEvent')
    .select(['sequence', 'type', 'at', 'actorKind', 'actorId', 'data'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .orderBy('sequence')
    .execute()
  return rows.map(({ type, at, data, ...row }) => ({
    ...row,
    dated: { at: at.toISOString(), event: { type, ...data } as PaymentEvent },
  }))
}

export function listOperations(db: Kysely<Database>, { merchantId, paymentId }: PaymentKey) {
  return db
    .selectFrom('operation')
    .select([
      'operationId',
      'paymentId',
      'kind',
      'state',
      'amountYen',
      'reason',
      'codes',
      'actorId',
      'requestedAt',
      'endedAt',
    ])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .orderBy('requestedAt', 'desc')
    .execute()
}

/** The latest messages of a payment, newest first. */
const MOST_MESSAGES = 100

export function listMessages(db: Kysely<Database>, { merchantId, paymentId }: PaymentKey) {
  return db
    .selectFrom('providerMessage')
    .select(['messageId', 'provider', 'kind', 'direction', 'state', 'receivedAt', 'contentType', 'body'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .orderBy('receivedAt', 'desc')
    .orderBy('messageId', 'desc')
    .limit(MOST_MESSAGES)
    .execute()
}

export async function listEntries(
  db: Kysely<Database>,
  { merchantId, paymentId }: PaymentKey,
): Promise<JournalEntryView[]> {
  const rows = await db
    .selectFrom('journalEntry as entry')
    .innerJoin('posting', (join) =>
      join.onRef('posting.merchantId', '=', 'entry.merchantId').onRef('posting.entryId', '=', 'entry.entryId'),
    )
    .select([
      'entry.entryId',
      'entry.bookedOn',
      'entry.kind',
      'posting.account',
      'posting.taxClass',
      'posting.amountYen',
    ])
    .where('entry.merchantId', '=', merchantId)
    .where('entry.paymentId', '=', paymentId)
    .orderBy('entry.sequence')
    .orderBy('posting.line')
    .execute()
  const entries = new Map<string, JournalEntryView>()
  for (const { entryId, bookedOn, kind, account, taxClass, amountYen } of rows) {
    const entry = entries.get(entryId) ?? { id: entryId, on: bookedOn, kind, lines: [] }
    entries.set(entryId, entry)
    entry.lines.push({ account, taxClass, debitYen: Math.max(amountYen, 0), creditYen: Math.max(-amountYen, 0) })
  }
  return [...entries.values()]
}

export type RelatedTo = PaymentKey & {
  readonly shopId: string
  readonly orderNumber: string
  readonly customerName: string
  readonly phoneDigits: string
}

/** The statements that state the payment, by their numbers. Served by statement_line_by_payment. */
export async function listStatementIds(
  db: Kysely<Database>,
  { merchantId, paymentId }: PaymentKey,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('statementLine as line')
    .innerJoin('statement', (join) =>
      join
        .onRef('statement.merchantId', '=', 'line.merchantId')
        .onRef('statement.statementId', '=', 'line.statementId'),
    )
    .select(['statement.statementNumber', 'statement.statementId'])
    .where('line.merchantId', '=', merchantId)
    .where('line.paymentId', '=', paymentId)
    .execute()
  return new Map(rows.map((row) => [row.statementNumber, row.statementId]))
}

const MOST_RELATED = 20

/** The same order number at the shop (another branch or method), and the same person by telephone and name. */
export async function listRelated(db: Kysely<Database>, to: RelatedTo): Promise<PaymentDetail['related']> {
  const { rows } = await sql<Omit<PaymentDetail['related'][number], 'orderedAt'> & { orderedAt: Date }>`
    select payment_id as id, order_number, method, status, amount_yen, ordered_at,
      case when shop_id = ${to.shopId}::uuid and order_number = ${to.orderNumber} then 'same_order' else 'same_customer' end as relation
    from payment
    where merchant_id = ${to.merchantId}::uuid and payment_id <> ${to.paymentId}::uuid and (
      (order_number = ${to.orderNumber} and shop_id = ${to.shopId}::uuid)
      or (phone_digits = ${to.phoneDigits} and customer_name = ${to.customerName} and phone_digits <> ''))
    order by relation desc, ordered_at desc, payment_id desc limit ${MOST_RELATED}`.execute(db)
  return rows.map((row) => ({ ...row, orderedAt: row.orderedAt.toISOString() }))
}
