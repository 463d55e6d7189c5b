/** Each payment folded anew from its events and held against its row and its journal. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import { post } from '../domain/journal.ts'
import { receivableYen } from '../domain/payment/books.ts'
import type { PaymentEvent } from '../domain/payment/events.ts'
import type { NpPostpaidFacts } from '../domain/payment/np-facts.ts'
import { isOnNpLists, type ScreeningAttempt, screeningOf } from '../domain/payment/np-projection.ts'
import { evolve, type MethodRegistry, type PaymentState, project, type Projection } from '../domain/payment/payment.ts'
import { canonicalJson } from './canonical.ts'
import type { Findings } from './findings.ts'
import { checkNp, listNpRows, type NpRows } from './verify-np.ts'
import type { RollupCheck } from './verify-rollups.ts'

const CHUNK = 2000
const NIL = '00000000-0000-0000-0000-000000000000'

export type PaymentCheck = {
  readonly findings: Findings
  readonly rollups: RollupCheck
  readonly methods: MethodRegistry
}

export async function checkPayments(
  tx: Kysely<Database>,
  merchantId: string,
  check: PaymentCheck,
): Promise<{ payments: number; entries: number }> {
  const counts = { payments: 0, entries: 0 }
  for (let after = NIL; ;) {
    const ids = await nextIds(tx, merchantId, after)
    const last = ids.at(-1)
    if (last === undefined) return counts
    const [rows, events, entries, np] = await Promise.all([
      listRows(tx, merchantId, ids),
      listEvents(tx, merchantId, ids),
      listEntries(tx, merchantId, ids),
      listNpRows(tx, merchantId, ids),
    ])
    for (const paymentId of ids)
      checkPayment(
        paymentId,
        { row: rows.get(paymentId), events: events.get(paymentId) ?? [], entries: entries.get(paymentId) ?? [], np },
        check,
      )
    counts.payments += ids.length
    counts.entries += [...entries.values()].reduce((sum, list) => sum + list.length, 0)
    after = last
  }
}

/** Ids that stand in the rows or in the events: a payment without events is a finding, and so is the reverse. */
async function nextIds(tx: Kysely<Database>, merchantId: string, after: string): Promise<string[]> {
  const { rows } = await sql<{ paymentId: string }>`
    select payment_id from (
      (select payment_id from payment where merchant_id = ${merchantId}::uuid and payment_id > ${after}::uuid order by payment_id limit ${CHUNK})
      union
      (select payment_id from payment_event where merchant_id = ${merchantId}::uuid and sequence = 1 and payment_id > ${after}::uuid order by payment_id limit ${CHUNK})
    ) ids order by payment_id limit ${CHUNK}`.execute(tx)
  return rows.map((row) => row.paymentId)
}

const PROJECTED = [
  'shopId',
  'method',
  'status',
  'site',
  'billingMethod',
  'connectionMethod',
  'connectionId',
  'orderNumber',
  'orderBranch',
  'orderedAt',
  'orderedOn',
  'capturedOn',
  'paidOutOn',
  'amountYen',
  'capturedYen',
  'refundedYen',
  'feeYen',
  'providerId',
  'transactionId',
  'slipNumber',
  'reasons',
  'nextOn',
  'nextKind',
] as const satisfies ReadonlyArray<keyof Projection>

type Row = Omit<Projection, 'orderedAt'> & {
  readonly orderedAt: Date
  readonly paymentId: string
  readonly version: number
  readonly state: unknown
}

async function listRows(tx: Kysely<Database>, merchantId: string, ids: readonly string[]): Promise<Map<string, Row>> {
  const rows = await tx
    .selectFrom('payment')
    .select(['paymentId', 'version', 'state', ...PROJECTED])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.paymentId, row as unknown as Row])) // the projection's narrower types are what is being checked
}

type EventRow = {
  readonly paymentId: string
  readonly sequence: number
  readonly type: string
  readonly at: Date
  readonly data: Record<string, unknown>
}

async function listEvents(
  tx: Kysely<Database>,
  merchantId: string,
  ids: readonly string[],
): Promise<Map<string, EventRow[]>> {
  const rows = await tx
    .selectFrom('paymentEvent')
    .select(['paymentId', 'sequence', 'type', 'at', 'data'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('paymentId')
    .orderBy('sequence')
    .execute()
  return Map.groupBy(rows, (row) => row.paymentId)
}

type EntryRow = {
  readonly paymentId: string
  readonly sequence: number
  readonly kind: string
  readonly bookedOn: string
  readonly lines: string[]
  readonly receivable: number
  readonly balance: number
}

/** Lines as one text each, in their order, so that an entry compares as a whole. */
async function listEntries(
  tx: Kysely<Database>,
  merchantId: string,
  ids: readonly string[],
): Promise<Map<string, EntryRow[]>> {
  const { rows } = await sql<EntryRow>`
    select j.payment_id, j.sequence, j.kind, j.booked_on::text as booked_on,
        array_agg(concat_ws('|', p.account, coalesce(p.sub_account, '-'), coalesce(p.tax_class, '-'), p.amount_yen) order by p.line) as lines,
        coalesce(sum(p.amount_yen) filter (where p.account = 'receivable'), 0) as receivable, sum(p.amount_yen) as balance
      from journal_entry j join posting p on p.merchant_id = j.merchant_id and p.entry_id = j.entry_id
      where j.merchant_id = ${merchantId}::uuid and j.payment_id = any(${ids}::uuid[])
      group by j.merchant_id, j.entry_id order by j.payment_id, j.sequence`.execute(tx)
  return Map.groupBy(rows, (row) => row.paymentId)
}

type Stored = {
  readonly row: Row | undefined
  readonly events: readonly EventRow[]
  readonly entries: readonly EntryRow[]
  readonly np: NpRows
}

function checkPayment(
  paymentId: string,
  { row, events, entries, np }: Stored,
  { findings, rollups, methods }: PaymentCheck,
): void {
  if (events.length === 0) return findings.add('projection', paymentId, 'a payment without events')
  let state: PaymentState | undefined
  const expected: string[] = []
  const attempts: ScreeningAttempt[] = []
  for (const [index, stored] of events.entries()) {
    if (stored.sequence !== index + 1) findings.add('chain', paymentId, `event ${index + 1} is missing`)
    const event = { type: stored.type, ...stored.data } as PaymentEvent
    const at = stored.at.toISOString()
    const draft = state && post(state.books, event, at)
    if (draft)
      expected.push(
        entryText(
          stored.sequence,
          draft.kind,
          draft.bookedOn,
          draft.lines.map((line) =>
            [line.account, line.subAccount ?? '-', line.taxClass ?? '-', line.amountYen].join('|'),
          ),
        ),
      )
    if (state !== undefined && isOnNpLists(state.books)) {
      const { books, facts } = state
      const attempt = screeningOf({ books, facts: facts as NpPostpaidFacts }, event, at)
      if (attempt) attempts.push(attempt)
    }
    state = evolve(state, event, at, methods)
  }
  if (state === undefined) return
  compareJournal(paymentId, expected, entries, findings)
  if (isOnNpLists(state.books)) checkNp(paymentId, state, attempts, np, findings)
  const receivable = entries.reduce((sum, entry) => sum + entry.receivable, 0)
  if (receivable !== receivableYen(state.books))
    findings.add('receivable', paymentId, `the journal says ${receivable}, the payment ${receivableYen(state.books)}`)
  const projection = project(state, methods)
  rollups.add(projection)
  if (row === undefined) return findings.add('projection', paymentId, 'events without a payment')
  if (row.version !== events.length)
    findings.add('projection', paymentId, `version ${row.version} of ${events.length} events`)
  if (canonicalJson(row.state) !== canonicalJson(state))
    findings.add('projection', paymentId, 'the stored state differs')
  for (const column of PROJECTED) {
    const stored = column === 'orderedAt' ? row.orderedAt.toISOString() : row[column]
    if (canonicalJson(stored) !== canonicalJson(projection[column]))
      findings.add(
        'projection',
        paymentId,
        `${column} is ${canonicalJson(stored)}, the events say ${canonicalJson(projection[column])}`,
      )
  }
}

function compareJournal(
  paymentId: string,
  expected: readonly string[],
  entries: readonly EntryRow[],
  findings: Findings,
): void {
  const stored = entries.map((entry) => entryText(entry.sequence, entry.kind, entry.bookedOn, entry.lines))
  for (const text of expected) if (!stored.includes(text)) findings.add('journal', paymentId, `missing entry: ${text}`)
  for (const text of stored)
    if (!expected.includes(text)) findings.add('journal', paymentId, `entry that follows from no event: ${text}`)
  if (new Set(stored).size !== stored.length) findings.add('journal', paymentId, 'an entry stands twice')
  for (const entry of entries)
    if (entry.balance !== 0) findings.add('journal', paymentId, `entry of event ${entry.sequence} does not balance`)
}

function entryText(sequence: number, kind: string, bookedOn: string, lines: readonly string[]): string {
  return `${sequence} ${kind} ${bookedOn} ${lines.join(' ')}`
}
