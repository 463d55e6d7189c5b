/** One row of NP's statement file. */
import type { Yen } from '@choba/shared/money.ts'
import { type RowReader, readerOf, type RowToRead } from '../statement/row.ts'
import { npTransactionIdCodes } from './field-rules.ts'
import { FEE_FIELDS, KIND_WORDS, type StatementField } from './statement-layout.ts'
import { NP_LINE_KINDS, type NpLineKind, type NpStatementFee, type NpStatementLine } from './statement-line.ts'

export function readStatementRow(to: RowToRead<StatementField>): NpStatementLine {
  const reader = readerOf(to, 'number')
  const npTransactionId = reader.cell('npTransactionId')
  const shopTransactionId = reader.cell('shopTransactionId')
  const grossYen = reader.amount('gross')
  const kind = kindOf(reader, grossYen)
  const ofTransaction = kind === 'sale' || kind === 'cancellation'
  if (ofTransaction && npTransactionIdCodes(npTransactionId).length > 0) reader.report('npTransactionId', 'not_an_id')
  const fees = feesOf(reader, kind)
  const isNamed = ofTransaction || reader.has('kind')
  return {
    kind,
    npTransactionId,
    shopTransactionId: isNamed ? shopTransactionId : '',
    customerName: isNamed ? reader.cell('customerName') : '',
    shippedOn: reader.day('shippedOn'),
    grossYen,
    fees,
    transferYen: reader.transfer('transfer', { grossYen, fees }),
    note: isNamed ? reader.cell('note') : reader.cell('customerName'),
  }
}

type Reader = RowReader<StatementField>

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
  const isMonthly = kind === 'monthly_fee'
  const fees = [
    reader.fee(isMonthly ? 'monthly' : 'rate', FEE_FIELDS.rate),
    reader.fee('postage', FEE_FIELDS.postage),
    reader.fee(isMonthly ? 'monthly' : 'other', FEE_FIELDS.other),
  ]
  return fees.filter((fee) => fee !== undefined)
}
