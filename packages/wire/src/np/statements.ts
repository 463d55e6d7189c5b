/**
 * NP's replacement-payment statements: the list of closings, and one statement as the CSV that NP's admin offers.
 * Path and JSON are assumed; the CSV columns are those of the layout before April 2025, found by name.
 */
import { type BusinessDate } from '@choba/shared/dates.ts'
import { parseYen, sumYen, yen, type Yen } from '@choba/shared/money.ts'
import { decodeCp932, encodeCp932, type Cp932Encoded } from '../cp932.ts'
import { readCsv, writeCsv, type CsvRow } from '../csv.ts'
import { npTransactionIdCodes } from './field-rules.ts'
import {
  compact,
  day,
  decoding,
  integer,
  list,
  object,
  oneOf,
  optionalDay,
  parseJson,
  text,
  type Decoded,
} from './json.ts'

export const NP_STATEMENT_COLUMNS = [
  '通番',
  'NP取引ID',
  '加盟店取引ID',
  'ご購入者名',
  '取引総額',
  'NP手数料(税抜)',
  'NP手数料消費税',
  'お支払総額',
] as const
export const NP_STATEMENT_STATUSES = ['closed', 'paid'] as const

export type NpStatement = {
  statementNumber: string
  closedOn: BusinessDate
  paymentOn: BusinessDate
  grossAmountYen: Yen
  transferAmountYen: Yen
  status: (typeof NP_STATEMENT_STATUSES)[number]
  transferredOn?: BusinessDate | undefined
  lineCount: number
}

/** One transaction on a statement. A transaction cancelled after it was paid out stands with every amount negative. */
export type NpStatementLine = {
  npTransactionId: string
  shopTransactionId: string
  customerName: string
  grossYen: Yen
  feeYen: Yen
  feeTaxYen: Yen
  transferYen: Yen
}

export type NpStatementProblem = { line: number; column: string; problem: string }
export type NpStatementRead = { ok: true; lines: NpStatementLine[] } | { ok: false; problems: NpStatementProblem[] }

export function encodeStatementFind(find: { closedFrom?: BusinessDate | undefined }): string {
  return JSON.stringify(compact({ closed_from: find.closedFrom }))
}

export function decodeStatementFind(body: string): Decoded<{ closedFrom: BusinessDate | undefined }> {
  return decoding(() => {
    const message = body.trim() === '' ? {} : object(parseJson(body), 'body')
    return { closedFrom: optionalDay(message['closed_from'], 'closed_from') }
  })
}

export function encodeStatements(statements: readonly NpStatement[]): string {
  return JSON.stringify({
    results: statements.map((statement) => ({
      statement_no: statement.statementNumber,
      closing_date: statement.closedOn,
      payment_date: statement.paymentOn,
      gross_amount: statement.grossAmountYen,
      transfer_amount: statement.transferAmountYen,
      status: statement.status,
      transferred_date: statement.transferredOn ?? null,
      line_count: statement.lineCount,
    })),
  })
}

export function decodeStatements(body: string): Decoded<NpStatement[]> {
  return decoding(() =>
    list(object(parseJson(body), 'body')['results'], 'results').map((entry, index) => {
      const path = `results[${index}]`
      const row = object(entry, path)
      const transferredOn = optionalDay(row['transferred_date'], `${path}.transferred_date`)
      const statement = {
        statementNumber: text(row['statement_no'], `${path}.statement_no`),
        closedOn: day(row['closing_date'], `${path}.closing_date`),
        paymentOn: day(row['payment_date'], `${path}.payment_date`),
        grossAmountYen: yen(integer(row['gross_amount'], `${path}.gross_amount`)),
        transferAmountYen: yen(integer(row['transfer_amount'], `${path}.transfer_amount`)),
        status: oneOf(row['status'], NP_STATEMENT_STATUSES, `${path}.status`),
        lineCount: integer(row['line_count'], `${path}.line_count`),
      }
      return transferredOn ? { ...statement, transferredOn } : statement
    }),
  )
}

export function encodeStatementCsv(lines: readonly NpStatementLine[]): Cp932Encoded {
  const rows = lines.map((line, index) => [
    String(index + 1),
    line.npTransactionId,
    line.shopTransactionId,
    line.customerName,
    String(line.grossYen),
    String(line.feeYen),
    String(line.feeTaxYen),
    String(line.transferYen),
  ])
  return encodeCp932(writeCsv([[...NP_STATEMENT_COLUMNS], ...rows]))
}

/** Every problem of the file at once, each with the file's line and column; no line is used when one is wrong. */
export function decodeStatementCsv(bytes: Uint8Array): NpStatementRead {
  const decoded = decodeCp932(bytes)
  if (decoded === undefined) return failed(1, '', 'the file is not CP932 text')
  const csv = readCsv(decoded)
  if (!csv.ok) return failed(csv.line, '', csv.problem)
  const [header, ...body] = csv.rows
  if (!header) return failed(1, '', 'the file is empty')
  const missing = NP_STATEMENT_COLUMNS.filter((column) => !header.cells.includes(column))
  if (missing.length > 0)
    return { ok: false, problems: missing.map((column) => ({ line: 1, column, problem: 'the column is missing' })) }
  const problems: NpStatementProblem[] = []
  const lines = body.map((row, index) => readLine(header.cells, row, index + 1, problems))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, lines }
}

export function statementTotals(lines: readonly NpStatementLine[]): {
  grossYen: Yen
  feeYen: Yen
  feeTaxYen: Yen
  transferYen: Yen
} {
  return {
    grossYen: sumYen(lines.map((line) => line.grossYen)),
    feeYen: sumYen(lines.map((line) => line.feeYen)),
    feeTaxYen: sumYen(lines.map((line) => line.feeTaxYen)),
    transferYen: sumYen(lines.map((line) => line.transferYen)),
  }
}

function readLine(
  header: readonly string[],
  row: CsvRow,
  expectedNumber: number,
  problems: NpStatementProblem[],
): NpStatementLine {
  const report = (column: string, problem: string) => problems.push({ line: row.line, column, problem })
  const cell = (column: (typeof NP_STATEMENT_COLUMNS)[number]) => row.cells[header.indexOf(column)] ?? ''
  const amount = (column: (typeof NP_STATEMENT_COLUMNS)[number]) => {
    const read = parseYen(cell(column))
    if (read === undefined) report(column, 'not a whole yen amount')
    return read ?? yen(0)
  }
  if (row.cells.length !== header.length) report('', `${row.cells.length} cells where the header has ${header.length}`)
  if (cell('通番') !== String(expectedNumber)) report('通番', `expected ${expectedNumber}`)
  if (npTransactionIdCodes(cell('NP取引ID')).length > 0) report('NP取引ID', 'not an 11-character id')
  if (cell('加盟店取引ID') === '') report('加盟店取引ID', 'empty')
  const line = {
    npTransactionId: cell('NP取引ID'),
    shopTransactionId: cell('加盟店取引ID'),
    customerName: cell('ご購入者名'),
    grossYen: amount('取引総額'),
    feeYen: amount('NP手数料(税抜)'),
    feeTaxYen: amount('NP手数料消費税'),
    transferYen: amount('お支払総額'),
  }
  if (line.grossYen - line.feeYen - line.feeTaxYen !== line.transferYen)
    report('お支払総額', 'gross − fee − tax is another amount')
  return line
}

function failed(line: number, column: string, problem: string): NpStatementRead {
  return { ok: false, problems: [{ line, column, problem }] }
}
