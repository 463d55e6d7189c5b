/** One row of a statement file, read by the places of its fields. What is wrong is gathered, never guessed. */
import { type BusinessDate, parseBusinessDate } from '@choba/shared/dates.ts'
import { parseYen, type Yen, yen } from '@choba/shared/money.ts'
import { TAX_CLASSES, type TaxClass } from '@choba/shared/tax-classes.ts'
import type { CsvRow } from '../csv.ts'
import { type Places, TAX_CLASS_WORDS } from './columns.ts'
import { lineTransferYen, type StatementFee } from './line.ts'

/** What may be wrong with a file, a row or a cell. */
export type StatementProblemCode =
  | 'not_text'
  | 'not_csv'
  | 'empty'
  | 'column_missing'
  | 'cell_count'
  | 'not_in_order'
  | 'not_an_id'
  | 'not_an_amount'
  | 'not_a_day'
  | 'unknown_kind'
  | 'unknown_method'
  | 'unknown_tax_class'
  | 'sum_differs'
export type StatementProblem = {
  readonly line: number
  readonly column: string
  readonly problem: StatementProblemCode
}

export type RowToRead<Field extends string> = {
  readonly header: readonly string[]
  readonly places: Places<Field>
  readonly row: CsvRow
  /** Counted from 1, as the file should count them too. */
  readonly number: number
  /** Gathers what is wrong, for the whole file. */
  readonly problems: StatementProblem[]
}

export type RowReader<Field extends string> = {
  cell(field: Field): string
  /** Nothing is written where there is nothing to charge. */
  optionalAmount(field: Field): Yen
  amount(field: Field): Yen
  day(field: Field): BusinessDate | null
  /** A fee of three cells; undefined when it charges nothing. Without a class, what has tax was taxed at the standard rate. */
  fee<Kind extends string>(kind: Kind, fields: FeeFields<Field>): StatementFee<Kind> | undefined
  /** What the row transfers: as printed, or where no column says it, what is left. */
  transfer(field: Field, line: { readonly grossYen: Yen; readonly fees: readonly StatementFee[] }): Yen
  report(field: Field | '', problem: StatementProblemCode): void
  has(field: Field): boolean
}
export type FeeFields<Field extends string> = {
  readonly amount: Field
  readonly taxClass: Field
  readonly tax: Field
}

/** Checks the row's width and its number on the way. */
export function readerOf<Field extends string>(
  { header, places, row, number, problems }: RowToRead<Field>,
  numberField: NoInfer<Field>,
): RowReader<Field> {
  function cell(field: Field): string {
    return row.cells[places[field] ?? -1] ?? ''
  }
  function report(field: Field | '', problem: StatementProblemCode): void {
    const place = field === '' ? undefined : places[field]
    problems.push({ line: row.line, column: place === undefined ? field : (header[place] ?? field), problem })
  }
  function amount(field: Field): Yen {
    const read = parseYen(cell(field).replaceAll(',', ''))
    if (read === undefined) report(field, 'not_an_amount')
    return read ?? yen(0)
  }
  function optionalAmount(field: Field): Yen {
    return cell(field) === '' ? yen(0) : amount(field)
  }
  function taxClassOf(field: Field, taxYen: Yen): TaxClass {
    const word = cell(field).normalize('NFKC')
    if (word === '') return taxYen === 0 ? 'non_taxable' : 'taxable10'
    const found = TAX_CLASSES.find((each) => TAX_CLASS_WORDS[each] === word)
    if (found === undefined) report(field, 'unknown_tax_class')
    return found ?? 'out_of_scope'
  }
  if (row.cells.length !== header.length) report('', 'cell_count')
  if (places[numberField] !== undefined && cell(numberField) !== String(number)) report(numberField, 'not_in_order')
  return {
    cell,
    report,
    amount,
    optionalAmount,
    has: (field) => places[field] !== undefined,
    day(field) {
      const text = cell(field).replaceAll('/', '-')
      if (text === '') return null
      const read = parseBusinessDate(text)
      if (read === undefined) report(field, 'not_a_day')
      return read ?? null
    },
    fee(kind, fields) {
      const taxYen = optionalAmount(fields.tax)
      const fee = {
        kind,
        taxClass: taxClassOf(fields.taxClass, taxYen),
        amountYen: optionalAmount(fields.amount),
        taxYen,
      }
      return fee.amountYen === 0 && fee.taxYen === 0 ? undefined : fee
    },
    transfer(field, line) {
      const left = lineTransferYen(line)
      const transferYen = places[field] === undefined ? left : amount(field)
      if (left !== transferYen) report(field, 'sum_differs')
      return transferYen
    },
  }
}

/** The cells of a fee, as {@link RowReader.fee} reads them. */
export function feeCells<Field extends string>(
  fields: FeeFields<Field>,
  fee: StatementFee | undefined,
): Partial<Record<Field, string>> {
  const cells: Partial<Record<Field, string>> = {}
  cells[fields.amount] = String(fee?.amountYen ?? 0)
  if (fee !== undefined) cells[fields.taxClass] = TAX_CLASS_WORDS[fee.taxClass]
  cells[fields.tax] = String(fee?.taxYen ?? 0)
  return cells
}
