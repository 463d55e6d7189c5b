/** One statement as the CSV that NP's admin offers, in the layout before April 2025 and in the newer one. */
import type { Cp932Encoded } from '../cp932.ts'
import type { CsvRow } from '../csv.ts'
import { readStatementFile, type StatementRead, writeStatementFile } from '../statement/file.ts'
import { lineFeeTaxYen, lineFeeYen } from '../statement/line.ts'
import { feeCells } from '../statement/row.ts'
import {
  FEE_FIELDS,
  KIND_WORDS,
  LAYOUT_COLUMNS,
  NP_STATEMENT_NAMES,
  type NpLayout,
  type StatementField,
  type StatementMapping,
} from './statement-layout.ts'
import type { NpStatementLine } from './statement-line.ts'
import { readStatementRow } from './statement-row.ts'

/** A file says whose statement it is only by its lines. */
const NEEDED: readonly StatementField[] = ['gross', 'npTransactionId']

/** The old layout has one fee column: what the line charges, added up. */
export function encodeStatementCsv(lines: readonly NpStatementLine[], layout: NpLayout = 'old'): Cp932Encoded {
  const rows = lines.map(layout === 'old' ? oldCells : newCells)
  return writeStatementFile(LAYOUT_COLUMNS[layout], 'number', rows)
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
    ...feeCells(FEE_FIELDS.rate, rate),
    ...feeCells(FEE_FIELDS.postage, postage),
    ...feeCells(FEE_FIELDS.other, other),
    transfer: String(line.transferYen),
    note: line.note,
  }
}

type NpStatementRead =
  | {
      readonly ok: true
      readonly layout: NpLayout
      readonly lines: NpStatementLine[]
      /** Columns of the file that nobody said the meaning of; what they hold is not used. */
      readonly unknownColumns: string[]
    }
  | Extract<StatementRead<StatementField, NpStatementLine>, { readonly ok: false }>

/** Reads either layout; a file without a header is read as the old one by position. */
export function decodeStatementCsv(bytes: Uint8Array, mapping: StatementMapping = {}): NpStatementRead {
  const layout = {
    names: NP_STATEMENT_NAMES,
    needed: NEEDED,
    headless: { columns: LAYOUT_COLUMNS.old, is: isOldRow },
    readRow: readStatementRow,
  }
  const read = readStatementFile(layout, bytes, mapping)
  if (!read.ok) return read
  const { places, lines, unknownColumns } = read
  return { ok: true, layout: places.kind === undefined ? 'old' : 'new', lines, unknownColumns }
}

/** A row of the old layout where a header would stand: eight cells, a number first and an amount fifth. */
function isOldRow({ cells }: CsvRow): boolean {
  return cells.length === LAYOUT_COLUMNS.old.length && cells[0] === '1' && /^-?\d+$/.test(cells[4] ?? '')
}
