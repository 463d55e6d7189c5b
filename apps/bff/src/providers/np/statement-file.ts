/** NP's statement file as a person brings it: read the same way, and kept as the message NP would have sent. */
import { sumYen } from '@choba/shared/money.ts'
import { decodeStatementCsv } from '@choba/wire/np/statement-csv.ts'
import { STATEMENT_FIELDS } from '@choba/wire/np/statement-layout.ts'
import type { NpStatementLine } from '@choba/wire/np/statement-line.ts'
import { decodeStatements, encodeStatements, type NpStatement } from '@choba/wire/np/statements.ts'
import { statementTotals } from '@choba/wire/statement/line.ts'
import type { StatementFileReader } from '../port.ts'
import { fileMessage, linesOf, mappingIn, mappingOf, type StatementRow, type StatementWords } from '../statement.ts'

export const npStatementFiles: StatementFileReader = {
  fields: STATEMENT_FIELDS,
  read({ bytes, mapping }) {
    const read = decodeStatementCsv(bytes, mappingOf(STATEMENT_FIELDS, mapping))
    if (!read.ok) return read
    return { ok: true, lines: linesOf(npStatementRows(read.lines)), unknownColumns: read.unknownColumns }
  },
  message(file, saidAt) {
    const read = decodeStatementCsv(file.bytes, mappingOf(STATEMENT_FIELDS, file.mapping))
    const lines = read.ok ? read.lines : []
    const head = {
      statementNumber: file.statementNumber,
      closedOn: file.closingOn,
      paymentOn: file.payOn,
      grossAmountYen: statementTotals(lines).grossYen,
      transferAmountYen: sumYen(lines.map((line) => line.transferYen)),
      status: 'closed',
      lineCount: lines.length,
    } as const
    return fileMessage('np', file, encodeStatements([head]), saidAt)
  },
}

export const npStatements: StatementWords<NpStatement> = {
  provider: 'np',
  decodeHeads: decodeStatements,
  methodOf: () => 'np_postpaid',
  readFile(bytes, context) {
    const read = decodeStatementCsv(bytes, mappingIn(STATEMENT_FIELDS, context))
    return read.ok ? { ok: true, rows: npStatementRows(read.lines) } : read
  },
}

function npStatementRows(lines: readonly NpStatementLine[]): StatementRow[] {
  return lines.map(({ kind, npTransactionId, shopTransactionId, grossYen, fees, transferYen, note }) => ({
    kind,
    providerId: npTransactionId,
    orderNumber: shopTransactionId,
    grossYen,
    fees,
    transferYen,
    note,
    fixedFee: null,
  }))
}
