/** One SBPS statement as CSV. */
import type { Cp932Encoded } from '../cp932.ts'
import { readStatementFile, type StatementRead, writeStatementFile } from '../statement/file.ts'
import { feeCells, type RowReader, readerOf, type RowToRead } from '../statement/row.ts'
import {
  SBPS_COLUMNS,
  SBPS_FEE_FIELDS,
  SBPS_KIND_WORDS,
  SBPS_STATEMENT_NAMES,
  type SbpsStatementField,
  type SbpsStatementMapping,
} from './statement-layout.ts'
import { SBPS_LINE_KINDS, type SbpsFeeKind, type SbpsFixedFee, type SbpsStatementLine } from './statement-line.ts'
import { SBPS_PAY_METHODS, type SbpsPayMethod } from './statements.ts'

type Reader = RowReader<SbpsStatementField>

const FEE_KINDS = Object.keys(SBPS_FEE_FIELDS) as SbpsFeeKind[]

export function encodeStatementCsv(lines: readonly SbpsStatementLine[]): Cp932Encoded {
  const rows = lines.map((line): Partial<Record<SbpsStatementField, string>> => ({
    kind: SBPS_KIND_WORDS[line.kind],
    payMethod: line.payMethod,
    trackingId: line.trackingId,
    orderNumber: line.orderNumber,
    soldOn: line.soldOn?.replaceAll('-', '/') ?? '',
    gross: String(line.grossYen),
    ...Object.assign({}, ...FEE_KINDS.map((kind) => feeCells(SBPS_FEE_FIELDS[kind], feeOf(line, kind)))),
    transfer: String(line.transferYen),
    month: line.fixedFee?.month.replace('-', '/') ?? '',
    carried: line.fixedFee === null ? '' : String(line.fixedFee.carried),
    note: line.note,
  }))
  return writeStatementFile(SBPS_COLUMNS, 'number', rows)
}

function feeOf({ fees }: SbpsStatementLine, kind: SbpsFeeKind) {
  return fees.find((fee) => fee.kind === kind)
}

/** `mapping` says what columns of unknown names are. */
export function decodeStatementCsv(
  bytes: Uint8Array,
  mapping: SbpsStatementMapping = {},
): StatementRead<SbpsStatementField, SbpsStatementLine> {
  return readStatementFile(
    {
      names: SBPS_STATEMENT_NAMES,
      needed: ['kind', 'payMethod', 'trackingId', 'orderNumber', 'soldOn', 'gross'],
      readRow,
    },
    bytes,
    mapping,
  )
}

function readRow(to: RowToRead<SbpsStatementField>): SbpsStatementLine {
  const reader = readerOf(to, 'number')
  const kind = SBPS_LINE_KINDS.find((each) => SBPS_KIND_WORDS[each] === reader.cell('kind'))
  if (kind === undefined) reader.report('kind', 'unknown_kind')
  const payMethod = SBPS_PAY_METHODS.find((method) => method === reader.cell('payMethod'))
  if (payMethod === undefined) reader.report('payMethod', 'unknown_method')
  const isTraded = kind === 'sale' || kind === 'cancellation'
  const [trackingId, orderNumber] = [reader.cell('trackingId'), reader.cell('orderNumber')]
  if (isTraded && !/^\d{14}$/.test(trackingId)) reader.report('trackingId', 'not_an_id')
  if (isTraded && orderNumber === '') reader.report('orderNumber', 'not_an_id')
  const soldOn = reader.day('soldOn')
  if (isTraded && reader.cell('soldOn') === '') reader.report('soldOn', 'not_a_day')
  const grossYen = reader.amount('gross')
  // A refund takes back; a sale does not.
  if ((kind === 'cancellation' && grossYen > 0) || (kind === 'sale' && grossYen < 0))
    reader.report('gross', 'unknown_kind')
  const fees = feesOf(reader, payMethod)
  return {
    kind: kind ?? 'sale',
    payMethod: payMethod ?? 'credit',
    trackingId,
    orderNumber,
    soldOn,
    grossYen,
    fees,
    transferYen: reader.transfer('transfer', { grossYen, fees }),
    fixedFee: fixedFeeOf(reader),
    note: reader.cell('note'),
  }
}

/** The short layout has one fee: of cards a share, at stores a sum for each payment. */
function feesOf(reader: Reader, payMethod: SbpsPayMethod | undefined): SbpsStatementLine['fees'] {
  const single = reader.has('perPayment') || payMethod === 'credit' ? 'rate' : 'per_payment'
  const fees = FEE_KINDS.map((kind) => reader.fee(kind === 'rate' ? single : kind, SBPS_FEE_FIELDS[kind]))
  return fees.filter((fee) => fee !== undefined)
}

function fixedFeeOf(reader: Reader): SbpsFixedFee | null {
  const month = reader.cell('month').replace('/', '-')
  if (month === '') return null
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) reader.report('month', 'not_a_day')
  return { month, carried: reader.optionalAmount('carried') }
}
