/** Everything of one order as one union, a piece a kind; list, counts and file read the same. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { RecordKind } from '@choba/shared/record-kinds.ts'
import type { Database } from '../../db/schema.ts'
import { decodePlace, encodePlace, INSTANT_PATTERN, instantText } from '../../db/list-cursor.ts'

export type OrderKey = { readonly merchantId: string; readonly shopId: string; readonly orderNumber: string }

export async function findOrder(
  db: Kysely<Database>,
  merchantId: string,
  paymentId: string,
): Promise<OrderKey | undefined> {
  const row = await db
    .selectFrom('payment')
    .select(['shopId', 'orderNumber'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .executeTakeFirst()
  return row && { merchantId, ...row }
}

export type RecordRow = {
  readonly kind: RecordKind
  readonly id: string
  readonly at: Date
  readonly isDay: boolean
  readonly paymentId: string | null
  readonly code: string
  readonly state: string | null
  readonly amountYen: number | null
  readonly actorKind: string | null
  readonly actorId: string | null
  readonly data: Record<string, unknown>
}

type RecordPage = { readonly rows: RecordRow[]; readonly nextCursor: string | null }

const ORDER = 'at desc'
/** The columns of every piece, in their order. */
const LINE = sql`line(kind, id, at, is_day, payment_id, code, state, amount_yen, actor_kind, actor_id, data)`

/** Newest first. @throws AppError request.invalid for a cursor of another list */
export async function listRecord(
  db: Kysely<Database>,
  order: OrderKey,
  kinds: readonly RecordKind[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<RecordPage> {
  const place =
    cursor === undefined ? undefined : decodePlace(ORDER, cursor, [INSTANT_PATTERN, /^[a-z]+$/, /^[\w:.-]+$/])
  const beyond = place
    ? sql`(line.at, line.kind, line.id) < (${place[0]}::timestamptz, ${place[1]}, ${place[2]})`
    : sql`true`
  const { rows: found } = await sql<RecordRow & { readonly place: string }>`
    ${mine(order)} select line.*, ${sql.raw(instantText('line.at'))} as place from (${pieces(order, kinds)}) ${LINE}
     where ${beyond} order by line.at desc, line.kind desc, line.id desc limit ${limit + 1}`.execute(db)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const more = found.length > limit && last !== undefined
  return { rows, nextCursor: more ? encodePlace(ORDER, [last.place, last.kind, last.id]) : null }
}

export async function countRecord(
  db: Kysely<Database>,
  order: OrderKey,
  kinds: readonly RecordKind[],
): Promise<Array<{ kind: RecordKind; count: number }>> {
  const { rows } = await sql<{ kind: RecordKind; count: number }>`
    ${mine(order)} select kind, count(*) as count from (${pieces(order, kinds)}) ${LINE} group by kind`.execute(db)
  return rows
}

export type MessageBody = { readonly messageId: string; readonly contentType: string; readonly body: Buffer }

export async function listBodies(
  db: Kysely<Database>,
  merchantId: string,
  messageIds: readonly string[],
): Promise<MessageBody[]> {
  if (messageIds.length === 0) return []
  return db
    .selectFrom('providerMessage')
    .select(['messageId', 'contentType', 'body'])
    .where('merchantId', '=', merchantId)
    .where('messageId', 'in', messageIds)
    .execute()
}

/** The payments of the order: its branches and methods. Served by payment_order_unique. */
function mine({ merchantId, shopId, orderNumber }: OrderKey): RawBuilder<unknown> {
  return sql`with mine as materialized (select * from payment
    where merchant_id = ${merchantId}::uuid and shop_id = ${shopId}::uuid and order_number = ${orderNumber})`
}

function pieces(order: OrderKey, kinds: readonly RecordKind[]): RawBuilder<unknown> {
  const chosen = kinds.flatMap((kind) => PIECES[kind](order).map((piece) => sql`(${piece})`))
  return sql.join(chosen, sql` union all `)
}

/** A day as the instant it begins at in Tokyo. */
function dayOf(column: string): RawBuilder<unknown> {
  return sql.raw(`(${column}::timestamp at time zone 'Asia/Tokyo')`)
}

function ofMine(table: string): RawBuilder<unknown> {
  return sql.raw(`${table} t join mine on mine.merchant_id = t.merchant_id and mine.payment_id = t.payment_id`)
}

/** Each with the columns of LINE. */
const PIECES: Readonly<Record<RecordKind, (order: OrderKey) => RawBuilder<unknown>[]>> = {
  payment: () => [
    sql`select 'payment', payment_id::text, ordered_at, false, payment_id, method, status, amount_yen, null::text, null::text,
      jsonb_build_object('providerId', provider_id, 'branch', order_branch) from mine`,
  ],
  event: () => [
    sql`select 'event', t.payment_id::text || ':' || t.sequence, t.at, false, t.payment_id, t.type, null, null::bigint, t.actor_kind, t.actor_id, t.data from ${ofMine('payment_event')}`,
  ],
  operation: () => [operations(sql`'operation'`, sql`t.kind <> 'refund'`)],
  refund: () => [
    operations(sql`'refund'`, sql`t.kind = 'refund'`),
    sql`select 'refund', t.return_id::text, t.requested_at, false, t.payment_id, 'customer_return', t.state, t.amount_yen, 'person', t.requested_by,
      jsonb_build_object('paidOn', t.paid_on) from ${ofMine('customer_return')}`,
  ],
  screening: () => [
    sql`select 'screening', t.payment_id::text || ':' || t.attempt, t.decided_at, false, t.payment_id, t.result, null, null::bigint, null, null,
      jsonb_build_object('attempt', t.attempt, 'reasons', t.reasons) from ${ofMine('screening')}`,
  ],
  shipment: () => [
    sql`select 'shipment', t.payment_id::text, ${dayOf('t.shipped_on')}, true, t.payment_id, coalesce(t.carrier_code, ''), null, null::bigint, null, null,
      jsonb_build_object('slipNumber', t.slip_number) from ${ofMine('np_postpaid')} where t.shipped_on is not null`,
  ],
  invoice: () => [
    sql`select 'invoice', t.payment_id::text, ${dayOf('t.issued_on')}, true, t.payment_id, 'issued', null, mine.amount_yen, null, null,
      jsonb_build_object('dueOn', t.due_on, 'inquiryNumber', t.inquiry_number) from ${ofMine('np_postpaid')} where t.issued_on is not null`,
    sql`select 'invoice', t.payment_id::text || ':' || t.print_id, t.printed_at, false, t.payment_id, 'printed', null, t.amount_yen, 'person', b.printed_by,
      jsonb_build_object('dueOn', t.due_on) from ${ofMine('invoice_print')} join invoice_print_batch b on b.merchant_id = t.merchant_id and b.print_id = t.print_id`,
    sql`select 'invoice', t.payment_id::text || ':slip', t.ordered_at, false, t.payment_id, 'slip', t.state, t.amount_yen, null, null,
      jsonb_build_object('dueOn', t.pay_by, 'store', t.store) from ${ofMine('convenience_store_slip')}`,
  ],
  statement: () => [
    sql`select 'statement', t.statement_id::text || ':' || t.line, ${dayOf('s.closing_on')}, true, t.payment_id, s.statement_number, s.state, t.gross_yen, null, null,
      jsonb_build_object('statementId', s.statement_id, 'feeYen', t.fee_yen, 'transferYen', t.transfer_yen, 'payOn', s.pay_on, 'paidOn', s.paid_on)
      from ${ofMine('statement_line')} join statement s on s.merchant_id = t.merchant_id and s.statement_id = t.statement_id`,
  ],
  posting: () => [
    sql`select 'posting', t.entry_id::text, ${dayOf('t.booked_on')}, true, t.payment_id, t.kind, null, lines.amount_yen, null, null,
      jsonb_build_object('lines', lines.lines) from ${ofMine('journal_entry')}
      cross join lateral (select sum(greatest(p.amount_yen, 0))::bigint as amount_yen,
          jsonb_agg(jsonb_build_object('account', p.account, 'yen', p.amount_yen) order by p.line) as lines
        from posting p where p.merchant_id = t.merchant_id and p.entry_id = t.entry_id) lines`,
  ],
  message: () => [
    sql`select 'message', t.message_id::text, t.received_at, false, t.payment_id, t.kind, t.state, null::bigint, 'provider', null,
      jsonb_build_object('provider', t.provider, 'direction', t.direction) from ${ofMine('provider_message')}`,
  ],
  note: () => [
    sql`select 'note', t.note_id::text, t.written_at, false, t.payment_id, case when t.removed_at is null then 'written' else 'removed' end, null, null::bigint,
      'person', t.author_id, jsonb_build_object('body', t.body) from ${ofMine('payment_note')}`,
  ],
  audit: ({ merchantId }) => [
    sql`select 'audit', a.audit_id::text, a.at, false, mine.payment_id, a.action, null, null::bigint, a.actor_kind, a.actor_id,
      jsonb_build_object('ip', a.ip) from mine join audit_log a
        on a.merchant_id = ${merchantId}::uuid and a.subject_kind = 'payment' and a.subject_id = mine.payment_id::text`,
  ],
  import: ({ merchantId, shopId, orderNumber }) => [
    sql`select 'import', r.run_id::text || ':' || r.row_number, run.created_at, false, r.payment_id, run.kind, r.state, null::bigint, 'person', run.created_by,
      jsonb_build_object('runId', run.run_id, 'fileName', run.file_name, 'line', r.line) from import_run run
      join import_row r on r.merchant_id = run.merchant_id and r.run_id = run.run_id
      where run.merchant_id = ${merchantId}::uuid and run.shop_id = ${shopId}::uuid and r.order_number = ${orderNumber}`,
  ],
}

function operations(kind: RawBuilder<unknown>, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select ${kind}, t.operation_id::text, t.requested_at, false, t.payment_id, t.kind, t.state, t.amount_yen, t.actor_kind, t.actor_id,
    jsonb_build_object('reason', t.reason, 'codes', t.codes) from ${ofMine('operation')} where ${which}`
}
