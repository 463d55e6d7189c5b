/** One statement as the CSV that NP's admin offers, in the layout before April 2025 and in the newer one. */
import { encodeCp932, type Cp932Encoded } from '../cp932.ts'
import { readCsv, writeCsv, type CsvRow } from '../csv.ts'
import { decodeFileText } from '../text.ts'
import {
  KIND_WORDS,
  LAYOUT_COLUMNS,
  type NpLayout,
  placesOf,
  type StatementField,
  type StatementMapping,
  TAX_CLASS_WORDS,
} from './statement-layout.ts'
import { lineFeeTaxYen, lineFeeYen, type NpStatementFee, type NpStatementLine } from './statement-line.ts'
import { type NpStatementProblem, readStatementRow, type StatementProblemCode } from './statement-row.ts'

export type NpStatementRead =
  | {
      readonly ok: true
      readonly layout: NpLayout
      readonly lines: NpStatementLine[]
      /** Columns of the file that nobody said the meaning of; what they hold is not used. */
      readonly unknownColumns: string[]
    }
  | { readonly ok: false; readonly problems: NpStatementProblem[]; readonly columns: string[] }

/** A file says whose statement it is only by its lines: without these there is nothing to match or to add up. */
const NEEDED: readonly StatementField[] = ['gross', 'npTransactionId']

/** CP932 with CRLF, as NP writes it. The old layout has one fee column: what the line charges, added up. */
export function encodeStatementCsv(lines: readonly NpStatementLine[], layout: NpLayout = 'old'): Cp932Encoded {
  const columns = LAYOUT_COLUMNS[layout]
  const rows = lines.map((line, index) => {
    const cells = layout === 'old' ? oldCells(line) : newCells(line)
    return columns.map(([field]) => (field === 'number' ? String(index + 1) : (cells[field] ?? '')))
  })
  return encodeCp932(writeCsv([columns.map(([, name]) => name), ...rows]))
}

type Cells = Partial<Record<StatementField, string>>

function oldCells(line: NpStatementLine): Cells {
  const ofTransaction = line.npTransactionId !== ''
  return {
    npTransactionId: line.npTransactionId,
    // Assumed: a line of the statement itself names its kind where the shop's own number stands.
    shopTransactionId: ofTransaction ? line.shopTransactionId : KIND_WORDS[line.kind],
    customerName: ofTransaction ? line.customerName : line.note,
    gross: String(line.grossYen),
    rate: String(lineFeeYen(line)),
    rateTax: String(lineFeeTaxYen(line)),
    transfer: String(line.transferYen),
  }
}

function newCells(line: NpStatementLine): Cells {
  const rate = line.fees.find((fee) => fee.kind === 'rate')
  const postage = line.fees.find((fee) => fee.kind === 'postage')
  const other = line.fees.find((fee) => fee.kind === 'monthly' || fee.kind === 'other')
  return {
    kind: KIND_WORDS[line.kind],
    npTransactionId: line.npTransactionId,
    shopTransactionId: line.shopTransactionId,
    customerName: line.customerName,
    shippedOn: line.shippedOn?.replaceAll('-', '/') ?? '',
    gross: String(line.grossYen),
    ...feeCells('rate', rate),
    ...feeCells('postage', postage),
    ...feeCells('other', other),
    transfer: String(line.transferYen),
    note: line.note,
  }
}

function feeCells(field: 'rate' | 'postage' | 'other', fee: NpStatementFee | undefined): Cells {
  if (fee === undefined) return { [field]: '0', [`${field}Tax`]: '0' }
  return {
    [field]: String(fee.amountYen),
    [`${field}TaxClass`]: TAX_CLASS_WORDS[fee.taxClass],
    [`${field}Tax`]: String(fee.taxYen),
  }
}

/**
 * Reads either layout, in UTF-8 or CP932, by the names of its columns; a file without a header is read as the old
 * layout by position. Every problem at once, each with the file's line and column; no line is used when one is wrong.
 */
export function decodeStatementCsv(bytes: Uint8Array, mapping: StatementMapping = {}): NpStatementRead {
  const decoded = decodeFileText(bytes)
  if (decoded === undefined) return failed(1, '', 'not_text')
  const csv = readCsv(decoded.text)
  if (!csv.ok) return failed(csv.line, '', 'not_csv')
  const [first, ...rest] = csv.rows
  if (!first) return failed(1, '', 'empty')
  const isHeadless = isOldRow(first)
  const header = isHeadless ? LAYOUT_COLUMNS.old.map(([, name]) => name) : first.cells
  const places = placesOf(header, mapping)
  const missing = NEEDED.filter((field) => places[field] === undefined)
  if (missing.length > 0)
    return {
      ok: false,
      columns: unplaced(header, places),
      problems: missing.map((column) => ({ line: 1, column, problem: 'column_missing' as const })),
    }
  const problems: NpStatementProblem[] = []
  const body = isHeadless ? csv.rows : rest
  const lines = body.map((row, index) => readStatementRow({ header, places, row, number: index + 1, problems }))
  if (problems.length > 0) return { ok: false, problems, columns: unplaced(header, places) }
  return {
    ok: true,
    layout: places.kind === undefined ? 'old' : 'new',
    lines,
    unknownColumns: unplaced(header, places),
  }
}

function unplaced(header: readonly string[], places: Partial<Record<StatementField, number>>): string[] {
  const used = new Set(Object.values(places))
  return header.filter((_, index) => !used.has(index))
}

/** A row of the old layout where a header would stand: eight cells, a number first and an amount fifth. */
function isOldRow({ cells }: CsvRow): boolean {
  return cells.length === LAYOUT_COLUMNS.old.length && cells[0] === '1' && /^-?\d+$/.test(cells[4] ?? '')
}

function failed(line: number, column: string, problem: StatementProblemCode): NpStatementRead {
  return { ok: false, columns: [], problems: [{ line, column, problem }] }
}
