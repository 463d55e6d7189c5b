/** The door of the books: the only writer of events, projection, journal and rollups. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Actor } from '../core/actor.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { Database } from '../db/schema.ts'
import { post } from '../domain/journal.ts'
import type { Dated } from '../domain/payment/events.ts'
import {
  evolve,
  METHOD_DOMAINS,
  type MethodRegistry,
  type PaymentState,
  project,
  type Projection,
} from '../domain/payment/payment.ts'
import type { NpPostpaidFacts } from '../domain/payment/np-facts.ts'
import { isOnNpLists, projectNp, screeningOf } from '../domain/payment/np-projection.ts'
import { contentHash } from './canonical.ts'
import { RollupChanges } from './rollup.ts'

/** Customer and goods: beside the events, so that a person can be erased and the books stay whole. */
export type OrderSheet = {
  readonly customer: {
    readonly name: string
    readonly kana: string
    readonly phone: string
    readonly email: string
  } & Readonly<Record<string, unknown>>
  readonly delivery: Readonly<Record<string, unknown>> | null
  readonly goods: readonly unknown[]
}

export type Change = {
  readonly paymentId: string
  /** As locked by {@link lockPayments}; undefined for a new payment. */
  readonly before: LockedPayment | undefined
  readonly events: readonly Dated[]
  readonly actor: Actor
  readonly messageId?: string | undefined
  readonly operationId?: string | undefined
  /** With a new payment, or where a correction replaces it. */
  readonly sheet?: OrderSheet
}

export type LockedPayment = {
  readonly paymentId: string
  readonly version: number
  readonly state: PaymentState
  readonly inFlight: string | null
}

/** Locks payments until the transaction ends, always in order of id, so that two writers cannot wait for each other. */
export async function lockPayments(
  tx: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
): Promise<Map<string, LockedPayment>> {
  const rows = await tx
    .selectFrom('payment')
    .select(['paymentId', 'version', 'state', 'inFlight'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${paymentIds}::uuid[])`)
    .orderBy('paymentId')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.paymentId, { ...row, state: row.state as PaymentState }]))
}

/**
 * Writes what happened to any number of payments in one round trip. Changes without events write nothing. A payment may
 * stand in several changes of one call; they apply in order.
 * @throws a unique violation when an order is registered twice or another writer was first: the transaction is void.
 */
export async function record(
  tx: Kysely<Database>,
  merchantId: string,
  changes: readonly Change[],
  methods: MethodRegistry = METHOD_DOMAINS,
): Promise<void> {
  const batch = compile(merchantId, changes, methods)
  if (batch.events.length === 0) return
  await recordSql(merchantId, batch).execute(tx)
}

/** The one statement by which the books are written. */
export function recordSql(
  merchantId: string,
  { events, payments, details, entries, postings, deltas, np_rows, screenings }: Batch,
): RawBuilder<unknown> {
  return sql`select ledger_record(${merchantId}::uuid, ${json(events)}, ${json(payments)}, ${json(details)}, ${json(entries)}, ${json(postings)}, ${json(deltas)}, ${json(np_rows)}, ${json(screenings)})`
}

function json(rows: readonly unknown[]) {
  return sql`${JSON.stringify(rows)}::jsonb`
}

type Row = Record<string, unknown>
/** Sets of rows by the names the database knows them by. */
export type Batch = Record<
  'events' | 'payments' | 'details' | 'entries' | 'postings' | 'deltas' | 'np_rows' | 'screenings',
  Row[]
>

type Standing = {
  state: PaymentState | undefined
  version: number
  readonly first: Change
  sheet: OrderSheet | undefined
}

/** Everything that follows from the events, as rows by column name. Pure but for the ids of journal entries. */
export function compile(
  merchantId: string,
  changes: readonly Change[],
  methods: MethodRegistry = METHOD_DOMAINS,
): Batch {
  const batch: Batch = {
    events: [],
    payments: [],
    details: [],
    entries: [],
    postings: [],
    deltas: [],
    np_rows: [],
    screenings: [],
  }
  const current = new Map<string, Standing>()
  for (const change of changes) {
    if (change.events.length === 0) continue
    let standing = current.get(change.paymentId)
    if (!standing) {
      standing = { state: change.before?.state, version: change.before?.version ?? 0, first: change, sheet: undefined }
      current.set(change.paymentId, standing)
    }
    standing.sheet = change.sheet ?? standing.sheet
    for (const { at, event } of change.events) {
      const instant = new Date(at).toISOString()
      standing.version += 1
      if (standing.state !== undefined) {
        addEntry(batch, change.paymentId, standing.version, post(standing.state.books, event, instant))
        addScreening(batch, change.paymentId, standing.state, event, instant)
      }
      standing.state = evolve(standing.state, event, instant, methods)
      addEvent(batch, merchantId, change, standing.version, instant, event)
    }
  }
  const rollup = new RollupChanges()
  for (const [paymentId, { state, version, first, sheet }] of current) {
    if (state === undefined) continue
    const after = project(state, methods)
    rollup.move(first.before && project(first.before.state, methods), after)
    batch.payments.push(paymentRow(paymentId, version, state, after, first.before === undefined, sheet))
    if (isOnNpLists(state.books))
      batch.np_rows.push({ payment_id: paymentId, ...snakeCased(projectNp(state.books, npFacts(state))) })
    if (sheet)
      batch.details.push({
        payment_id: paymentId,
        customer: sheet.customer,
        delivery: sheet.delivery,
        goods: sheet.goods,
      })
  }
  batch.deltas = rollup.cells().map(snakeCased)
  return batch
}

function addEvent(
  batch: Batch,
  merchantId: string,
  change: Change,
  sequence: number,
  at: string,
  event: Dated['event'],
): void {
  const { type, ...data } = event
  const content = {
    merchantId,
    paymentId: change.paymentId,
    sequence,
    type,
    at,
    actorKind: change.actor.kind,
    actorId: change.actor.id,
    messageId: change.messageId ?? null,
    operationId: change.operationId ?? null,
    data,
  }
  const { merchantId: _, ...row } = content
  batch.events.push({
    n: batch.events.length + 1,
    ...snakeCased(row),
    content_hash: contentHash(content).toString('hex'),
  })
}

/** Only NP's payments are screened. */
function addScreening(batch: Batch, paymentId: string, before: PaymentState, event: Dated['event'], at: string): void {
  if (!isOnNpLists(before.books)) return
  const attempt = screeningOf({ books: before.books, facts: npFacts(before) }, event, at)
  if (attempt) batch.screenings.push({ payment_id: paymentId, ...snakeCased(attempt) })
}

/** The method's own facts: it wrote them itself. */
function npFacts(state: PaymentState): NpPostpaidFacts {
  return state.facts as NpPostpaidFacts
}

function addEntry(batch: Batch, paymentId: string, sequence: number, draft: ReturnType<typeof post>): void {
  if (draft === undefined) return
  const entryId = uuidv7()
  batch.entries.push({
    entry_id: entryId,
    payment_id: paymentId,
    sequence,
    kind: draft.kind,
    booked_on: draft.bookedOn,
  })
  draft.lines.forEach((line, index) => batch.postings.push({ entry_id: entryId, line: index + 1, ...snakeCased(line) }))
}

function paymentRow(
  paymentId: string,
  version: number,
  state: PaymentState,
  projection: Projection,
  isNew: boolean,
  sheet: OrderSheet | undefined,
): Row {
  const customer = sheet?.customer
  return {
    payment_id: paymentId,
    is_new: isNew,
    version,
    state,
    ...snakeCased(projection),
    ...(customer && {
      customer_name: customer.name,
      customer_kana: customer.kana,
      phone: customer.phone,
      email: customer.email,
    }),
  }
}

/** The first level only: what is inside a value keeps its own keys. */
function snakeCased(row: object): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  )
}
