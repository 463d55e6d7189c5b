/** NP's statement file as a person brings it: read the same way, and kept as the message NP would have sent. */
import { decodeStatementCsv } from '@choba/wire/np/statement-csv.ts'
import { STATEMENT_FIELDS } from '@choba/wire/np/statement-layout.ts'
import type { NpStatementLine } from '@choba/wire/np/statement-line.ts'
import { decodeStatements, encodeStatements, type NpStatement } from '@choba/wire/np/statements.ts'
import type { StatementFileReader } from '../port.ts'
import {
  fileMessage,
  headOfFile,
  linesOf,
  mappingIn,
  mappingOf,
  type StatementRow,
  type StatementWords,
} from '../statement.ts'

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
    return fileMessage('np', file, encodeStatements([headOfFile(file, lines)]), saidAt)
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
