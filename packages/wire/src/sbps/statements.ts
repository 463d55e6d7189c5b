/**
 * SBPS's payout statements: the list of closings as JSON and one statement as CSV. Assumed throughout: where SBPS offers
 * them and in which layout is contract-specific and not public.
 */
import { type BusinessDate, parseBusinessDate } from '@choba/shared/dates.ts'
import { parseYen, yen, type Yen } from '@choba/shared/money.ts'
import { type Cp932Encoded, decodeCp932, encodeCp932 } from '../cp932.ts'
import { type CsvRow, readCsv, writeCsv } from '../csv.ts'
import { day, type Decoded, decoding, integer, list, object, oneOf, optionalDay, parseJson, text } from '../np/json.ts'

export const SBPS_PAY_METHODS = ['credit', 'webcvs'] as const
export const SBPS_STATEMENT_STATUSES = ['closed', 'paid'] as const
export type SbpsPayMethod = (typeof SBPS_PAY_METHODS)[number]

export type SbpsStatement = {
  readonly statementNumber: string
  readonly payMethod: SbpsPayMethod
  readonly closedOn: BusinessDate
  readonly paymentOn: BusinessDate
  readonly grossAmountYen: Yen
  readonly transferAmountYen: Yen
  readonly status: (typeof SBPS_STATEMENT_STATUSES)[number]
  readonly transferredOn?: BusinessDate | undefined
  readonly lineCount: number
}

export const SBPS_STATEMENT_COLUMNS = [
  '通番',
  '決済方法',
  '処理トラッキングID',
  '注文番号',
  '売上区分',
  '売上日',
  '売上金額',
  '決済手数料',
  '手数料消費税',
  '入金額',
] as const

/** One sale, or one refund with every amount negative. */
export type SbpsStatementLine = {
  readonly payMethod: SbpsPayMethod
  readonly trackingId: string
  readonly orderNumber: string
  readonly kind: 'sale' | 'refund'
  readonly soldOn: BusinessDate
  readonly amountYen: Yen
  readonly feeYen: Yen
  readonly feeTaxYen: Yen
  readonly transferYen: Yen
}

export type SbpsStatementProblem = { readonly line: number; readonly column: string; readonly problem: string }
export type SbpsStatementRead =
  | { readonly ok: true; readonly lines: SbpsStatementLine[] }
  | { readonly ok: false; readonly problems: SbpsStatementProblem[] }

const KIND_WORDS = { sale: '売上', refund: '返金' } as const

export function encodeStatements(statements: readonly SbpsStatement[]): string {
  return JSON.stringify({
    results: statements.map((statement) => ({
      statement_no: statement.statementNumber,
      pay_method: statement.payMethod,
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

export function decodeStatements(body: string): Decoded<SbpsStatement[]> {
  return decoding(() =>
    list(object(parseJson(body), 'body')['results'], 'results').map((entry, index) => {
      const path = `results[${index}]`
      const row = object(entry, path)
      const transferredOn = optionalDay(row['transferred_date'], `${path}.transferred_date`)
      const statement = {
        statementNumber: text(row['statement_no'], `${path}.statement_no`),
        payMethod: oneOf(row['pay_method'], SBPS_PAY_METHODS, `${path}.pay_method`),
        closedOn: day(row['closing_date'], `${path}.closing_date`),
        paymentOn: day(row['payment_date'], `${path}.payment_date`),
        grossAmountYen: yen(integer(row['gross_amount'], `${path}.gross_amount`)),
        transferAmountYen: yen(integer(row['transfer_amount'], `${path}.transfer_amount`)),
        status: oneOf(row['status'], SBPS_STATEMENT_STATUSES, `${path}.status`),
        lineCount: integer(row['line_count'], `${path}.line_count`),
      }
      return transferredOn ? { ...statement, transferredOn } : statement
    }),
  )
}

export function encodeStatementCsv(lines: readonly SbpsStatementLine[]): Cp932Encoded {
  const rows = lines.map((line, index) => [
    String(index + 1),
    line.payMethod,
    line.trackingId,
    line.orderNumber,
    KIND_WORDS[line.kind],
    line.soldOn.replaceAll('-', '/'),
    String(line.amountYen),
    String(line.feeYen),
    String(line.feeTaxYen),
    String(line.transferYen),
  ])
  return encodeCp932(writeCsv([[...SBPS_STATEMENT_COLUMNS], ...rows]))
}

/** Every problem of the file at once, each with the file's line and column; no line is used when one is wrong. */
export function decodeStatementCsv(bytes: Uint8Array): SbpsStatementRead {
  const decoded = decodeCp932(bytes)
  if (decoded === undefined) return failed(1, '', 'the file is not CP932 text')
  const csv = readCsv(decoded)
  if (!csv.ok) return failed(csv.line, '', csv.problem)
  const [header, ...body] = csv.rows
  if (!header) return failed(1, '', 'the file is empty')
  const missing = SBPS_STATEMENT_COLUMNS.filter((column) => !header.cells.includes(column))
  if (missing.length > 0) {
    return { ok: false, problems: missing.map((column) => ({ line: 1, column, problem: 'the column is missing' })) }
  }
  const problems: SbpsStatementProblem[] = []
  const lines = body.map((row, index) => readLine(header.cells, row, index + 1, problems))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, lines }
}

type Column = (typeof SBPS_STATEMENT_COLUMNS)[number]

function readLine(
  header: readonly string[],
  row: CsvRow,
  expectedNumber: number,
  problems: SbpsStatementProblem[],
): SbpsStatementLine {
  const report = (column: string, problem: string) => problems.push({ line: row.line, column, problem })
  const cell = (column: Column) => row.cells[header.indexOf(column)] ?? ''
  const amount = (column: Column) => {
    const read = parseYen(cell(column))
    if (read === undefined) report(column, 'not a whole yen amount')
    return read ?? yen(0)
  }
  if (row.cells.length !== header.length) report('', `${row.cells.length} cells where the header has ${header.length}`)
  if (cell('通番') !== String(expectedNumber)) report('通番', `expected ${expectedNumber}`)
  if (!/^\d{14}$/.test(cell('処理トラッキングID'))) report('処理トラッキングID', 'not 14 digits')
  if (cell('注文番号') === '') report('注文番号', 'empty')
  const payMethod = SBPS_PAY_METHODS.find((method) => method === cell('決済方法'))
  if (!payMethod) report('決済方法', `neither of ${SBPS_PAY_METHODS.join(', ')}`)
  const kind = cell('売上区分') === KIND_WORDS.refund ? 'refund' : 'sale'
  if (cell('売上区分') !== KIND_WORDS[kind]) report('売上区分', 'neither 売上 nor 返金')
  const soldOn = parseBusinessDate(cell('売上日').replaceAll('/', '-'))
  if (!soldOn) report('売上日', 'not a day')
  const line = {
    payMethod: payMethod ?? 'credit',
    trackingId: cell('処理トラッキングID'),
    orderNumber: cell('注文番号'),
    kind,
    soldOn: soldOn ?? ('' as BusinessDate),
    amountYen: amount('売上金額'),
    feeYen: amount('決済手数料'),
    feeTaxYen: amount('手数料消費税'),
    transferYen: amount('入金額'),
  } as const
  if (line.amountYen - line.feeYen - line.feeTaxYen !== line.transferYen) {
    report('入金額', 'amount − fee − tax is another amount')
  }
  if (kind === 'refund' ? line.amountYen > 0 : line.amountYen < 0) report('売上金額', 'the sign does not fit the kind')
  return line
}

function failed(line: number, column: string, problem: string): SbpsStatementRead {
  return { ok: false, problems: [{ line, column, problem }] }
}
