/** A provider's statement, whatever its file looks like, as what the ledger is told. */
import { atTime } from '@choba/shared/dates.ts'
import { sumYen, yen } from '@choba/shared/money.ts'
import type { Decoded } from '@choba/wire/json.ts'
import { type StatementLine as WireLine, statementTotals } from '@choba/wire/statement/line.ts'
import type { StatementHead as WireHead } from '@choba/wire/statement/list.ts'
import type { StatementProblem } from '@choba/wire/statement/row.ts'
import type { Exchange } from './http.ts'
import {
  type Interpreted,
  type KnownStatements,
  ProviderUnreachable,
  type RawMessage,
  type StatementFile,
  type StatementHead,
  STATEMENT_KEY,
  type StatementLine,
} from './port.ts'

/** Statements close in the evening of their day; the files say no hour. */
const CLOSING_HOUR = 18

export type StatementRow = Omit<StatementLine, 'line' | 'feeYen' | 'feeTaxYen'>

/** Rows counted from 1, with the sums of their fees. */
export function linesOf(rows: readonly StatementRow[]): StatementLine[] {
  return rows.map((row, index) => ({
    ...row,
    line: index + 1,
    feeYen: row.fees.reduce((sum, fee) => sum + fee.amountYen, 0),
    feeTaxYen: row.fees.reduce((sum, fee) => sum + fee.taxYen, 0),
  }))
}

/** How one provider writes its statements. */
export type StatementWords<Head extends WireHead> = {
  readonly provider: 'np' | 'sbps'
  readonly decodeHeads: (body: string) => Decoded<Head[]>
  readonly methodOf: (head: Head) => string
  readonly readFile: (
    bytes: Uint8Array,
    context: RawMessage['context'],
  ) =>
    | { readonly ok: true; readonly rows: readonly StatementRow[] }
    | { readonly ok: false; readonly problems: readonly StatementProblem[] }
}

/** The kept file of a statement; its head stands in the message's context. */
export function interpretStatement<Head extends WireHead>(
  words: StatementWords<Head>,
  { body, context }: Pick<RawMessage, 'body' | 'context'>,
): Interpreted {
  const head = firstHead(words, JSON.stringify({ results: [context?.['head']] }))
  if (head === undefined) return { kind: 'unreadable', reason: 'no statement head' }
  const file = words.readFile(body, context)
  if (!file.ok) return unreadable(file.problems)
  const { statementNumber, closedOn: closingOn, paymentOn: payOn } = head
  const at = atTime(closingOn, CLOSING_HOUR).toISOString()
  return {
    kind: 'statement',
    head: {
      statementNumber,
      method: words.methodOf(head),
      closingOn,
      payOn,
      grossYen: head.grossAmountYen,
      transferYen: head.transferAmountYen,
      issuerNumber: head.registrationNumber,
    },
    lines: linesOf(file.rows).map((row) => ({
      ...row,
      news: isOfPayment(row) ? { at, news: lineNews({ statementNumber, closingOn, payOn }, row) } : null,
    })),
  }
}

function lineNews(of: Pick<StatementHead, 'statementNumber' | 'closingOn' | 'payOn'>, row: StatementLine) {
  return {
    kind: 'statement_line' as const,
    ...(row.providerId && { providerId: row.providerId }),
    ...of,
    line: row.line,
    grossYen: yen(row.grossYen),
    fees: row.fees,
  }
}

/** The transfer of a statement, once its head names the day. */
export function interpretStatementPaid<Head extends WireHead>(
  words: StatementWords<Head>,
  { body, saidAt }: Pick<RawMessage, 'body' | 'saidAt'>,
): Interpreted {
  const head = firstHead(words, new TextDecoder().decode(body))
  if (head?.transferredOn === undefined) return { kind: 'unreadable', reason: 'no transfer date' }
  return { kind: 'statement_paid', statementNumber: head.statementNumber, paidOn: head.transferredOn, saidAt }
}

function firstHead<Head extends WireHead>(words: StatementWords<Head>, body: string): Head | undefined {
  const decoded = words.decodeHeads(body)
  return decoded.ok ? decoded.value[0] : undefined
}

type Listed = Pick<Extract<Exchange, { kind: 'answer' }>, 'body' | 'contentType' | 'at'>

/** What a list of statements says that is not known yet: files that are fetched, and transfers. @throws ProviderUnreachable */
export async function statementNews<Head extends WireHead>(
  words: StatementWords<Head>,
  list: Listed,
  known: KnownStatements,
  fetchFile: (statementNumber: string) => Promise<Pick<Listed, 'body' | 'contentType'>>,
): Promise<RawMessage[]> {
  const text = new TextDecoder().decode(list.body)
  const decoded = words.decodeHeads(text)
  if (!decoded.ok) throw new ProviderUnreachable(`unreadable statement list at ${decoded.refusal.path}`)
  const rows = (JSON.parse(text) as { results: Array<Record<string, unknown>> }).results // as decoded above
  const messages: RawMessage[] = []
  for (const [index, { statementNumber, status }] of decoded.value.entries()) {
    const head = rows[index]
    if (!known.closed.has(statementNumber))
      messages.push({
        kind: `${words.provider}_statement`,
        uniqueKey: statementKey(statementNumber),
        providerId: null,
        ...pick(await fetchFile(statementNumber)),
        context: { head },
        saidAt: list.at,
      })
    if (status === 'paid' && !known.paid.has(statementNumber))
      messages.push({
        kind: `${words.provider}_statement_paid`,
        uniqueKey: `statement_paid:${statementNumber}`,
        providerId: null,
        contentType: list.contentType,
        body: new TextEncoder().encode(JSON.stringify({ results: [head] })),
        saidAt: list.at,
      })
  }
  return messages
}

function pick({ body, contentType }: Pick<Listed, 'body' | 'contentType'>) {
  return { body, contentType }
}

/** One statement is told once, whichever way it comes. */
function statementKey(statementNumber: string): string {
  return `${STATEMENT_KEY}${statementNumber}`
}

function isOfPayment({ kind }: StatementLine): boolean {
  return kind === 'sale' || kind === 'cancellation'
}

/** The first problem of a file, for the list of messages that wait. */
function unreadable(problems: readonly StatementProblem[]): Interpreted {
  const [first] = problems
  return { kind: 'unreadable', reason: `line ${first?.line ?? 0}: ${first?.column ?? ''} ${first?.problem ?? ''}` }
}

/** The head that its provider would have written over the lines of a file. */
export function headOfFile(
  { statementNumber, closingOn, payOn }: Pick<StatementFile, 'statementNumber' | 'closingOn' | 'payOn'>,
  lines: readonly WireLine[],
): WireHead {
  return {
    statementNumber,
    closedOn: closingOn,
    paymentOn: payOn,
    grossAmountYen: statementTotals(lines).grossYen,
    transferAmountYen: sumYen(lines.map((line) => line.transferYen)),
    status: 'closed',
    lineCount: lines.length,
  }
}

/** A file that a person brought, as the message in which its provider would have sent it. */
export function fileMessage(
  provider: 'np' | 'sbps',
  { statementNumber, bytes, mapping }: Pick<StatementFile, 'statementNumber' | 'bytes' | 'mapping'>,
  heads: string,
  saidAt: string,
): RawMessage {
  const { results } = JSON.parse(heads) as { results: unknown[] } // as the wire codec has just written it
  return {
    kind: `${provider}_statement`,
    uniqueKey: statementKey(statementNumber),
    providerId: null,
    contentType: 'text/csv',
    body: bytes,
    context: { head: results[0], mapping, source: 'file' },
    saidAt,
  }
}

/** As kept beside a file that was brought by hand. */
export function mappingIn<Field extends string>(
  fields: readonly Field[],
  context: Readonly<Record<string, unknown>> | undefined,
): Partial<Record<Field, string>> {
  const mapping = context?.['mapping']
  return typeof mapping === 'object' && mapping !== null ? mappingOf(fields, mapping as Record<string, unknown>) : {}
}

/** What a person said of columns, of the fields there are. */
export function mappingOf<Field extends string>(
  fields: readonly Field[],
  mapping: Readonly<Record<string, unknown>>,
): Partial<Record<Field, string>> {
  const known = fields.filter((field) => typeof mapping[field] === 'string')
  return Object.fromEntries(known.map((field) => [field, mapping[field]])) as Partial<Record<Field, string>>
}
