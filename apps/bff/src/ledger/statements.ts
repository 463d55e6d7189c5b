/** The door for statements: what a provider closed, with the journal of the lines that are no payment's. */
import type { StatementSource } from '@choba/shared/filters/payouts.ts'
import { type Kysely, sql } from 'kysely'
import { type BusinessDate, businessDate } from '@choba/shared/dates.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { Database } from '../db/schema.ts'
import type { JournalDraft } from '../domain/journal.ts'
import type { FeeLine } from '../domain/payment/events.ts'
import {
  postClosedLine,
  postPaidLine,
  type StatementLineKind,
  type StatementOwnLine,
} from '../domain/statement-journal.ts'

export type StatementHead = {
  readonly statementNumber: string
  readonly method: string
  readonly closingOn: BusinessDate
  readonly payOn: BusinessDate
  readonly grossYen: number
  readonly transferYen: number
  readonly issuerNumber?: string | undefined
}
export type StatementLine = {
  readonly line: number
  readonly kind: StatementLineKind
  readonly paymentId: string | null
  readonly providerId: string
  readonly orderNumber: string
  readonly note: string
  readonly grossYen: number
  readonly feeYen: number
  readonly feeTaxYen: number
  readonly fees: readonly FeeLine[]
  readonly transferYen: number
  readonly fixedFee: { readonly month: string; readonly carried: number } | null
}
export type StatementOwner = {
  readonly merchantId: string
  readonly connectionId: string
  readonly shopId: string
  readonly source: StatementSource
}

/** Lines that speak of a payment; the others are the statement's own. */
export function isOfPayment({ kind }: { readonly kind: string }): boolean {
  return kind === 'sale' || kind === 'cancellation'
}

/** What its lines come to, or undefined when they do not come to what its head says. */
function sumsOf(head: StatementHead, lines: readonly StatementLine[]) {
  const sum = (of: (line: StatementLine) => number, among = lines) => among.reduce((total, line) => total + of(line), 0)
  const sums = {
    grossYen: sum((line) => line.grossYen, lines.filter(isOfPayment)),
    feeYen: sum((line) => line.feeYen),
    taxYen: sum((line) => line.feeTaxYen),
    otherYen: sum(
      (line) => line.grossYen,
      lines.filter((line) => !isOfPayment(line)),
    ),
    transferYen: sum((line) => line.transferYen),
  }
  return sums.grossYen === head.grossYen && sums.transferYen === head.transferYen ? sums : undefined
}

export type SavedStatement = { readonly statementId: string; readonly paidOn: BusinessDate | null }

/**
 * Writes a statement, its lines, their fees and the journal of its own lines, once; a repeat finds them there, and ties
 * to its payment what was a line of an unknown order. Answers undefined when its lines do not add up to its head: it is
 * not taken, for its transfer would be explained by nothing.
 */
export async function saveStatement(
  tx: Kysely<Database>,
  owner: StatementOwner,
  head: StatementHead,
  lines: readonly StatementLine[],
): Promise<SavedStatement | undefined> {
  const sums = sumsOf(head, lines)
  if (sums === undefined) return undefined
  const { merchantId, connectionId, shopId, source } = owner
  const { statementNumber, method, closingOn, payOn, issuerNumber = null } = head
  const statementId = uuidv7()
  const row = { merchantId, statementId, connectionId, shopId, statementNumber, method, closingOn, payOn, issuerNumber }
  const inserted = await tx
    .insertInto('statement')
    .values({ ...row, ...sums, lines: lines.length, source, state: 'closed', paidOn: null })
    .onConflict((conflict) => conflict.columns(['merchantId', 'connectionId', 'statementNumber']).doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) return tieLines(tx, owner, statementNumber, lines)
  if (lines.length === 0) return { statementId, paidOn: null }
  await insertLines(tx, merchantId, statementId, lines)
  const own = lines.filter((line) => !isOfPayment(line)).map((line) => ({ ...line, method }))
  await recordLines(tx, merchantId, statementId, own, (line) => postClosedLine(line, closingOn))
  return { statementId, paidOn: null }
}

/** Orders that were unknown when the statement came, and are not any more. A line that has its payment keeps it. */
async function tieLines(
  tx: Kysely<Database>,
  { merchantId, connectionId }: StatementOwner,
  statementNumber: string,
  lines: readonly StatementLine[],
): Promise<SavedStatement> {
  const { statementId, paidOn } = await tx
    .selectFrom('statement')
    .select(['statementId', 'paidOn'])
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .where('statementNumber', '=', statementNumber)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const tied = lines.flatMap(({ line, paymentId, providerId }) =>
    paymentId === null ? [] : [{ line, paymentId, providerId }],
  )
  await sql`
    update statement_line l set payment_id = t."paymentId"
      from json_to_recordset(${JSON.stringify(tied)}::json) as t (line integer, "paymentId" uuid, "providerId" text)
      where l.merchant_id = ${merchantId}::uuid and l.statement_id = ${statementId}::uuid and l.line = t.line and l.provider_id = t."providerId"
        and l.payment_id is null`.execute(tx)
  return { statementId, paidOn: paidOn === null ? null : businessDate(paidOn) }
}

/** Marks a statement as transferred, and its own lines with it. Answers false when it is not known yet. */
export async function payStatement(
  tx: Kysely<Database>,
  { merchantId, connectionId }: Pick<StatementOwner, 'merchantId' | 'connectionId'>,
  statementNumber: string,
  paidOn: string,
): Promise<boolean> {
  const found = await tx
    .selectFrom('statement')
    .select(['statementId', 'state'])
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .where('statementNumber', '=', statementNumber)
    .forUpdate()
    .executeTakeFirst()
  if (found === undefined) return false
  if (found.state === 'paid') return true
  await tx
    .updateTable('statement')
    .set({ state: 'paid', paidOn })
    .where('merchantId', '=', merchantId)
    .where('statementId', '=', found.statementId)
    .execute()
  const own = await listOwnLines(tx, merchantId, [found.statementId])
  await recordLines(tx, merchantId, found.statementId, own, (line) => postPaidLine(line, businessDate(paidOn)))
  return true
}

export type OwnLine = StatementOwnLine & {
  readonly statementId: string
  readonly line: number
  readonly closingOn: string
  readonly paidOn: string | null
}

/** The lines of statements that are no payment's, as the journal needs them. */
export async function listOwnLines(
  db: Kysely<Database>,
  merchantId: string,
  statementIds: readonly string[],
): Promise<OwnLine[]> {
  const { rows } = await sql<OwnLine>`
    select s.statement_id, s.method, s.closing_on, s.paid_on, l.line, l.kind, l.gross_yen, l.transfer_yen,
        coalesce((select json_agg(json_build_object('kind', f.kind, 'taxClass', f.tax_class, 'amountYen', f.amount_yen, 'taxYen', f.tax_yen) order by f.part)
          from statement_fee f where f.merchant_id = l.merchant_id and f.statement_id = l.statement_id and f.line = l.line), '[]') as fees
      from statement s join statement_line l on l.merchant_id = s.merchant_id and l.statement_id = s.statement_id
      where s.merchant_id = ${merchantId}::uuid and s.statement_id = any(${statementIds}::uuid[]) and l.kind not in ('sale', 'cancellation')
      order by s.statement_id, l.line`.execute(db)
  return rows
}

async function insertLines(
  tx: Kysely<Database>,
  merchantId: string,
  statementId: string,
  lines: readonly StatementLine[],
): Promise<void> {
  const fees = lines.flatMap(({ line, fees: parts }) => parts.map((fee, index) => ({ line, part: index + 1, ...fee })))
  const rows = lines.map(({ fees: _, fixedFee, ...line }) => ({
    ...line,
    feeMonth: fixedFee?.month ?? null,
    carried: fixedFee?.carried ?? null,
  }))
  await sql`
    insert into statement_line (merchant_id, statement_id, line, kind, payment_id, provider_id, order_number, note, gross_yen, fee_yen, fee_tax_yen, transfer_yen, fee_month, carried)
      select ${merchantId}::uuid, ${statementId}::uuid, l.line, l.kind, l."paymentId", l."providerId", l."orderNumber", l.note, l."grossYen", l."feeYen", l."feeTaxYen", l."transferYen", l."feeMonth", l.carried
      from json_to_recordset(${JSON.stringify(rows)}::json) as l (line integer, kind text, "paymentId" uuid, "providerId" text, "orderNumber" text, note text, "grossYen" bigint, "feeYen" bigint, "feeTaxYen" bigint, "transferYen" bigint, "feeMonth" text, carried smallint)`.execute(
    tx,
  )
  if (fees.length === 0) return
  await sql`
    insert into statement_fee (merchant_id, statement_id, line, part, kind, tax_class, amount_yen, tax_yen)
      select ${merchantId}::uuid, ${statementId}::uuid, f.line, f.part, f.kind, f."taxClass", f."amountYen", f."taxYen"
      from json_to_recordset(${JSON.stringify(fees)}::json) as f (line integer, part smallint, kind text, "taxClass" text, "amountYen" bigint, "taxYen" bigint)`.execute(
    tx,
  )
}

async function recordLines<Line extends StatementOwnLine & { readonly line: number }>(
  tx: Kysely<Database>,
  merchantId: string,
  statementId: string,
  lines: readonly Line[],
  post: (line: Line) => JournalDraft | undefined,
): Promise<void> {
  const drafts = lines.flatMap((line) => {
    const draft = post(line)
    return draft === undefined ? [] : [{ entryId: uuidv7(), sequence: line.line, draft }]
  })
  if (drafts.length === 0) return
  await tx
    .insertInto('journalEntry')
    .values(
      drafts.map(({ entryId, sequence, draft: { kind, bookedOn } }) => ({
        merchantId,
        entryId,
        paymentId: null,
        statementId,
        sequence,
        kind,
        bookedOn,
        reverses: null,
      })),
    )
    .execute()
  await tx
    .insertInto('posting')
    .values(
      drafts.flatMap(({ entryId, draft }) =>
        draft.lines.map((posting, index) => ({ merchantId, entryId, line: index + 1, ...posting })),
      ),
    )
    .execute()
}
