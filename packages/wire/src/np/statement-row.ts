/** One row of a statement file, read by the places of its fields. */
import { type BusinessDate, parseBusinessDate } from '@choba/shared/dates.ts'
import { parseYen, type Yen, yen } from '@choba/shared/money.ts'
import { TAX_CLASSES, type TaxClass } from '@choba/shared/tax-classes.ts'
import type { CsvRow } from '../csv.ts'
import { npTransactionIdCodes } from './field-rules.ts'
import { KIND_WORDS, type StatementField, TAX_CLASS_WORDS } from './statement-layout.ts'
import {
  lineTransferYen,
  NP_LINE_KINDS,
  type NpLineKind,
  type NpStatementFee,
  type NpStatementLine,
} from './statement-line.ts'

/** What may be wrong with a file, a row or a cell. */
export const STATEMENT_PROBLEMS = [
  'not_text',
  'not_csv',
  'empty',
  'column_missing',
  'cell_count',
  'not_in_order',
  'not_an_id',
  'not_an_amount',
  'not_a_day',
  'unknown_kind',
  'unknown_tax_class',
  'sum_differs',
] as const
export type StatementProblemCode = (typeof STATEMENT_PROBLEMS)[number]
export type NpStatementProblem = {
  readonly line: number
  readonly column: string
  readonly problem: StatementProblemCode
}

export type RowToRead = {
  readonly header: readonly string[]
  readonly places: Partial<Record<StatementField, number>>
  readonly row: CsvRow
  /** Counted from 1, as the file should count them too. */
  readonly number: number
  /** Gathers what is wrong, for the whole file. */
  readonly problems: NpStatementProblem[]
}

export function readStatementRow(to: RowToRead): NpStatementLine {
  const { header, places, row, number } = to
  const reader = readerOf(to)
  if (row.cells.length !== header.length) reader.report('', 'cell_count')
  if (places.number !== undefined && reader.cell('number') !== String(number)) reader.report('number', 'not_in_order')
  const npTransactionId = reader.cell('npTransactionId')
  const shopTransactionId = reader.cell('shopTransactionId')
  const grossYen = reader.amount('gross')
  const kind = kindOf(reader, grossYen)
  const ofTransaction = kind === 'sale' || kind === 'cancellation'
  if (ofTransaction && npTransactionIdCodes(npTransactionId).length > 0) reader.report('npTransactionId', 'not_an_id')
  const fees = feesOf(reader, kind)
  const transferYen = places.transfer === undefined ? lineTransferYen({ grossYen, fees }) : reader.amount('transfer')
  if (lineTransferYen({ grossYen, fees }) !== transferYen) reader.report('transfer', 'sum_differs')
  const isOld = places.kind === undefined
  return {
    kind,
    npTransactionId,
    shopTransactionId: ofTransaction || !isOld ? shopTransactionId : '',
    customerName: ofTransaction || !isOld ? reader.cell('customerName') : '',
    shippedOn: reader.day('shippedOn'),
    grossYen,
    fees,
    transferYen,
    note: ofTransaction || !isOld ? reader.cell('note') : reader.cell('customerName'),
  }
}

type Reader = {
  cell(field: StatementField): string
  amount(field: StatementField): Yen
  day(field: StatementField): BusinessDate | null
  report(field: StatementField | '', problem: StatementProblemCode): void
  has(field: StatementField): boolean
}

function readerOf({ header, places, row, problems }: RowToRead): Reader {
  function cell(field: StatementField): string {
    return row.cells[places[field] ?? -1] ?? ''
  }
  function report(field: StatementField | '', problem: StatementProblemCode): void {
    const place = field === '' ? undefined : places[field]
    problems.push({ line: row.line, column: place === undefined ? field : (header[place] ?? field), problem })
  }
  return {
    cell,
    report,
    has: (field) => places[field] !== undefined,
    amount(field) {
      const text = cell(field).replaceAll(',', '')
      // A fee column that is left blank charges nothing; the amount of the line itself must stand.
      if (text === '' && field !== 'gross' && field !== 'transfer') return yen(0)
      const read = parseYen(text)
      if (read === undefined) report(field, 'not_an_amount')
      return read ?? yen(0)
    },
    day(field) {
      const text = cell(field).replaceAll('/', '-')
      if (text === '') return null
      const read = parseBusinessDate(text)
      if (read === undefined) report(field, 'not_a_day')
      return read ?? null
    },
  }
}

/** In the old layout a line of the statement itself has no NP id and names its kind beside it (assumed). */
function kindOf(reader: Reader, grossYen: Yen): NpLineKind {
  if (reader.has('kind')) {
    const kind = NP_LINE_KINDS.find((each) => KIND_WORDS[each] === reader.cell('kind'))
    if (kind === undefined) reader.report('kind', 'unknown_kind')
    return kind ?? 'sale'
  }
  if (reader.cell('npTransactionId') !== '') return grossYen < 0 ? 'cancellation' : 'sale'
  const named = reader.cell('shopTransactionId')
  return NP_LINE_KINDS.find((each) => KIND_WORDS[each] === named) ?? 'adjustment'
}

function feesOf(reader: Reader, kind: NpLineKind): NpStatementFee[] {
  const otherKind = kind === 'monthly_fee' ? 'monthly' : 'other'
  const fees = [
    feeOf(reader, 'rate', kind === 'monthly_fee' ? 'monthly' : 'rate'),
    feeOf(reader, 'postage', 'postage'),
    feeOf(reader, 'other', otherKind),
  ]
  return fees.filter((fee) => fee.amountYen !== 0 || fee.taxYen !== 0)
}

function feeOf(reader: Reader, field: 'rate' | 'postage' | 'other', kind: NpStatementFee['kind']): NpStatementFee {
  const taxYen = reader.amount(`${field}Tax`)
  return { kind, taxClass: taxClassOf(reader, `${field}TaxClass`, taxYen), amountYen: reader.amount(field), taxYen }
}

/** The old layout prints no class: what has tax was taxed at the standard rate. */
function taxClassOf(reader: Reader, field: StatementField, taxYen: Yen): TaxClass {
  const word = reader.cell(field).normalize('NFKC')
  if (word === '') return taxYen === 0 ? 'non_taxable' : 'taxable10'
  const found = TAX_CLASSES.find((each) => TAX_CLASS_WORDS[each] === word)
  if (found === undefined) reader.report(field, 'unknown_tax_class')
  return found ?? 'out_of_scope'
}
